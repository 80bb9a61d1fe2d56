import { Text, Title, UnstyledButton } from '@mantine/core';
import { IconMicroscope, IconPencil } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { classNameOf } from '../../../../core/card/class-name';
import { useLanguage, useServices } from '../../../../ui/context';
import type { NumberedCase } from '../../model/patient';
import { hasSeveralModels } from '../../model/timeline';
import type { SeenLesion, Visit } from '../../model/visits';
import { AnswerLine } from '../AnswerLine';
import book from '../case-book.module.css';
import { formatDay } from '../day';
import { StoredPhoto } from '../StoredPhoto';
import styles from './patient.module.css';

interface Props {
  visits: readonly Visit[];
  numbered: readonly NumberedCase[];
  onOpen: (lesionId: string) => void;
}

/** The days on which the patient was photographed, over all lesions, with what was noted. */
export function VisitList({ visits, numbered, onOpen }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <section aria-label={t('patientPage.visits.heading')}>
      <Title order={3} size="sm" mb="xs">
        {t('patientPage.visits.heading')}
      </Title>
      {visits.length === 0 && <Text size="sm">{t('patientPage.visits.none')}</Text>}
      <ol className={styles.visits}>
        {visits.map(({ day, seen }) => (
          <li key={day}>
            <h4>
              {t('patientPage.visits.day', {
                day: formatDay(seen[0]?.photos[0]?.takenAt ?? day, language),
                lesions: t('patientPage.facts.lesions', { count: seen.length }),
              })}
            </h4>
            <ul>
              {seen.map((each) => (
                <li key={each.lesion.id}>
                  <UnstyledButton className={book.row} onClick={() => onOpen(each.lesion.id)}>
                    <Seen
                      seen={each}
                      known={numbered.find(({ lesionCase }) => lesionCase.lesion.id === each.lesion.id)}
                    />
                  </UnstyledButton>
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ol>
    </section>
  );
}

function Seen({ seen, known }: { seen: SeenLesion; known: NumberedCase | undefined }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { runtime } = useServices();
  const { lesion, photos, answer, impressions, histology } = seen;
  const card = answer && runtime.card(answer.analysis.provenance.packageId);
  const named = (label: string) => (card ? classNameOf(card, label, language) : label);
  const notes = impressions.map(({ label, recordedAt, beforeAnswer }) => ({
    key: recordedAt,
    icon: <IconPencil size={14} aria-hidden />,
    text: t(beforeAnswer ? 'caseBook.impression.writtenBefore' : 'caseBook.impression.writtenAfter', {
      label: named(label),
    }),
  }));
  if (histology)
    notes.push({
      key: 'histology',
      icon: <IconMicroscope size={14} aria-hidden />,
      text: t('patientPage.visits.histology', {
        day: formatDay(histology.recordedAt, language),
        label: [named(histology.label), histology.notes].filter(Boolean).join('. '),
      }),
    });
  return (
    <>
      <span className={styles.number}>{known?.number ?? 0}</span>
      <span className={styles.thumbs}>
        {photos.slice(0, 3).map((photo) => (
          <span key={photo.id} className={book.thumb}>
            <StoredPhoto photo={photo} alt="" />
          </span>
        ))}
      </span>
      <span className={book.rowText}>
        <span className={book.rowTitle}>{lesion.label || t('caseBook.unnamed')}</span>
        <Text size="xs" c="dimmed" component="span">
          {[!answer && t('patientPage.visits.noAnswer'), t('caseBook.photoCount', { count: photos.length })]
            .filter(Boolean)
            .join(' · ')}
        </Text>
        {answer && (
          <AnswerLine
            analysis={answer.analysis}
            beside={answer}
            named={known !== undefined && hasSeveralModels(known.lesionCase)}
          />
        )}
        {notes.map(({ key, icon, text }) => (
          <span key={key} className={styles.noted}>
            {icon} {text}
          </span>
        ))}
      </span>
    </>
  );
}
