import { ActionIcon, Button, Text, Tooltip } from '@mantine/core';
import { IconTrash } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { VirtualRows } from '../../../ui/VirtualRows';
import { progressOf } from '../model/queue-state';
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
      <VirtualRows
        rows={photos}
        keyOf={({ id }) => id}
        rowHeight={rowHeight}
        gap={2}
        label={t('viewer.queue.region')}
        selected={photos.findIndex(({ id }) => id === selectedId)}
      >
        {(photo, { ref, index, count, top }) => (
          <QueueItem
            key={photo.id}
            ref={ref}
            photo={photo}
            packageId={packageId}
            selected={photo.id === selectedId}
            index={index}
            count={count}
            top={top}
          />
        )}
      </VirtualRows>
    </>
  );
}
