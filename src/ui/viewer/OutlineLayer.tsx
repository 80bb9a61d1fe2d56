import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { contours } from '../../core/lesion/outline';
import type { Raster } from '../../core/raster';
import styles from './viewer.module.css';

/** The outline of a mask that covers the whole photo: a light line on a dark one, seen on every skin. */
export function OutlineLayer({ mask }: { mask: Raster }) {
  const { t } = useTranslation();
  const path = useMemo(
    () =>
      contours(mask)
        .map((line) => `M${line.map(({ x, y }) => `${x} ${y}`).join('L')}Z`)
        .join(''),
    [mask],
  );
  return (
    <svg
      className={styles.marks}
      viewBox={`0 0 ${mask.width} ${mask.height}`}
      preserveAspectRatio="none"
      role="img"
      aria-label={t('viewer.outline.alt')}
    >
      <path className={styles.outlineUnder} d={path} />
      <path className={styles.outline} d={path} />
    </svg>
  );
}
