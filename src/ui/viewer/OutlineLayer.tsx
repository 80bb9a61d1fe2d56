import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Size } from '../../core/geometry';
import { contours } from '../../core/lesion/outline';
import type { Raster } from '../../core/raster';
import styles from './viewer.module.css';

/** The outline of a mask that covers the whole photo. */
export function OutlineLayer({ mask }: { mask: Raster }) {
  const lines = useMemo(() => contours(mask), [mask]);
  return <LinesLayer size={mask} lines={lines} />;
}

interface LinesProps {
  /** What the lines are measured on: the photo, or a raster over all of it. */
  size: Size;
  lines: readonly (readonly Point[])[];
  /** Of a lesion that is not looked at now. */
  faint?: boolean;
}

/** Closed lines over the whole photo: a light line on a dark one, seen on every skin. */
export function LinesLayer({ size, lines, faint = false }: LinesProps) {
  const { t } = useTranslation();
  const path = lines.map((line) => `M${line.map(({ x, y }) => `${x} ${y}`).join('L')}Z`).join('');
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${size.width} ${size.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t(faint ? 'viewer.outline.otherAlt' : 'viewer.outline.alt')}
    >
      <path className={styles.outlineUnder} d={path} />
      <path className={faint ? `${styles.outline} ${styles.faint}` : styles.outline} d={path} />
    </svg>
  );
}
