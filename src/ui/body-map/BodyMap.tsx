import { type KeyboardEvent, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { FigureId } from '../../core/patient/body-areas';
import { figureOf } from '../../core/patient/body-figures';
import { type BodyPlace, bodyPlaces, groupOfPlace, type Site } from '../../core/patient/body-sites';
import styles from './BodyMap.module.css';

interface Props {
  /** What a screen reader calls the group. */
  label: string;
  /** A place, or a group, of which every place is then marked; null where it is not known. */
  value: Site | null;
  onChange: (place: BodyPlace) => void;
  /** Which places can be chosen; all where this is left out. */
  offered?: (place: BodyPlace) => boolean;
}

/** Where the figures stand in the picture of 460 x 430. */
const standing: [id: FigureId, transform: string][] = [
  ['front', 'translate(-12 4)'],
  ['head', 'translate(180 20)'],
  ['back', 'translate(272 4)'],
];

/**
 * A body from the front and from behind with the head drawn larger, on which a place is picked: by mouse, by
 * touch, or by keyboard, where arrows go from place to place and space or Enter takes one. Going does not
 * choose, because a choice may start a model.
 */
export function BodyMap({ label, value, onChange, offered = () => true }: Props) {
  const { t } = useTranslation();
  const places = bodyPlaces.filter(offered);
  const elements = useRef(new Map<BodyPlace, SVGGElement>());
  const [reached, setReached] = useState<BodyPlace | null>(null);
  // One stop on the way of the Tab key: where one was, else the chosen place, else the first.
  const stop = places.find((place) => place === (reached ?? value)) ?? places[0];

  const keyed = (event: KeyboardEvent, place: BodyPlace) => {
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (event.key === ' ' || event.key === 'Enter') onChange(place);
    else if (step !== undefined) {
      const next = places[(places.indexOf(place) + step + places.length) % places.length];
      if (next) elements.current.get(next)?.focus();
    } else return;
    event.preventDefault();
  };

  return (
    <div role="radiogroup" aria-label={label}>
      <svg className={styles.map} viewBox="0 0 460 430" role="presentation">
        {bodyPlaces.map((place) =>
          offered(place) ? (
            // biome-ignore lint/a11y/useSemanticElements: an input cannot stand in an SVG picture.
            <g
              key={place}
              ref={(element) => {
                if (element) elements.current.set(place, element);
              }}
              role="radio"
              aria-checked={place === value}
              aria-label={t(`report.site.${place}`)}
              tabIndex={place === stop ? 0 : -1}
              className={styles.place}
              data-place={place}
              data-within={groupOfPlace(place) === value || undefined}
              onClick={() => onChange(place)}
              onFocus={() => setReached(place)}
              onKeyDown={(event) => keyed(event, place)}
            >
              <title>{t(`report.site.${place}`)}</title>
              <Shapes place={place} />
            </g>
          ) : (
            <g key={place} className={styles.closed} aria-hidden>
              <Shapes place={place} />
            </g>
          ),
        )}
        {/* After the places: the eyes would be hidden under the face otherwise. */}
        {standing.map(([id, transform]) => (
          <g key={id} transform={transform} aria-hidden>
            {figureOf(id).plain.map((d) => (
              <path key={d} d={d} className={styles.plain} />
            ))}
          </g>
        ))}
        <g aria-hidden>
          <text className={styles.caption} x={88} y={426}>
            {t('facts.front')}
          </text>
          <text className={styles.caption} x={230} y={183}>
            {t('facts.head')}
          </text>
          <text className={styles.caption} x={372} y={426}>
            {t('facts.behind')}
          </text>
        </g>
      </svg>
    </div>
  );
}

/** All that is drawn of a place, in every figure. */
function Shapes({ place }: { place: BodyPlace }) {
  return standing.map(([id, transform]) => (
    <g key={id} transform={transform}>
      {figureOf(id)
        .shapes.filter((shape) => shape.place === place && !shape.fine)
        .map(({ key, d }) => (
          <path key={key} d={d} />
        ))}
    </g>
  ));
}
