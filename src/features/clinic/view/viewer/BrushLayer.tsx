import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point, Size } from '../../../../core/geometry';
import { type Edit, editOf, flip } from '../../../../core/lesion/draw';
import type { Raster } from '../../../../core/raster';
import { arrowSteps, cssPlace, placeOn } from '../../../../ui/viewer/place';
import viewer from '../../../../ui/viewer/viewer.module.css';
import type { DrawnMask } from '../../model/workbench-photo';
import styles from './layers.module.css';

interface Props {
  photo: Size;
  mask: Pick<DrawnMask, 'raster'>;
  /** Adds to the lesion, or takes away from it. */
  add: boolean;
  /** Of the brush, in pixels of the photo. */
  radius: number;
  /** One whole pull of the brush. */
  onStroke: (edit: Edit) => void;
}

/**
 * The lesion as an area that is painted and wiped, with the pointer or by key (arrows move the brush, Space
 * puts it down).
 */
export function BrushLayer({ photo, mask: { raster }, add, radius, onStroke }: Props) {
  const { t } = useTranslation();
  const layer = useRef<HTMLButtonElement>(null);
  const [brush, setBrush] = useState<Point>({ x: photo.width / 2, y: photo.height / 2 });
  const [draft, setDraft] = useState<Raster | null>(null);
  // The mask so far stands here too: further moves can come before the page is drawn again.
  const pull = useRef<{ last: Point; mask: Raster; indices: number[] } | null>(null);
  const ratio = raster.width / photo.width;
  const onMask = ({ x, y }: Point): Point => ({ x: x * ratio, y: (y * raster.height) / photo.height });

  const touch = (from: Point, to: Point, mask: Raster): Edit =>
    editOf(mask, { points: [onMask(from), onMask(to)], radius: radius * ratio, add });
  const paint = (to: Point) => {
    if (!pull.current) return;
    const { last, mask, indices } = pull.current;
    const edit = touch(last, to, mask);
    pull.current = { last: to, mask: flip(mask, edit), indices: [...indices, ...edit.indices] };
    setDraft(pull.current.mask);
  };
  const end = () => {
    const { indices } = pull.current ?? { indices: [] };
    pull.current = null;
    setDraft(null);
    if (indices.length > 0) onStroke({ indices: Uint32Array.from(indices).sort() });
  };
  const down = (event: PointerEvent) => {
    if (event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const at = placeOn(event.currentTarget, event, photo);
    pull.current = { last: at, mask: raster, indices: [] };
    paint(at);
  };
  const moveTo = (event: PointerEvent) => {
    const at = placeOn(event.currentTarget, event, photo);
    setBrush(at);
    paint(at);
  };
  const key = (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    const pixels = event.shiftKey ? 4 * radius : radius / 2;
    if (step) {
      setBrush(({ x, y }) => ({
        x: Math.max(0, Math.min(x + pixels * step.x, photo.width)),
        y: Math.max(0, Math.min(y + pixels * step.y, photo.height)),
      }));
    } else if (event.key === ' ' || event.key === 'Enter') {
      const edit = touch(brush, brush, raster);
      if (edit.indices.length > 0) onStroke(edit);
    } else return;
    event.preventDefault();
    event.stopPropagation();
  };
  return (
    <button
      ref={layer}
      type="button"
      className={styles.layer}
      data-drawing
      aria-label={t(add ? 'viewer.brush.paintHere' : 'viewer.brush.eraseHere')}
      onPointerDown={down}
      onPointerMove={moveTo}
      onPointerUp={end}
      onPointerCancel={end}
      onKeyDown={key}
    >
      <MaskArea raster={draft ?? raster} />
      <span
        className={styles.brush}
        data-erase={!add || undefined}
        style={cssPlace(
          { left: brush.x - radius, top: brush.y - radius, width: 2 * radius, height: 2 * radius },
          photo,
        )}
      />
    </button>
  );
}

/** Sky blue of Okabe and Ito's colours, told from skin with every common colour-vision deficiency. */
const colour = [86, 180, 233, 110];

export function MaskArea({ raster: { width, height, data } }: { raster: Raster }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useEffect(() => {
    const picture = new ImageData(width, height);
    data.forEach((value, index) => {
      if (value) picture.data.set(colour, 4 * index);
    });
    canvas.current?.getContext('2d')?.putImageData(picture, 0, 0);
  }, [width, height, data]);
  return <canvas ref={canvas} className={viewer.marks} width={width} height={height} aria-hidden />;
}
