import { useTranslation } from 'react-i18next';
import { CartesianGrid, ComposedChart, Line, ReferenceLine, XAxis, YAxis } from 'recharts';
import type { ReliabilityBin } from '../../core/metrics/calibration';
import { useLanguage } from '../context';
import { formatFixed } from '../format';
import { PlotFigure } from './PlotFigure';

interface Props {
  bins: readonly ReliabilityBin[];
  /** Expected calibration error, 0 to 1; null where it is not known. */
  error: number | null;
  name?: string;
  /** Where it is about one class alone: what stands at the plot in place of the words for the top class. */
  words?: { heading: string; summary: string; xLabel: string; yLabel: string };
}

const ticks = [0, 0.2, 0.4, 0.6, 0.8, 1];

/** How often answers of a given probability were right; on the diagonal, probabilities keep their word.. */
export function ReliabilityPlot({ bins, error, name = 'reliability', words }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <PlotFigure
      name={name}
      heading={words?.heading ?? t('plots.reliability')}
      summary={
        words?.summary ??
        t('plots.reliabilitySummary', { error: error === null ? '–' : formatFixed(error, language, 3) })
      }
    >
      <ComposedChart
        responsive
        accessibilityLayer={false}
        data={bins.map((bin) => ({ ...bin, x: bin.confidence }))}
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
          label={{
            value: words?.xLabel ?? t('plots.confidence'),
            position: 'insideBottom',
            offset: -16,
            fontSize: 13,
          }}
        />
        <YAxis
          type="number"
          domain={[0, 1]}
          ticks={ticks}
          width={48}
          fontSize={12}
          stroke="var(--lentigo-strong-line)"
          label={{
            value: words?.yLabel ?? t('plots.shareRight'),
            angle: -90,
            position: 'insideLeft',
            fontSize: 13,
            style: { textAnchor: 'middle' },
          }}
        />
        <ReferenceLine
          segment={[
            { x: 0, y: 0 },
            { x: 1, y: 1 },
          ]}
          stroke="var(--lentigo-strong-line)"
          strokeDasharray="4 4"
        />
        <Line
          dataKey="accuracy"
          type="linear"
          isAnimationActive={false}
          stroke="var(--lentigo-accent)"
          strokeWidth={2}
          dot={<Dot most={Math.max(...bins.map(({ count }) => count))} />}
        />
      </ComposedChart>
    </PlotFigure>
  );
}

/** Its area says how many images stand behind it. */
function Dot({
  cx = 0,
  cy = 0,
  payload,
  most: max,
}: {
  cx?: number;
  cy?: number;
  payload?: ReliabilityBin;
  most: number;
}) {
  return (
    <circle
      cx={cx}
      cy={cy}
      r={3 + 8 * Math.sqrt((payload?.count ?? 0) / max)}
      fill="var(--lentigo-accent)"
      fillOpacity={0.75}
    >
      <title>{payload?.count}</title>
    </circle>
  );
}
