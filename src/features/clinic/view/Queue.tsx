import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { progressOf } from '../model/queue-state';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { useClinicServices, useWorkbench } from './context';
import { QueueItem } from './QueueItem';
import styles from './queue.module.css';

/** Pixels, before a row is measured. */
const rowHeight = 65;

/** Every photo on the workbench, with how far each is. */
export function Queue({ packageId }: { packageId: string | null }) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const photos = useWorkbench((state) => state.photos);
  const selectedId = useWorkbench((state) => state.selectedId);
  const { done, failed, running } = progressOf(photos, packageId);
  return (
    <>
      <div className={styles.head}>
        <Text size="sm" fw={600} role="status">
          {t('viewer.queue.state', { count: photos.length, done })}
          {failed > 0 && (
            <>
              {' '}
              <span className={styles.together}>· {t('viewer.queue.failed', { count: failed })}</span>
            </>
          )}
        </Text>
        {running > 0 ? (
          <Button size="compact-sm" variant="default" onClick={() => workbench.cancelAll()}>
            {t('viewer.queue.cancel')}
          </Button>
        ) : (
          <Tooltip label={t('viewer.queue.clear')}>
            <ActionIcon
              variant="subtle"
              color="gray"
              aria-label={t('viewer.queue.clear')}
              onClick={() => workbench.clear()}
            >
              <IconTrash size={18} aria-hidden />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <Rows photos={photos} packageId={packageId} selectedId={selectedId} />
    </>
  );
}

interface RowsProps {
  photos: readonly WorkbenchPhoto[];
  packageId: string | null;
  selectedId: string | null;
}

/** The rows in view and some around them. The selected one comes into view when it is selected. */
function Rows({ photos, packageId, selectedId }: RowsProps) {
  const { t } = useTranslation();
  const scroller = useRef<HTMLDivElement>(null);
  const rows = useVirtualizer({
    count: photos.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => photos[index]?.id ?? index,
    gap: 2,
    overscan: 8,
    useFlushSync: false,
  });
  const selected = photos.findIndex(({ id }) => id === selectedId);
  useEffect(() => {
    if (selected >= 0) rows.scrollToIndex(selected, { align: 'auto' });
  }, [selected, rows]);
  return (
    <div ref={scroller} className={styles.scroller}>
      <ol
        className={styles.list}
        aria-label={t('viewer.queue.region')}
        style={{ height: rows.getTotalSize() }}
      >
        {rows.getVirtualItems().map(({ index, key, start }) => {
          const photo = photos[index];
          return (
            photo && (
              <QueueItem
                key={key}
                ref={rows.measureElement}
                photo={photo}
                packageId={packageId}
                selected={photo.id === selectedId}
                index={index}
                count={photos.length}
                top={start}
              />
            )
          );
        })}
      </ol>
    </div>
  );
}
