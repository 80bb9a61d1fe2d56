import { Autocomplete, Button, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../../ui/context';
import { formatNumber } from '../../../../ui/format';
import type { DraftLesion } from '../../model/batch-draft';
import type { WorkbenchPhoto } from '../../model/workbench-photo';
import { Thumbnail } from '../queue/Thumbnail';
import styles from './save.module.css';

interface Props {
  lesion: DraftLesion;
  /** What the patient's lesions are called: those in the records, and those of this batch. */
  labels: readonly string[];
  photos: readonly WorkbenchPhoto[];
  onLabel: (label: string) => void;
  onPart: () => void;
  /** From this row's first photo on it is another patient; null of the first row. */
  onNext: (() => void) | null;
}

/** The photos that are proposed as one lesion, side by side, and what it is called. */
export function LesionRow({
  lesion: { by, distance, label, lesionId },
  labels,
  photos,
  onLabel,
  onPart,
  onNext,
}: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <li className={styles.lesion}>
      <div className={styles.photos}>
        {photos.map((photo) => (
          <span key={photo.id} title={photo.name}>
            <Thumbnail photo={photo} />
          </span>
        ))}
      </div>
      <Autocomplete
        className={styles.label}
        aria-label={t('caseBook.lesionLabel')}
        value={label}
        placeholder={lesionId === null ? undefined : t('caseBook.unnamed')}
        data={[...labels]}
        maxLength={200}
        onChange={onLabel}
      />
      {by !== null && (
        <Text size="xs" c="dimmed" className={styles.why}>
          {by === 'chosen' && t('patientPage.taking.chosen')}
          {by === 'name' && t('caseBook.batch.byName')}
          {by === 'likeness' &&
            t('caseBook.batch.byLikeness', { distance: formatNumber(distance ?? 0, language, 2) })}
        </Text>
      )}
      {photos.length > 1 && (
        <Button size="compact-sm" variant="subtle" onClick={onPart}>
          {t('caseBook.batch.part')}
        </Button>
      )}
      {onNext && (
        <Button size="compact-sm" variant="subtle" onClick={onNext}>
          {t('caseBook.batch.next')}
        </Button>
      )}
    </li>
  );
}
