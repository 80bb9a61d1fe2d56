import { CartesianGrid, Line, LineChart, ReferenceDot, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { Curve } from './curve';
import { Bands, type Corner, Legend } from './curve-parts';
import { strokeOf } from './strokes';

interface Props {
  curves: readonly Curve[];
  xLabel: string;
  yLabel: string;
  /** Drawn thick and in front; all alike where it is left out. */
  highlighted?: string;
  /** The point of the threshold. */
  point?: { x: number; y: number } | null;
  /** A line to hold the curves against. */
  reference?: { from: { x: number; y: number }; to: { x: number; y: number } };
  legend: Corner;
  /** From the lowest to the highest y; 0 to 1 where they are left out. */
  yTicks?: readonly number[];
}

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Curves in the unit square, or in one of another height. */
export function CurvePlot({
  curves,
  xLabel,
  yLabel,
  highlighted,
  point,
  reference,
  legend,
  yTicks = ticks,
}: Props) {
  const height: [number, number] = [yTicks[0] ?? 0, yTicks.at(-1) ?? 1];
  const thick = (id: string) => highlighted === undefined || highlighted === id;
  return (
    <LineChart
      responsive
      accessibilityLayer={false}
      style={{ width: '100%', aspectRatio: 1.1 }}
      margin={{ top: 8, right: 12, bottom: 24, left: 8 }}
    >
      <CartesianGrid stroke="var(--lentigo-line)" />
      <XAxis
        type="number"
        dataKey="x"
        domain={[0, 1]}
        ticks={ticks}
        tickMargin={4}
        fontSize={12}
        stroke="var(--lentigo-strong-line)"
        label={{ value: xLabel, position: 'insideBottom', offset: -16, fontSize: 13 }}
      />
      <YAxis
        type="number"
        domain={height}
        ticks={[...yTicks]}
        width={48}
        fontSize={12}
        stroke="var(--lentigo-strong-line)"
        label={{
          value: yLabel,
          angle: -90,
          position: 'insideLeft',
          fontSize: 13,
          style: { textAnchor: 'middle' },
        }}
      />
      {reference && (
        <ReferenceLine
          segment={[reference.from, reference.to]}
          stroke="var(--lentigo-strong-line)"
          strokeDasharray="4 4"
        />
      )}
      <Bands curves={curves} height={height} />
      {curves.map(({ id, points }, index) => (
        <Line
          key={id}
          data={[...points]}
          dataKey="y"
          type="linear"
          dot={false}
          activeDot={false}
          isAnimationActive={false}
          stroke={strokeOf(index).stroke}
          strokeDasharray={strokeOf(index).dash}
          strokeWidth={thick(id) ? 2.5 : 1.25}
          strokeOpacity={thick(id) ? 1 : 0.55}
        />
      ))}
      {point && (
        <ReferenceDot
          x={point.x}
          y={point.y}
          r={7}
          fill="var(--mantine-color-body)"
          stroke="var(--mantine-color-text)"
          strokeWidth={3}
        />
      )}
      <Legend curves={curves} corner={legend} />
    </LineChart>
  );
}
