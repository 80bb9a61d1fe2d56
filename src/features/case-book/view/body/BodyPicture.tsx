import { SegmentedControl } from '@mantine/core';
import type { ReactNode, SVGProps } from 'react';
import { useTranslation } from 'react-i18next';
import { type BodyShape, type Figure, figureOf, standing } from '../../../../core/patient/body-figures';
import type { BodyPin } from '../../../../core/patient/body-point';
import styles from './body.module.css';
import { type BodyView, bodyViews, views } from './views';

interface Props {
  view: BodyView;
  /** One shape of one figure, drawn where the figure stands. */
  shape: (shape: BodyShape, figure: Figure) => ReactNode;
  /** On top of all figures, in the picture's own units. */
  children?: ReactNode;
}

/** The figures of a view, front and back, head, hands and feet, with their names and sides. */
export function BodyPicture({ view, shape, children }: Props) {
  const { t } = useTranslation();
  const { box, figures, unit } = views[view];
  return (
    <svg className={styles.map} viewBox={box.join(' ')} role="presentation" data-view={view}>
      {figures.map(figureOf).map((figure) => {
        const { x, y, scale } = standing[figure.id];
        const [left, right] =
          figure.patientLeft === 'left'
            ? ['left' as const, 'right' as const]
            : ['right' as const, 'left' as const];
        const text = { className: styles.caption, fontSize: 12 * Math.max(unit, 0.55) };
        const top = y + scale * figure.top + text.fontSize;
        return (
          <g key={figure.id}>
            <g transform={`translate(${x} ${y}) scale(${scale})`}>
              {figure.id !== 'head' && plain(figure)}
              {figure.shapes.map((each) => shape(each, figure))}
              {/* The eyes would be hidden under the face otherwise. */}
              {figure.id === 'head' && plain(figure)}
            </g>
            <g aria-hidden>
              <text {...text} x={x + scale * (figure.left + 5)} y={top}>
                {t(`patientPage.map.letters.${left}`)}
              </text>
              <text {...text} x={x + scale * (figure.left + figure.width - 5)} y={top}>
                {t(`patientPage.map.letters.${right}`)}
              </text>
              <text
                {...text}
                x={x + scale * figure.middle}
                y={y + scale * (figure.top + figure.height) + text.fontSize}
              >
                {t(`patientPage.map.captions.${figure.id}`)}
              </text>
            </g>
          </g>
        );
      })}
      {children}
    </svg>
  );
}

const plain = ({ plain }: Figure) =>
  plain.map((d) => <path key={d} d={d} className={styles.plain} aria-hidden />);

/** Which part of the body is shown. */
export function ViewChoice({ view, onView }: { view: BodyView; onView: (view: BodyView) => void }) {
  const { t } = useTranslation();
  return (
    <SegmentedControl
      size="xs"
      fullWidth
      aria-label={t('patientPage.map.view')}
      value={view}
      onChange={onView}
      data={bodyViews.map((value) => ({ value, label: t(`patientPage.map.views.${value}`) }))}
    />
  );
}

interface PinProps extends SVGProps<SVGGElement> {
  pin: BodyPin;
  view: BodyView;
  label: string;
  flagged?: boolean;
}

/** A pin with its number, as large on the screen in every view. */
export function Pin({ pin, view, label, flagged = false, ...others }: PinProps) {
  const { x, y, scale } = standing[pin.figure.id];
  const at = `translate(${x + scale * pin.x} ${y + scale * pin.y}) scale(${views[view].unit})`;
  return (
    <g {...others} className={styles.pin} transform={at} data-about={!pin.exact || undefined}>
      {/* A finger needs more than what is seen. */}
      <circle className={styles.reach} r={15} />
      <circle className={styles.head} r={10} />
      <text className={styles.number} y={3.9} fontSize={label.length > 2 ? 8.5 : 11}>
        {label}
      </text>
      {flagged && <path className={styles.flag} d="M7 -16L7 -5M7 -16L15 -13L7 -10" />}
    </g>
  );
}
