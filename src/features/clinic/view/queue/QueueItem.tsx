import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconX } from '@tabler/icons-react';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { SiteMark } from '../../../../ui/site-calibration/SiteMark';
import { placedRow, type RowPlace } from '../../../../ui/VirtualRows';
import type { PickHow } from '../../model/picks';
import { queueStateOf } from '../../model/queue-state';
import type { TriageRow } from '../../model/triage-row';
import { useClinicServices } from '../context';
import { ItemOutcome, TileList } from './ItemOutcome';
import { ItemSigns, MarkSigns } from './ItemSigns';
import styles from './queue.module.css';
import { Thumbnail } from './Thumbnail';
import { howOf } from './use-row-keys';

interface Props extends RowPlace {
  row: TriageRow;
  packageId: string | null;
  /** It is the photo that is looked at. */
  selected: boolean;
  /** It is where the Tab key stops. */
  stop: boolean;
  /** Null where nothing is picked but the photo that is looked at. */
  picked: boolean | null;
  /** How many stand in a line of the grid; null in the list. */
  columns: number | null;
  onPick: (photoId: string, how: PickHow) => void;
}

/** One photo of the queue: what it looks like, how far it is, and in a word what came out. */
export const QueueItem = memo(function QueueItem({ row, packageId, ...props }: Props) {
  const { t } = useTranslation();
  const { photo, marks, site } = row;
  const { selected, stop, picked, index, column, columns, onPick } = props;
  const standing = queueStateOf(photo, packageId);
  const list = columns === null;
  const { style, ...placed } = placedRow(props);
  const across = list ? null : { width: `${100 / columns}%`, left: `${(100 * column) / columns}%` };
  return (
    <li
      {...placed}
      className={list ? styles.item : styles.tile}
      style={{ ...style, ...across }}
      data-place={index}
      data-selected={selected || undefined}
      data-picked={picked || undefined}
      data-aside={marks.includes('setAside') || undefined}
    >
      <button
        type="button"
        className={styles.open}
        tabIndex={stop ? 0 : -1}
        aria-current={selected ? 'true' : undefined}
        aria-pressed={picked ?? undefined}
        onClick={(event) => onPick(photo.id, howOf(event))}
      >
        <span className={styles.picture}>
          <Thumbnail photo={photo} />
          {!list && <ItemSigns row={row} size={40} />}
        </span>
        <span className={styles.words}>
          <span className={styles.name}>
            <MarkSigns marks={marks} />
            <span>{photo.name}</span>
            {/* Of a tile, what came out is heard; its sign and what cannot be ruled out are seen. */}
            {!list && (
              <span className={styles.mark} aria-hidden>
                <SiteMark site={site} />
              </span>
            )}
          </span>
          {list ? (
            <span className={styles.state}>
              <ItemOutcome row={row} standing={standing} />
            </span>
          ) : (
            <>
              <TileList row={row} standing={standing} />
              <VisuallyHidden>
                <ItemOutcome row={row} standing={standing} />
              </VisuallyHidden>
            </>
          )}
          {marks.length > 0 && (
            <VisuallyHidden>{marks.map((mark) => t(`viewer.queue.marks.${mark}`)).join(', ')}</VisuallyHidden>
          )}
        </span>
        {list && <ItemSigns row={row} size={30} />}
      </button>
      {list && <ItemActions row={row} packageId={packageId} state={standing.state} />}
    </li>
  );
});

/** They have keys, or a place in the answer, and are no stops of the Tab key. */
function ItemActions({
  row: { photo },
  packageId,
  state,
}: Pick<Props, 'row' | 'packageId'> & { state: string }) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const stop = () => packageId !== null && workbench.cancel(photo.id, packageId);
  const again = () => packageId !== null && void workbench.analyse(photo.id, packageId);
  return (
    <span className={styles.actions}>
      {(state === 'running' || state === 'waiting') && (
        <Action label={t('viewer.queue.stop', { name: photo.name })} run={stop}>
          <IconPlayerStop size={16} aria-hidden />
        </Action>
      )}
      {photo.url !== null && ['failed', 'cancelled'].includes(state) && (
        <Action label={t('viewer.queue.again', { name: photo.name })} run={again}>
          <IconRefresh size={16} aria-hidden />
        </Action>
      )}
      <Action label={t('viewer.queue.remove', { name: photo.name })} run={() => workbench.remove(photo.id)}>
        <IconX size={16} aria-hidden />
      </Action>
    </span>
  );
}

function Action({ label, run, children }: { label: string; run: () => void; children: React.ReactNode }) {
  return (
    <Tooltip label={label}>
      <ActionIcon size="sm" tabIndex={-1} variant="subtle" color="gray" aria-label={label} onClick={run}>
        {children}
      </ActionIcon>
    </Tooltip>
  );
}
