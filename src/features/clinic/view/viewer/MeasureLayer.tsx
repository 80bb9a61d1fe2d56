import { type KeyboardEvent, type PointerEvent, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Size } from '../../../../core/geometry';
import { arrowSteps, cssPlace, placeOn } from '../../../../ui/viewer/place';
import viewer from '../../../../ui/viewer/viewer.module.css';
import styles from './layers.module.css';

/** A straight line in pixels of the photo. */
export interface Line {
  from: Point;
  to: Point;
}

export const lengthOf = ({ from, to }: Line) => Math.hypot(to.x - from.x, to.y - from.y);

/** A third of the photo across its middle: something to take hold of, with the pointer or by key. */
export const firstLine = ({ width, height }: Size): Line => ({
  from: { x: width / 3, y: height / 2 },
  to: { x: (2 * width) / 3, y: height / 2 },
});

interface Props {
  photo: Size;
  line: Line;
  /** Its length in words. */
  label: string;
  onChange: (line: Line) => void;
}

/** The measuring line: its ends are pulled, or moved with the arrow keys (ten pixels with Shift). */
export function MeasureLayer({ photo, line, label, onChange }: Props) {
  const { t } = useTranslation();
  const layer = useRef<HTMLDivElement>(null);
  const grabbed = useRef<'from' | 'to' | null>(null);
  const inside = ({ x, y }: Point) => ({
    x: Math.max(0, Math.min(x, photo.width)),
    y: Math.max(0, Math.min(y, photo.height)),
  });
  const place = (event: PointerEvent) => inside(placeOn(layer.current as HTMLDivElement, event, photo));
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const end = (event.target as HTMLElement).dataset.end as 'from' | 'to' | undefined;
    grabbed.current = end ?? 'to';
    if (!end) onChange({ from: place(event), to: place(event) });
  };
  const moveTo = (event: PointerEvent) => {
    if (grabbed.current) onChange({ ...line, [grabbed.current]: place(event) });
  };
  const key = (end: 'from' | 'to') => (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const pixels = event.shiftKey ? 10 : 1;
    onChange({
      ...line,
      [end]: inside({ x: line[end].x + pixels * step.x, y: line[end].y + pixels * step.y }),
    });
  };
  return (
    <div
      ref={layer}
      className={styles.layer}
      data-drawing
      onPointerDown={down}
      onPointerMove={moveTo}
      onPointerUp={() => {
        grabbed.current = null;
      }}
    >
      <svg className={viewer.marks} viewBox={`0 0 ${photo.width} ${photo.height}`} aria-hidden="true">
        {[viewer.outlineUnder, viewer.outline].map((className) => (
          <line
            key={className}
            className={className}
            x1={line.from.x}
            y1={line.from.y}
            x2={line.to.x}
            y2={line.to.y}
          />
        ))}
      </svg>
      {(['from', 'to'] as const).map((end) => (
        <button
          key={end}
          type="button"
          className={styles.end}
          data-end={end}
          style={cssPlace({ left: line[end].x, top: line[end].y, width: 0, height: 0 }, photo)}
          aria-label={t(`viewer.measure.${end}`, { length: label })}
          onKeyDown={key(end)}
        />
      ))}
      <output
        className={styles.length}
        style={{ left: `${(100 * line.to.x) / photo.width}%`, top: `${(100 * line.to.y) / photo.height}%` }}
      >
        {label}
      </output>
    </div>
  );
}
