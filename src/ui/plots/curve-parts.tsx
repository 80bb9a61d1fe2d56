import { usePlotArea } from 'recharts';
import type { Curve } from './curve';
import { strokeOf } from './strokes';

/** Where the legend stands. */
export type Corner = 'bottom-right' | 'bottom-left' | 'top-right';

/** A band behind each curve that has one, in the curve's colour. `height`: the lowest and the highest y. */
export function Bands({
  curves,
  height: [lowest, highest],
}: {
  curves: readonly Curve[];
  height: [number, number];
}) {
  const area = usePlotArea();
  if (!area) return null;
  const place = (x: number, y: number) => {
    const inside = Math.min(highest, Math.max(lowest, y));
    const share = (inside - lowest) / (highest - lowest);
    return `${(area.x + x * area.width).toFixed(1)},${(area.y + (1 - share) * area.height).toFixed(1)}`;
  };
  return (
    <g>
      {curves.map(({ id, band = [] }, index) =>
        band.length === 0 ? null : (
          <polygon
            key={id}
            data-band={id}
            points={[
              ...band.map(({ x, high }) => place(x, high)),
              ...[...band].reverse().map(({ x, low }) => place(x, low)),
            ].join(' ')}
            fill={strokeOf(index).stroke}
            fillOpacity={0.14}
            stroke="none"
          />
        ),
      )}
    </g>
  );
}

/** Part of the picture, so that a saved plot keeps it. */
export function Legend({ curves, corner }: { curves: readonly Curve[]; corner: Corner }) {
  const area = usePlotArea();
  if (!area) return null;
  const row = 18;
  const right = corner !== 'bottom-left';
  const x = right ? area.x + area.width - 10 : area.x + 12;
  const top = corner === 'top-right' ? area.y + 14 : area.y + area.height - curves.length * row - 2;
  return (
    <g>
      {curves.map(({ id, label }, index) => {
        const y = top + index * row;
        const { stroke, dash } = strokeOf(index);
        return (
          <g key={id}>
            <line
              x1={right ? x - 26 : x}
              x2={right ? x : x + 26}
              y1={y}
              y2={y}
              stroke={stroke}
              strokeWidth={2.5}
              strokeDasharray={dash}
            />
            <text
              x={right ? x - 32 : x + 32}
              y={y + 4}
              fontSize={12.5}
              textAnchor={right ? 'end' : 'start'}
              // A curve may run behind it.
              stroke="var(--mantine-color-body)"
              strokeWidth={4}
              strokeLinejoin="round"
              paintOrder="stroke"
            >
              {label}
            </text>
          </g>
        );
      })}
    </g>
  );
}
