import { type KeyboardEvent, type PointerEvent, useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Point, type Size, type Square, sameSquare } from '../../../../core/geometry';
import { arrowSteps, cssPlace, placeOn } from '../../../../ui/viewer/place';
import viewer from '../../../../ui/viewer/viewer.module.css';
import { type Corner, corners, grownSquare, movedSquare, pulledSquare } from '../../model/square-edit';
import styles from './layers.module.css';

interface Props {
  photo: Size;
  square: Square;
  /** The pointer moves and sizes it; the keys always do, once it has the focus. */
  editable: boolean;
  /** Those of further lesions, by their number; a press on one chooses it. */
  others: readonly { number: number; square: Square }[];
  /** That of the lesion in the square; null where there is only one, or none. */
  number: number | null;
  onChange: (square: Square) => void;
}

/** Milliseconds without a further key after which a square moved by keys is taken. */
const pause = 400;

/** What the model sees: a square that can be moved by its inside and sized by its corners. */
export function SquareLayer({ photo, square: given, editable, others, number, onChange }: Props) {
  const { t } = useTranslation();
  const layer = useRef<HTMLDivElement>(null);
  const [draft, setDraft] = useState<Square | null>(null);
  const drag = useRef<{ from: Point; start: Square; corner: Corner | null } | null>(null);
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined);
  const square = draft ?? given;
  useEffect(() => () => clearTimeout(waiting.current), []);

  const take = (next: Square) => {
    if (!sameSquare(next, given)) onChange(next);
    setDraft(null);
  };
  const place = (event: PointerEvent) => placeOn(layer.current as HTMLDivElement, event, photo);
  const down = (event: PointerEvent) => {
    if (!editable || event.button !== 0) return;
    event.stopPropagation();
    event.currentTarget.setPointerCapture(event.pointerId);
    const corner = (event.target as HTMLElement).dataset.corner as Corner | undefined;
    drag.current = { from: place(event), start: square, corner: corner ?? null };
  };
  const moveTo = (event: PointerEvent) => {
    if (!drag.current) return;
    const { from, start, corner } = drag.current;
    const to = place(event);
    setDraft(
      corner
        ? pulledSquare(start, corner, to, photo)
        : movedSquare(start, { x: to.x - from.x, y: to.y - from.y }, photo),
    );
  };
  const up = () => {
    drag.current = null;
    if (draft) take(draft);
  };
  const key = (event: KeyboardEvent) => {
    const step = arrowSteps[event.key];
    if (!step) return;
    event.preventDefault();
    event.stopPropagation();
    const pixels = Math.max(1, Math.round(square.side / 40));
    const next = event.shiftKey
      ? grownSquare(square, 2 * pixels * (step.x - step.y), photo)
      : movedSquare(square, { x: step.x * pixels, y: step.y * pixels }, photo);
    setDraft(next);
    clearTimeout(waiting.current);
    waiting.current = setTimeout(() => take(next), pause);
  };
  const { left, top, side } = square;
  return (
    <div ref={layer} className={styles.layer}>
      <svg className={viewer.marks} viewBox={`0 0 ${photo.width} ${photo.height}`} aria-hidden="true">
        <path
          className={styles.outside}
          fillRule="evenodd"
          d={`M0 0H${photo.width}V${photo.height}H0ZM${left} ${top}h${side}v${side}h${-side}Z`}
        />
      </svg>
      {others.map((other) => (
        <button
          key={other.number}
          type="button"
          className={styles.other}
          style={cssPlace({ ...other.square, width: other.square.side, height: other.square.side }, photo)}
          aria-label={t('viewer.square.choose', { number: other.number })}
          onClick={() => onChange(other.square)}
        >
          <span>{other.number}</span>
        </button>
      ))}
      <button
        type="button"
        className={styles.square}
        data-editable={editable || undefined}
        style={cssPlace({ left, top, width: side, height: side }, photo)}
        aria-label={t('viewer.square.label', { side, left, top })}
        onPointerDown={down}
        onPointerMove={moveTo}
        onPointerUp={up}
        onPointerCancel={() => {
          drag.current = null;
          setDraft(null);
        }}
        onKeyDown={key}
      >
        {number !== null && <b aria-hidden>{number}</b>}
        {editable && corners.map((corner) => <span key={corner} data-corner={corner} />)}
      </button>
    </div>
  );
}
