import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { VirtualRows } from '../../../../ui/VirtualRows';
import type { TriageRow } from '../../model/triage-row';
import { useTriageState } from '../use-triage';
import { columnsIn, gridGap, tileHeight } from './grid';
import { QueueItem } from './QueueItem';
import { useRowKeys } from './use-row-keys';

/** Pixels, before a row is measured. */
const rowHeight = 65;

interface Props {
  rows: readonly TriageRow[];
  packageId: string | null;
  selectedId: string | null;
  picked: readonly string[];
  /** Whether each photo says if it is picked. */
  picking: boolean;
}

/**
 * The photos in view and some around them, as a list or a grid. The selected one comes into view when it is
 * selected, and is always in the page: it is where the Tab key stops.
 */
export function QueueRows({ rows, packageId, selectedId, picked, picking }: Props) {
  const { t } = useTranslation();
  const grid = useTriageState(({ layout }) => layout === 'grid');
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measured, width } = useElementSize<HTMLDivElement>();
  const columns = grid ? columnsIn(width) : 1;
  const selected = rows.findIndex(({ photo }) => photo.id === selectedId);
  const keys = useRowKeys(rows, { columns, selected, scroller });
  const isPicked = new Set(picked);
  return (
    <VirtualRows
      rows={rows}
      keyOf={({ photo }) => photo.id}
      rowHeight={grid ? tileHeight(width) : rowHeight}
      columns={columns}
      gap={grid ? gridGap : 2}
      label={t('viewer.queue.region')}
      selected={keys.cursor}
      scroller={{ ref: useMergedRef(scroller, measured), 'data-layout': grid ? 'grid' : 'list' }}
      list={keys.handlers}
    >
      {(row, place) => (
        <QueueItem
          key={row.photo.id}
          {...place}
          row={row}
          packageId={packageId}
          selected={place.index === selected}
          stop={place.index === Math.max(keys.cursor, 0)}
          picked={picking ? isPicked.has(row.photo.id) : null}
          columns={grid ? columns : null}
          onPick={keys.press}
        />
      )}
    </VirtualRows>
  );
}
