import { type KeyboardEvent, type MouseEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Point } from '../../../../core/geometry';
import type { LesionPlace } from '../../../../core/patient/body-areas';
import { type BodyShape, type Figure, figureOf } from '../../../../core/patient/body-figures';
import { middleOf, placeAt, pointOf, shapeAt } from '../../../../core/patient/body-point';
import { BodyPicture, Pin } from './BodyPicture';
import styles from './body.module.css';
import { usePlaceWords } from './use-place-words';
import { type BodyView, views } from './views';

interface Props {
  view: BodyView;
  value: LesionPlace | null;
  onChange: (place: LesionPlace) => void;
}

/** Of a figure's width: one press of an arrow key. */
const step = 0.02;

/**
 * The body map on which a spot is picked: by mouse or touch just where it is pressed, by keyboard in the
 * middle of a place, from where Shift and the arrows move the pin. Going from place to place does not choose.
 */
export function PlacePicker({ view, value, onChange }: Props) {
  const { t } = useTranslation();
  const words = usePlaceWords();
  const elements = useRef(new Map<string, SVGGElement>());
  const [reached, setReached] = useState<string | null>(null);
  const shown = views[view].figures.map(figureOf);
  const all = shown.flatMap((figure) => figure.shapes.map((shape) => ({ figure, shape })));
  const figure = value && figureOf(value.spot.figure);
  const point = value && pointOf(value.spot);
  const chosen = figure && point && shapeAt(figure, point)?.key;
  // One stop on the way of the Tab key: where one was, else the chosen place, else the first.
  const stop = all.find(({ shape }) => shape.key === (reached ?? chosen))?.shape.key ?? all[0]?.shape.key;

  const go = (key: string, by: number) => {
    const index = all.findIndex(({ shape }) => shape.key === key);
    const next = all[(index + by + all.length) % all.length];
    if (next) elements.current.get(next.shape.key)?.focus();
  };
  /** Moves the pin, as long as it stays on the body. */
  const move = (across: number, down: number) => {
    if (!figure || !point || !shown.includes(figure)) return;
    const to = { x: point.x + across * step * figure.width, y: point.y + down * step * figure.width };
    const shape = shapeAt(figure, to);
    if (!shape) return;
    onChange(placeAt(figure, shape, to));
    elements.current.get(shape.key)?.focus();
  };
  const keyed = (event: KeyboardEvent, figure: Figure, shape: BodyShape) => {
    const arrow = arrows[event.key];
    if (event.key === ' ' || event.key === 'Enter') onChange(placeAt(figure, shape, middleOf(shape)));
    else if (!arrow) return;
    else if (event.shiftKey) move(...arrow);
    else go(shape.key, arrow[0] + arrow[1]);
    event.preventDefault();
  };
  const pressed = (event: MouseEvent<SVGGElement>, figure: Figure, shape: BodyShape) => {
    const at = pointIn(event);
    const under = at && shapeAt(figure, at);
    onChange(under && at ? placeAt(figure, under, at) : placeAt(figure, shape, middleOf(shape)));
  };

  return (
    <div role="radiogroup" aria-label={t('patientPage.place.label')}>
      <BodyPicture
        view={view}
        shape={(shape, figure) => (
          // biome-ignore lint/a11y/useSemanticElements: an input cannot stand in an SVG picture.
          <g
            key={shape.key}
            ref={(element) => {
              if (element) elements.current.set(shape.key, element);
            }}
            role="radio"
            aria-checked={shape.key === chosen}
            aria-label={words(placeAt(figure, shape, middleOf(shape))) ?? undefined}
            tabIndex={shape.key === stop ? 0 : -1}
            className={styles.choice}
            onClick={(event) => pressed(event, figure, shape)}
            onFocus={() => setReached(shape.key)}
            onKeyDown={(event) => keyed(event, figure, shape)}
          >
            <path className={styles.shape} d={shape.d} />
          </g>
        )}
      >
        {figure && point && shown.includes(figure) && (
          <Pin pin={{ figure, ...point, exact: true }} view={view} label="" role="presentation" />
        )}
      </BodyPicture>
    </div>
  );
}

const arrows: Readonly<Record<string, readonly [number, number]>> = {
  ArrowRight: [1, 0],
  ArrowLeft: [-1, 0],
  ArrowDown: [0, 1],
  ArrowUp: [0, -1],
};

/** Where the mouse or a finger was, in the figure's units; null for a press without a place. */
function pointIn({ detail, clientX, clientY, currentTarget }: MouseEvent<SVGGElement>): Point | null {
  const matrix = detail > 0 ? currentTarget.getScreenCTM?.() : null;
  return matrix ? new DOMPoint(clientX, clientY).matrixTransform(matrix.inverse()) : null;
}
