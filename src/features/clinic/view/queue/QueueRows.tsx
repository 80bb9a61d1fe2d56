import { useElementSize, useMergedRef } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { TriageRow } from '../../model/triage-row';
import { useTriageState } from '../use-triage';
import { columnsIn, gridGap, tileHeight } from './grid';
import { QueueItem } from './QueueItem';
import styles from './queue.module.css';
import { useRowKeys } from './use-row-keys';

/** Pixels, before a row is measured. */
const rowHeight = 65;

interface Props {
  rows: readonly TriageRow[];
  packageId: string | null;
  selectedId: string | null;
  picked: readonly string[];
}

/**
 * The photos in view and some around them, as a list or a grid. The selected one comes into view when it is
 * selected, and is always in the page: it is where the Tab key stops.
 */
export function QueueRows({ rows, packageId, selectedId, picked }: Props) {
  const { t } = useTranslation();
  const grid = useTriageState(({ layout }) => layout === 'grid');
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const columns = grid ? columnsIn(width) : 1;
  const selected = rows.findIndex(({ photo }) => photo.id === selectedId);
  const keys = useRowKeys(rows, { columns, selected, scroller });
  const line = keys.cursor < 0 ? -1 : Math.floor(keys.cursor / columns);
  const lines = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => (grid ? tileHeight(width) : rowHeight),
    getItemKey: (index) => (grid ? index : (rows[index]?.photo.id ?? index)),
    gap: grid ? gridGap : 2,
    overscan: grid ? 2 : 8,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return line < 0 || near.includes(line) ? near : [...near, line].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: tiles of another size lie elsewhere.
  useEffect(() => lines.measure(), [lines, grid, width]);
  useEffect(() => {
    if (line >= 0) lines.scrollToIndex(line, { align: 'auto' });
  }, [line, lines]);
  const isPicked = new Set(picked.length > 1 ? picked : []);
  return (
    <div
      ref={useMergedRef(scroller, measured)}
      className={styles.scroller}
      data-layout={grid ? 'grid' : 'list'}
    >
      <ol
        className={styles.list}
        aria-label={t('viewer.queue.region')}
        style={{ height: lines.getTotalSize() }}
        {...keys.handlers}
      >
        {lines.getVirtualItems().flatMap(({ index, start }) =>
          rows.slice(index * columns, (index + 1) * columns).map((row, column) => {
            const at = index * columns + column;
            return (
              <QueueItem
                key={row.photo.id}
                ref={grid ? undefined : lines.measureElement}
                row={row}
                packageId={packageId}
                selected={at === selected}
                stop={at === Math.max(keys.cursor, 0)}
                picked={isPicked.size === 0 ? null : isPicked.has(row.photo.id)}
                line={index}
                index={at}
                count={rows.length}
                top={start}
                column={grid ? column : null}
                columns={columns}
                onPick={keys.pick}
              />
            );
          }),
        )}
      </ol>
    </div>
  );
}
