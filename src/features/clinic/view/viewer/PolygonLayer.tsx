import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Size } from '../../../../core/geometry';
import { type Edit, polygonEdit } from '../../../../core/lesion/draw';
import type { Raster } from '../../../../core/raster';
import { arrowSteps, cssPlace, placeOn } from '../../../../ui/viewer/place';
import viewer from '../../../../ui/viewer/viewer.module.css';
import { MaskArea } from './BrushLayer';
import styles from './layers.module.css';

interface Props {
  photo: Size;
  mask: Raster;
  /** Adds to the lesion, or takes away from it. */
  add: boolean;
  /** A polygon that was closed. */
  onFilled: (edit: Edit) => void;
}

/** Pixels of the screen: a press this near to the first corner closes the polygon. */
const near = 12;

/**
 * The lesion by the corners of its outline. A press sets a corner; one on the first corner, or Enter, closes
 * and fills. By key: arrows move the cross, Space sets a corner, Backspace takes the last one back, Escape all.
 */
export function PolygonLayer({ photo, mask, add, onFilled }: Props) {
  const { t } = useTranslation();
  const [corners, setCorners] = useState<readonly Point[]>([]);
  const [cross, setCross] = useState<Point>({ x: photo.width / 2, y: photo.height / 2 });
  const close = () => {
    const onMask = ({ x, y }: Point): Point => ({
      x: (x * mask.width) / photo.width,
      y: (y * mask.height) / photo.height,
    });
    const edit = polygonEdit(mask, { corners: corners.map(onMask), add });
    setCorners([]);
    if (edit.indices.length > 0) onFilled(edit);
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    const at = placeOn(event.currentTarget, event, photo);
    const pixels = event.currentTarget.getBoundingClientRect().width / photo.width;
    const [first] = corners;
    const closes = first && corners.length >= 3 && Math.hypot(at.x - first.x, at.y - first.y) * pixels < near;
    if (closes) close();
    else setCorners([...corners, at]);
  };
  const key = (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    const pixels = (event.shiftKey ? 0.05 : 0.01) * photo.width;
    if (step) {
      setCross(({ x, y }) => ({
        x: Math.max(0, Math.min(x + pixels * step.x, photo.width)),
        y: Math.max(0, Math.min(y + pixels * step.y, photo.height)),
      }));
    } else if (event.key === ' ') setCorners([...corners, cross]);
    else if (event.key === 'Enter' && corners.length >= 3) close();
    else if (event.key === 'Backspace') setCorners(corners.slice(0, -1));
    else if (event.key === 'Escape' && corners.length > 0) setCorners([]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      type="button"
      className={styles.layer}
      data-drawing
      aria-label={t(add ? 'viewer.brush.fillHere' : 'viewer.brush.cutHere', { count: corners.length })}
      onPointerDown={down}
      onPointerMove={(event) => setCross(placeOn(event.currentTarget, event, photo))}
      onKeyDown={key}
    >
      <MaskArea raster={mask} />
      <svg className={viewer.marks} viewBox={`0 0 ${photo.width} ${photo.height}`} aria-hidden="true">
        {[viewer.outlineUnder, viewer.outline].map((className) => (
          <polyline
            key={className}
            className={className}
            fill="none"
            points={[...corners, cross].map(({ x, y }) => `${x},${y}`).join(' ')}
          />
        ))}
      </svg>
      {corners.map((corner, index) => (
        <span
          // biome-ignore lint/suspicious/noArrayIndexKey: a corner has nothing but its number.
          key={index}
          className={styles.corner}
          style={cssPlace({ left: corner.x, top: corner.y, width: 0, height: 0 }, photo)}
        />
      ))}
    </button>
  );
}
