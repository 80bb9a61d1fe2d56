import { Bar, BarChart, CartesianGrid, XAxis, YAxis } from 'recharts';
import { PlotFigure } from '../../../ui/plots/PlotFigure';

interface Props {
  name: string;
  heading: string;
  summary: string;
  /** Values 0 to 1. */
  values: readonly number[];
  xLabel: string;
  yLabel: string;
}

const bins = 20;

/** How values between 0 and 1 are spread, in twenty bins. */
export function Histogram({ name, heading, summary, values, xLabel, yLabel }: Props) {
  const counts = Array.from({ length: bins }, (_, bin) => ({ low: (bin / bins).toFixed(2), count: 0 }));
  for (const value of values) {
    const bin = counts[Math.min(Math.floor(value * bins), bins - 1)];
    if (bin) bin.count++;
  }
  return (
    <PlotFigure name={name} heading={heading} summary={summary}>
      <BarChart
        responsive
        accessibilityLayer={false}
        data={counts}
        style={{ width: '100%', aspectRatio: 1.6 }}
        margin={{ top: 8, right: 12, bottom: 24, left: 8 }}
        barCategoryGap={1}
      >
        <CartesianGrid stroke="var(--lentigo-line)" vertical={false} />
        <XAxis
          dataKey="low"
          interval={3}
          fontSize={12}
          stroke="var(--lentigo-strong-line)"
          label={{ value: xLabel, position: 'insideBottom', offset: -16, fontSize: 13 }}
        />
        <YAxis
          allowDecimals={false}
          width={48}
          fontSize={12}
          stroke="var(--lentigo-strong-line)"
          label={{ value: yLabel, angle: -90, position: 'insideLeft', fontSize: 13 }}
        />
        <Bar dataKey="count" fill="var(--lentigo-accent)" isAnimationActive={false} />
      </BarChart>
    </PlotFigure>
  );
}
