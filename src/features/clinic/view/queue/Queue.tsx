import { Button, Text } from '@mantine/core';
import { type ReactNode, useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { progressOf } from '../../model/queue-state';
import { useClinicServices, useWorkbench } from '../context';
import { useTriageState, useTriageView } from '../use-triage';
import { PickedBar } from './PickedBar';
import { QueueControls } from './QueueControls';
import { QueueFilters } from './QueueFilters';
import { QueueRows } from './QueueRows';
import styles from './triage.module.css';
import { useRoving } from './use-roving';

interface Props {
  packageId: string | null;
  /** The buttons that take photos in. */
  intake: ReactNode;
  /** The buttons that save and open the queue as a file. */
  session: ReactNode;
}

/**
 * Every photo on the workbench, with how far each is: one toolbar, the list or grid, and what is done to
 * several. Each is one stop of the Tab key.
 */
export function Queue({ packageId, intake, session }: Props) {
  const { t } = useTranslation();
  const { triage } = useClinicServices();
  const photos = useWorkbench((state) => state.photos);
  const selectedId = useWorkbench((state) => state.selectedId);
  const filtered = useTriageState(({ filters }) => filters.length > 0);
  const picking = useTriageState((state) => state.picking);
  const ids = useTriageState(({ picks }) => picks.ids);
  const { rows, counts, picked: together } = useTriageView();
  // One photo is no choice among many, unless they are picked on purpose.
  const several = picking ? rows.map(({ photo }) => photo.id).filter((id) => ids.includes(id)) : together;
  const picked = picking || several.length > 1 ? several : [];
  const { done, failed, running } = progressOf(photos, packageId);
  const roving = useRoving<HTMLDivElement>();
  // What is picked in one queue is nothing in the next.
  useEffect(() => () => triage.clearPicks(), [triage]);
  return (
    <>
      <div className={styles.toolbar} role="toolbar" aria-label={t('viewer.queue.toolbar')} {...roving}>
        {intake}
        <div className={styles.head}>
          <Text size="sm" fw={600} role="status" className={styles.count}>
            {t('viewer.queue.state', { count: photos.length, done })}
            {failed > 0 && (
              <>
                {' '}
                <span className={styles.together}>· {t('viewer.queue.failed', { count: failed })}</span>
              </>
            )}
          </Text>
          <div className={styles.controls}>
            <QueueControls running={running > 0} count={photos.length} />
          </div>
        </div>
        <QueueFilters counts={counts} count={photos.length} />
        {session}
      </div>
      {rows.length === 0 && filtered && (
        <div className={styles.nothing}>
          <Text size="sm">{t('viewer.queue.filter.nothing')}</Text>
          <Button size="compact-sm" variant="default" onClick={() => triage.clearFilters()}>
            {t('viewer.queue.filter.clear')}
          </Button>
        </div>
      )}
      <QueueRows
        rows={rows}
        packageId={packageId}
        selectedId={selectedId}
        picked={picked}
        picking={picking || picked.length > 1}
      />
      {(picking || picked.length > 1) && <PickedBar picked={picked} />}
    </>
  );
}
