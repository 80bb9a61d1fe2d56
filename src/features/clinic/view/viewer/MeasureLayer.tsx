import { type KeyboardEvent, type PointerEvent, useLayoutEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import type { Line, Point, Size } from '../../../../core/geometry';
import { arrowSteps, cssPlace, placeOn } from '../../../../ui/viewer/place';
import viewer from '../../../../ui/viewer/viewer.module.css';
import { labelPlace } from './label-place';
import styles from './layers.module.css';

/** All lines on a photo, and which of them is worked on. */
export interface MeasuringLines {
  lines: readonly Line[];
  chosen: number;
}

export const lengthOf = ({ from, to }: Line) => Math.hypot(to.x - from.x, to.y - from.y);

/** Without the line that is worked on; the last of the others is worked on then. */
export function withoutChosen({ lines, chosen }: MeasuringLines): MeasuringLines {
  const left = lines.filter((_, index) => index !== chosen);
  return { lines: left, chosen: Math.max(0, left.length - 1) };
}

/** A third of the photo across its middle: something to take hold of, with the pointer or by key. */
const firstLine = ({ width, height }: Size): Line => ({
  from: { x: width / 3, y: height / 2 },
  to: { x: (2 * width) / 3, y: height / 2 },
});

interface Props {
  photo: Size;
  drawn: MeasuringLines;
  /** A line's length in words. */
  labelOf: (line: Line) => string;
  onChange: (drawn: MeasuringLines) => void;
}

/**
 * Measuring lines: a pull across the photo draws another one, their ends are pulled, or moved with the arrow
 * keys (ten pixels with Shift), and Delete takes a line away.
 */
export function MeasureLayer({ photo, drawn, labelOf, onChange }: Props) {
  const { t } = useTranslation();
  const layer = useRef<HTMLDivElement>(null);
  const grabbed = useRef<{ index: number; end: End } | null>(null);
  // With every drawing: the photo moves and grows under the stage, which cuts what lies outside of it.
  useLayoutEffect(() => placeLabels(layer.current));
  const lines = drawn.lines.length > 0 ? drawn.lines : [firstLine(photo)];
  const inside = ({ x, y }: Point) => ({
    x: Math.max(0, Math.min(x, photo.width)),
    y: Math.max(0, Math.min(y, photo.height)),
  });
  const place = (event: PointerEvent) => inside(placeOn(layer.current as HTMLDivElement, event, photo));
  const change = (index: number, end: End, to: Point) => {
    const line = lines[index];
    if (line) onChange({ lines: lines.with(index, { ...line, [end]: inside(to) }), chosen: index });
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const { end, line } = (event.target as HTMLElement).dataset;
    if (end) {
      grabbed.current = { index: Number(line), end: end as End };
      return onChange({ lines, chosen: Number(line) });
    }
    const more = [...drawn.lines, { from: place(event), to: place(event) }];
    grabbed.current = { index: more.length - 1, end: 'to' };
    onChange({ lines: more, chosen: more.length - 1 });
  };
  const moveTo = (event: PointerEvent) => {
    if (grabbed.current) change(grabbed.current.index, grabbed.current.end, place(event));
  };
  const key = (index: number, end: End) => (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    const at = lines[index]?.[end];
    if (!at || (!step && event.key !== 'Delete')) return;
    event.preventDefault();
    event.stopPropagation();
    const pixels = event.shiftKey ? 10 : 1;
    if (step) change(index, end, { x: at.x + pixels * step.x, y: at.y + pixels * step.y });
    else onChange(withoutChosen({ lines, chosen: index }));
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
        {lines.flatMap(({ from, to }, index) =>
          [viewer.outlineUnder, viewer.outline].map((className) => (
            <line
              // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing but its number.
              key={`${index} ${className}`}
              className={className}
              x1={from.x}
              y1={from.y}
              x2={to.x}
              y2={to.y}
            />
          )),
        )}
      </svg>
      {lines.flatMap((line, index) =>
        ends.map((end) => (
          <button
            // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing but its number.
            key={`${index} ${end}`}
            type="button"
            className={styles.end}
            data-end={end}
            data-line={index}
            style={cssPlace({ left: line[end].x, top: line[end].y, width: 0, height: 0 }, photo)}
            aria-label={t(`viewer.measure.${end}`, { length: labelOf(line) })}
            onFocus={() => drawn.lines.length > 0 && onChange({ lines, chosen: index })}
            onKeyDown={key(index, end)}
          />
        )),
      )}
      {lines.map((line, index) => (
        <output
          // biome-ignore lint/suspicious/noArrayIndexKey: a line has nothing but its number.
          key={index}
          className={styles.length}
          data-chosen={index === drawn.chosen || undefined}
          style={{
            left: `${(100 * line.to.x) / photo.width}%`,
            top: `${(100 * line.to.y) / photo.height}%`,
          }}
        >
          {labelOf(line)}
        </output>
      ))}
    </div>
  );
}

/** Moves each label from its line's end to where it can be read whole. */
function placeLabels(layer: HTMLElement | null): void {
  if (!layer) return;
  const stage = (layer.closest('section') ?? layer).getBoundingClientRect();
  for (const label of layer.querySelectorAll<HTMLElement>('output')) {
    label.style.transform = 'none';
    const { left, top, width, height } = label.getBoundingClientRect();
    const end = { x: left - stage.left, y: top - stage.top };
    const place = labelPlace(end, { width, height }, stage);
    label.style.transform = `translate(${place.x - end.x}px, ${place.y - end.y}px)`;
  }
}

const ends = ['from', 'to'] as const;
type End = (typeof ends)[number];
