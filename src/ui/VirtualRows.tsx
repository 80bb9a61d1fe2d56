import { useMergedRef } from '@mantine/hooks';
import { defaultRangeExtractor, useVirtualizer } from '@tanstack/react-virtual';
import { type HTMLAttributes, type ReactNode, type Ref, useEffect, useRef } from 'react';
import styles from './VirtualRows.module.css';

/** Where a row stands: a list of thousands has only the rows in view, and says what place each has. */
export interface RowPlace {
  ref: Ref<HTMLLIElement> | undefined;
  /** From 0. */
  index: number;
  count: number;
  /** The line that it stands in, and its place in the line, from 0. */
  line: number;
  column: number;
  /** Pixels from the top of the list. */
  top: number;
}

interface Props<T> {
  rows: readonly T[];
  keyOf: (row: T) => string;
  /** Pixels, before a row is measured. */
  rowHeight: number;
  /** Rows side by side in a line. Lines of several are all `rowHeight` high and are not measured. */
  columns?: number;
  gap?: number;
  label: string;
  className?: string | undefined;
  /** The row that comes into view when it changes, and stays in the page; -1 for none. */
  selected: number;
  /** More for the element that scrolls, and for the list. */
  scroller?: { ref?: Ref<HTMLDivElement>; 'data-layout'?: string };
  list?: Pick<HTMLAttributes<HTMLOListElement>, 'onKeyDown' | 'onKeyUp'>;
  children: (row: T, place: RowPlace) => ReactNode;
}

/**
 * A list that scrolls by itself and draws the rows in view and some around them. A row is an absolutely placed
 * `li` (`placedRow`).
 */
export function VirtualRows<T>(props: Props<T>) {
  const { rows, keyOf, rowHeight, columns = 1, gap = 0, label, className, selected, children } = props;
  const element = useRef<HTMLDivElement>(null);
  const measured = columns === 1;
  const line = selected < 0 ? -1 : Math.floor(selected / columns);
  const lines = useVirtualizer({
    count: Math.ceil(rows.length / columns),
    getScrollElement: () => element.current,
    estimateSize: () => rowHeight,
    getItemKey: (index) => (measured && index < rows.length ? keyOf(rows[index] as T) : index),
    gap,
    overscan: measured ? 8 : 2,
    useFlushSync: false,
    rangeExtractor: (range) => {
      const near = defaultRangeExtractor(range);
      return line < 0 || near.includes(line) ? near : [...near, line].sort((a, b) => a - b);
    },
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows of another size lie elsewhere.
  useEffect(() => lines.measure(), [lines, columns, rowHeight]);
  useEffect(() => {
    if (line >= 0) lines.scrollToIndex(line, { align: 'auto' });
  }, [line, lines]);
  return (
    <div
      {...props.scroller}
      ref={useMergedRef(element, props.scroller?.ref)}
      className={`${styles.scroller} ${className ?? ''}`}
    >
      <ol className={styles.list} aria-label={label} style={{ height: lines.getTotalSize() }} {...props.list}>
        {lines.getVirtualItems().flatMap(({ index: line, start: top }) =>
          rows.slice(line * columns, (line + 1) * columns).map((row, column) => {
            const ref = measured ? lines.measureElement : undefined;
            const index = line * columns + column;
            return children(row, { ref, index, count: rows.length, line, column, top });
          }),
        )}
      </ol>
    </div>
  );
}

/** What every row's `li` has. */
export const placedRow = ({ ref, index, count, line, top }: RowPlace) => ({
  ref,
  style: { transform: `translateY(${top}px)` },
  'data-index': line,
  'aria-posinset': index + 1,
  'aria-setsize': count,
});
