import { ActionIcon, Tooltip, VisuallyHidden } from '@mantine/core';
import { IconPlayerStop, IconRefresh, IconX } from '@tabler/icons-react';
import { memo, type Ref } from 'react';
import { useTranslation } from 'react-i18next';
import type { PickHow } from '../../model/picks';
import { queueStateOf } from '../../model/queue-state';
import type { TriageRow } from '../../model/triage-row';
import { useClinicServices } from '../context';
import { ItemOutcome } from './ItemOutcome';
import { ItemSigns, MarkSigns } from './ItemSigns';
import styles from './queue.module.css';
import { Thumbnail } from './Thumbnail';
import { howOf } from './use-row-keys';

interface Props {
  row: TriageRow;
  packageId: string | null;
  /** It is the photo that is looked at. */
  selected: boolean;
  /** It is where the Tab key stops. */
  stop: boolean;
  /** Null where nothing is picked but the photo that is looked at. */
  picked: boolean | null;
  /** The line of the list or grid that it stands in, for the virtual list. */
  line: number;
  /** Its place in the queue, from 0, and how many there are: a list of hundreds has only the rows in view. */
  index: number;
  count: number;
  /** Pixels from the top of the list. */
  top: number;
  /** From 0; null in a list. */
  column: number | null;
  columns: number;
  onPick: (photoId: string, how: PickHow) => void;
  ref: Ref<HTMLLIElement> | undefined;
}

/** One photo of the queue: what it looks like, how far it is, and in a word what came out. */
export const QueueItem = memo(function QueueItem({ row, packageId, ...props }: Props) {
  const { t } = useTranslation();
  const { photo, marks } = row;
  const { selected, stop, picked, line, index, count, top, column, columns, onPick, ref } = props;
  const standing = queueStateOf(photo, packageId);
  const across =
    column === null ? null : { width: `${100 / columns}%`, left: `${(100 * column) / columns}%` };
  return (
    <li
      ref={ref}
      className={column === null ? styles.item : styles.tile}
      style={{ transform: `translateY(${top}px)`, ...across }}
      data-index={line}
      data-place={index}
      data-selected={selected || undefined}
      data-picked={picked || undefined}
      data-aside={marks.includes('setAside') || undefined}
      aria-posinset={index + 1}
      aria-setsize={count}
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
          {column !== null && <ItemSigns row={row} size={40} />}
        </span>
        <span className={styles.words}>
          <span className={styles.name}>
            <MarkSigns marks={marks} />
            <span>{photo.name}</span>
          </span>
          {column === null ? (
            <span className={styles.state}>
              <ItemOutcome row={row} standing={standing} />
            </span>
          ) : (
            <VisuallyHidden>
              <ItemOutcome row={row} standing={standing} />
            </VisuallyHidden>
          )}
          {marks.length > 0 && (
            <VisuallyHidden>{marks.map((mark) => t(`viewer.queue.marks.${mark}`)).join(', ')}</VisuallyHidden>
          )}
        </span>
        {column === null && <ItemSigns row={row} size={30} />}
      </button>
      {column === null && <ItemActions row={row} packageId={packageId} state={standing.state} />}
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
