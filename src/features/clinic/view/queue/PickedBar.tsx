import { CloseButton, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { BesideButton } from '../beside/BesideButton';
import { useClinicServices } from '../context';
import { SaveBatchDialog } from '../save/SaveBatchDialog';
import styles from './triage.module.css';
import { useRoving } from './use-roving';

/** What can be done to the photos that are picked. */
export function PickedBar({ picked }: { picked: readonly string[] }) {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const roving = useRoving<HTMLDivElement>();
  return (
    <div className={styles.picked} role="toolbar" aria-label={t('viewer.queue.picked.label')} {...roving}>
      <Text size="sm" role="status">
        {picked.length === 0
          ? t('pane.picking.begin')
          : t('viewer.queue.picked.count', { count: picked.length })}
      </Text>
      <BesideButton picked={picked} />
      {picked.length > 1 && <SaveBatchDialog picked={picked} />}
      <CloseButton size="sm" aria-label={t('viewer.queue.picked.none')} onClick={() => triage.clearPicks()} />
    </div>
  );
}
