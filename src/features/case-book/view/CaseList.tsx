import { Badge, Text, UnstyledButton } from '@mantine/core';
import { IconChevronRight, IconMicroscope, IconUser } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { patientAddress } from '../../../ui/addresses';
import { useLanguage } from '../../../ui/context';
import { placedRow, VirtualRows } from '../../../ui/VirtualRows';
import type { Case } from '../model/search';
import { CaseAnswer } from './AnswerLine';
import styles from './case-book.module.css';
import { formatDay } from './day';
import { StoredPhoto } from './StoredPhoto';

/** Pixels, before a row is measured. */
const rowHeight = 72;

interface Props {
  cases: readonly Case[];
  chosen: string | null;
  onChoose: (lesionId: string) => void;
}

/**
 * The cases that were found, in their order; those of one patient that follow each other stand under the
 * patient's alias.
 */
export function CaseList({ cases, chosen, onChoose }: Props) {
  const { t } = useTranslation();
  return (
    <VirtualRows
      rows={cases}
      keyOf={({ lesion }) => lesion.id}
      rowHeight={rowHeight}
      label={t('caseBook.list')}
      className={styles.rows}
      selected={chosen === null ? -1 : cases.findIndex(({ lesion }) => lesion.id === chosen)}
    >
      {(lesionCase, place) => {
        const patientId = lesionCase.patient?.id ?? null;
        const first = place.index === 0 || (cases[place.index - 1]?.patient?.id ?? null) !== patientId;
        return (
          <li key={lesionCase.lesion.id} {...placedRow(place)}>
            {first && <PatientHead patient={lesionCase.patient} />}
            <UnstyledButton
              className={styles.row}
              aria-current={lesionCase.lesion.id === chosen || undefined}
              onClick={() => onChoose(lesionCase.lesion.id)}
            >
              <Row lesionCase={lesionCase} />
            </UnstyledButton>
          </li>
        );
      }}
    </VirtualRows>
  );
}

/** Above a patient's lesions; it leads to the patient's page. */
function PatientHead({ patient }: Pick<Case, 'patient'>) {
  const { t } = useTranslation();
  if (!patient) {
    return (
      <Text className={styles.patient} component="div">
        <IconUser size={14} aria-hidden />
        {t('caseBook.nobody')}
      </Text>
    );
  }
  const alias = patient.alias || t('caseBook.unnamed');
  return (
    <Text className={styles.patient} component="div">
      <a href={patientAddress(patient.id)} aria-label={t('patientPage.openOf', { alias })}>
        <IconUser size={14} aria-hidden />
        {alias}
        <IconChevronRight size={14} aria-hidden />
      </a>
    </Text>
  );
}

const Row = memo(function Row({ lesionCase }: { lesionCase: Case }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { lesion, photos } = lesionCase;
  const [newest] = photos;
  return (
    <>
      <span className={styles.thumb}>{newest && <StoredPhoto photo={newest} alt="" />}</span>
      <span className={styles.rowText}>
        <span className={styles.rowTitle}>{lesion.label || t('caseBook.unnamed')}</span>
        <Text size="xs" c="dimmed" component="span">
          {[newest && formatDay(newest.takenAt, language), t('caseBook.photoCount', { count: photos.length })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        <CaseAnswer lesionCase={lesionCase} />
        <span className={styles.marks}>
          {lesion.tags.map((tag) => (
            <Badge key={tag} size="xs" variant="default" tt="none">
              {tag}
            </Badge>
          ))}
        </span>
      </span>
      <span className={styles.rowEnd}>
        {lesion.histology && <IconMicroscope size={16} role="img" aria-label={t('caseBook.histology')} />}
      </span>
    </>
  );
});
