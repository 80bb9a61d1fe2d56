import { Button, Group, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import type { ReferenceMaking } from '../../model/similar/reference-making';
import styles from './similar.module.css';

/** How far a reference set is, and a way to stop; then how it ended. */
export function MakingProgress({ making: { store, cancel } }: { making: ReferenceMaking }) {
  const { t } = useTranslation();
  const { making, ended } = useStore(store);
  if (making) {
    const { name, done, total, leftOut, progress } = making;
    const loading = progress && ['download', 'verify', 'load', 'self-test'].includes(progress.stage);
    return (
      <div className={styles.making}>
        <Group justify="space-between" gap="xs">
          <Text size="sm" role="status">
            {t('similar.sets.making', { name, done, total })}
            {leftOut > 0 && ` ${t('similar.sets.leftOut', { count: leftOut })}`}
            {loading && ` ${t(`stage.${progress.stage}`)}`}
          </Text>
          <Button size="compact-sm" variant="default" onClick={cancel}>
            {t('similar.sets.stop')}
          </Button>
        </Group>
        <progress value={done} max={total} aria-label={t('similar.sets.progress')} />
      </div>
    );
  }
  if (!ended) return null;
  const { set, leftOut, failure } = ended;
  return (
    <Text size="sm" className={styles.making} role="status">
      {set
        ? t('similar.sets.made', { name: set.name, photos: set.photos, planned: set.planned })
        : t('similar.sets.nothingMade')}
      {leftOut > 0 && ` ${t('similar.sets.leftOut', { count: leftOut })}`}
      {failure && ` ${t(`failure.${failure.code}.sentence`)} ${t(`failure.${failure.code}.remedy`)}`}
    </Text>
  );
}
