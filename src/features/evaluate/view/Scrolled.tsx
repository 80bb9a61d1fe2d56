import type { ReactNode } from 'react';
import styles from './evaluate.module.css';

/** A table that is wider than a phone scrolls by itself, and can be reached by keyboard to do so. */
export function Scrolled({ children }: { children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={styles.wide} tabIndex={0}>
      {children}
    </div>
  );
}
