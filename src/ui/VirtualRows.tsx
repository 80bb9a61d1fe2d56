import { useVirtualizer } from '@tanstack/react-virtual';
import { type ReactNode, type Ref, useEffect, useRef } from 'react';
import styles from './VirtualRows.module.css';

/** Where a row stands: a list of thousands has only the rows in view, and says what place each has. */
export interface RowPlace {
  ref: Ref<HTMLLIElement>;
  /** From 0. */
  index: number;
  count: number;
  /** Pixels from the top of the list. */
  top: number;
}

interface Props<T> {
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Pixels, before a row is measured. */
  rowHeight: number;
  gap?: number;
  label: string;
  className?: string | undefined;
  /** The row that comes into view when it changes; -1 for none. */
  selected: number;
  children: (row: T, place: RowPlace) => ReactNode;
}

/** Rows drawn around the view on either side. */
const overscan = 8;

/**
 * A list that scrolls by itself and draws the rows in view and some around them. A row is an absolutely placed
 * `li` (`placedRow`).
 */
export function VirtualRows<T>({
  rows,
  keyOf,
  rowHeight,
  gap = 0,
  label,
  className,
  selected,
  children,
}: Props<T>) {
  const scroller = useRef<HTMLDivElement>(null);
  const list = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => (index < rows.length ? keyOf(rows[index] as T) : index),
    gap,
    overscan,
    useFlushSync: false,
  });
  useEffect(() => {
    if (selected >= 0) list.scrollToIndex(selected, { align: 'auto' });
  }, [selected, list]);
  return (
    <div ref={scroller} className={`${styles.scroller} ${className ?? ''}`}>
      <ol className={styles.list} aria-label={label} style={{ height: list.getTotalSize() }}>
        {list
          .getVirtualItems()
          .filter(({ index }) => index < rows.length)
          .map(({ index, start }) =>
            children(rows[index] as T, { ref: list.measureElement, index, count: rows.length, top: start }),
          )}
      </ol>
    </div>
  );
}

/** What every row's `li` has. */
export const placedRow = ({ ref, index, count, top }: RowPlace) => ({
  ref,
  style: { transform: `translateY(${top}px)` },
  'data-index': index,
  'aria-posinset': index + 1,
  'aria-setsize': count,
});
