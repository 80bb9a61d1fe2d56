import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Viewport } from '../../../core/geometry';
import { principalAxes } from '../../../core/lesion/morphology/asymmetry';
import { farthestPair, measuredOutline } from '../../../core/lesion/morphology/shape';
import { contours } from '../../../core/lesion/outline';
import type { Raster } from '../../../core/raster';
import styles from './abcde.module.css';

/**
 * The outline of the spot (B), the axes along which its halves are compared (A) and its longest line (D),
 * over the whole photo.
 */
export function LesionMarks({ mask, frame: { photo, on } }: { mask: Raster; frame: Viewport }) {
  const { t } = useTranslation();
  const { path, axes, longest } = useMemo(() => drawn(mask), [mask]);
  return (
    <svg
      viewBox={`0 0 ${photo.width} ${photo.height}`}
      className={styles.abcdeMarks}
      role="img"
      aria-label={t('selfCheck.abcde.marks')}
    >
      <g
        transform={`scale(${photo.width / on.width} ${photo.height / on.height}) translate(${-on.left} ${-on.top})`}
      >
        <path d={path} className={styles.outline} />
        {axes.map((axis) => (
          <line key={axis.x1} {...axis} className={styles.axis} />
        ))}
        {longest && <line {...longest} className={styles.longest} />}
      </g>
    </svg>
  );
}

/** How far the axes reach, in shares of the longest line. */
const overhang = 0.6;

function drawn(mask: Raster) {
  const principal = principalAxes(mask);
  const ends = farthestPair(measuredOutline(mask) ?? []);
  const reach = ends ? overhang * Math.hypot(ends[0].x - ends[1].x, ends[0].y - ends[1].y) : 0;
  const through = ({ x, y }: Point, along: Point) => ({
    x1: x - reach * along.x,
    y1: y - reach * along.y,
    x2: x + reach * along.x,
    y2: y + reach * along.y,
  });
  return {
    path: contours(mask)
      .map((line) => `M${line.map(({ x, y }) => `${x.toFixed(1)} ${y.toFixed(1)}`).join('L')}Z`)
      .join(''),
    axes: principal
      ? [principal.major, { x: -principal.major.y, y: principal.major.x }].map((axis) =>
          through(principal.centroid, axis),
        )
      : [],
    longest: ends && { x1: ends[0].x, y1: ends[0].y, x2: ends[1].x, y2: ends[1].y },
  };
}
