import { ActionIcon, Button, Group, Select, Title, Tooltip } from '@mantine/core';
import { IconPhotoPlus, IconTrash, IconUser } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { localDay } from '../../../core/day';
import { addPhotoAddress, patientAddress } from '../../../ui/addresses';
import { useLanguage, useRuntime } from '../../../ui/context';
import { ExportMenu } from '../../../ui/export/ExportMenu';
import type { Case } from '../model/search';
import { shownEntry } from '../model/shown-entry';
import { packagesOf } from '../model/timeline';
import { Compare } from './Compare';
import styles from './case-book.module.css';
import { DeletePatient } from './DeletePatient';
import { DiagnosisNotes } from './DiagnosisNotes';
import { LesionNotes } from './LesionNotes';
import { Photos } from './Photos';
import { NextVisit } from './patient/NextVisit';
import { TimelineSection } from './TimelineSection';
import { useCaseExports } from './use-case-exports';
import { useRemove } from './use-remove';

interface Props {
  lesionCase: Case;
  /** The case was deleted. */
  onGone: () => void;
}

/** Whether a photo was taken on the day on which the lesion was to be seen again, or later. */
const isMet = ({ lesion: { nextVisit }, photos: [newest] }: Case) =>
  nextVisit !== null && newest !== undefined && localDay(new Date(newest.takenAt)) >= nextVisit;

/** One lesion: its photos over time, how it changed, what was thought of it, and what was noted. */
export function CaseDetail({ lesionCase, onGone }: Props) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const remove = useRemove();
  const cards = useRuntime((state) => state.cards);
  const exportsOf = useCaseExports();
  const packages = packagesOf(lesionCase);
  const [wanted, setWanted] = useState<string | null>(null);
  const packageId = wanted ?? shownEntry(lesionCase)?.analysis.provenance.packageId ?? null;
  const titleOf = (id: string) => {
    const card = cards.state === 'ready' ? cards.value.find((each) => each.id === id) : undefined;
    return card ? read(card.title) : id;
  };
  const { patient } = lesionCase;
  const [newest] = packageId ? exportsOf(lesionCase, packageId) : [];
  return (
    <article className={styles.case}>
      <Group justify="space-between" align="flex-start">
        <div>
          <Title order={2} size="h3">
            {lesionCase.lesion.label || t('caseBook.unnamed')}
          </Title>
          {patient && (
            <a href={patientAddress(patient.id)} className={styles.toPatient}>
              <IconUser size={14} aria-hidden />{' '}
              {t('patientPage.openOf', { alias: patient.alias || t('caseBook.unnamed') })}
            </a>
          )}
        </div>
        <Group gap="xs">
          {packages.length > 1 && (
            <Select
              size="sm"
              aria-label={t('model.choose')}
              data={packages.map((id) => ({ value: id, label: titleOf(id) }))}
              value={packageId}
              allowDeselect={false}
              onChange={setWanted}
            />
          )}
          <Button
            component="a"
            href={addPhotoAddress(lesionCase.lesion.id)}
            size="sm"
            variant="default"
            leftSection={<IconPhotoPlus size={18} aria-hidden />}
          >
            {t('patientPage.addPhoto')}
          </Button>
          {packageId && <ExportMenu answer={newest ?? null} batch={() => exportsOf(lesionCase, packageId)} />}
          <Tooltip label={t('caseBook.deleteCase')}>
            <ActionIcon
              size="lg"
              variant="default"
              aria-label={t('caseBook.deleteCase')}
              onClick={() => {
                void remove('lesions', lesionCase.lesion.id, t('caseBook.deletedCase'));
                onGone();
              }}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        </Group>
      </Group>
      <Photos lesionCase={lesionCase} packageId={packageId} />
      {lesionCase.photos.length > 1 && <Compare lesionCase={lesionCase} packageId={packageId} />}
      {packageId && <TimelineSection lesionCase={lesionCase} packageId={packageId} />}
      <NextVisit
        kind="lesions"
        id={lesionCase.lesion.id}
        day={lesionCase.lesion.nextVisit}
        met={isMet(lesionCase)}
      />
      <div className={styles.columns}>
        <LesionNotes lesionCase={lesionCase} />
        <DiagnosisNotes lesionCase={lesionCase} />
      </div>
      {patient && <DeletePatient patient={patient} onGone={onGone} />}
    </article>
  );
}
