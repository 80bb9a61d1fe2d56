import {
  CartesianGrid,
  Line,
  LineChart,
  ReferenceDot,
  ReferenceLine,
  usePlotArea,
  XAxis,
  YAxis,
} from 'recharts';
import { strokeOf } from './strokes';

export interface Curve {
  /** The class id, or any other name that is unique in the plot. */
  id: string;
  /** As the legend has it, with its figure: "Melanoma, 0.93". */
  label: string;
  /** Both 0 to 1. */
  points: readonly { x: number; y: number }[];
}

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
  legend: 'bottom-right' | 'bottom-left';
}

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** Curves in the unit square. */
export function CurvePlot({ curves, xLabel, yLabel, highlighted, point, reference, legend }: Props) {
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
        domain={[0, 1]}
        ticks={ticks}
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

/** Part of the picture, so that a saved plot keeps it. */
function Legend({ curves, corner }: { curves: readonly Curve[]; corner: Props['legend'] }) {
  const area = usePlotArea();
  if (!area) return null;
  const row = 18;
  const right = corner === 'bottom-right';
  const x = right ? area.x + area.width - 10 : area.x + 12;
  const top = area.y + area.height - curves.length * row - 2;
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
