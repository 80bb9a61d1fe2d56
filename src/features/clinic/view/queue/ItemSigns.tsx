import { IconArchive, IconCheck, IconFlagFilled, IconHelpHexagon, IconStarFilled } from '@tabler/icons-react';
import type { Mark, TriageRow } from '../../model/triage-row';
import styles from './queue.module.css';

/**
 * What is seen from a metre away, by its size and shape: a filled flag on a plate, the open hexagon of no result, or
 * both. What they mean stands in words beside or behind them.
 */
export function ItemSigns({ row: { flagged, noResult }, size }: { row: TriageRow; size: number }) {
  if (!flagged && !noResult) return null;
  return (
    <span className={styles.signs}>
      {flagged && <Sign Icon={IconFlagFilled} size={size} flagged />}
      {noResult && <Sign Icon={IconHelpHexagon} size={size} />}
    </span>
  );
}

function Sign({ Icon, size, flagged }: { Icon: typeof IconFlagFilled; size: number; flagged?: boolean }) {
  return (
    <span className={styles.sign} data-flagged={flagged || undefined} style={{ width: size, height: size }}>
      <Icon size={0.62 * size} stroke={1.75} aria-hidden />
    </span>
  );
}

const icons = { starred: IconStarFilled, reviewed: IconCheck, setAside: IconArchive };

export function MarkSigns({ marks }: { marks: readonly Mark[] }) {
  return marks.map((mark) => {
    const Icon = icons[mark];
    return <Icon key={mark} size={14} aria-hidden className={styles.mark} />;
  });
}
