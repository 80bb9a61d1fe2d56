import { useTranslation } from 'react-i18next';
import { CartesianGrid, Line, LineChart, ReferenceLine, Tooltip, XAxis, YAxis } from 'recharts';
import { useLanguage } from '../../../ui/context';
import { formatProbability, formatShare } from '../../../ui/format';
import type { TimelinePoint } from '../model/timeline';
import styles from './case-book.module.css';
import { formatDay } from './day';

export interface Measure {
  id: string;
  name: string;
  /** A probability, on an axis from 0 to 1. */
  probability: boolean;
  value: (point: TimelinePoint) => number | null;
  write: (value: number, language: string) => string;
}

/** One measure over time. The table beside it says the same to a screen reader. */
export function TimelineChart({
  timeline,
  measure,
}: {
  timeline: readonly TimelinePoint[];
  measure: Measure;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  // A line of one answer's threshold would lie about those that were decided at another.
  const thresholds = new Set(timeline.map(({ analysis }) => analysis.decision?.threshold));
  const [threshold] = measure.id === 'probability' && thresholds.size === 1 ? thresholds : [];
  const data = timeline.map((point) => ({
    time: Date.parse(point.takenAt),
    value: measure.value(point),
  }));
  const day = (time: number) => formatDay(new Date(time).toISOString(), language);
  return (
    <div aria-hidden>
      <LineChart
        responsive
        style={{ width: '100%', height: 220 }}
        data={data}
        margin={{ top: 12, right: 24, bottom: 0, left: 8 }}
        accessibilityLayer={false}
      >
        <CartesianGrid vertical={false} stroke="var(--lentigo-line)" />
        <XAxis
          dataKey="time"
          type="number"
          scale="time"
          domain={['dataMin', 'dataMax']}
          padding={{ left: 24, right: 24 }}
          ticks={data.map(({ time }) => time)}
          tickFormatter={day}
          tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
          stroke="var(--lentigo-strong-line)"
        />
        <YAxis
          domain={measure.probability ? [0, 1] : [0, 'auto']}
          width={64}
          tickFormatter={(value: number) =>
            measure.probability ? formatShare(value, language) : measure.write(value, language)
          }
          tick={{ fontSize: 12, fill: 'var(--mantine-color-dimmed)' }}
          stroke="var(--lentigo-strong-line)"
        />
        <Tooltip
          isAnimationActive={false}
          labelFormatter={(time) => day(Number(time))}
          formatter={(value) => [measure.write(Number(value), language), measure.name]}
          contentStyle={{
            background: 'var(--mantine-color-body)',
            border: '1px solid var(--lentigo-line)',
            borderRadius: 8,
          }}
        />
        {threshold !== undefined && (
          <ReferenceLine y={threshold} stroke="var(--lentigo-strong-line)" strokeDasharray="5 4" />
        )}
        <Line
          dataKey="value"
          stroke="var(--lentigo-accent)"
          strokeWidth={2.5}
          dot={{ r: 4, fill: 'var(--lentigo-accent)' }}
          isAnimationActive={false}
          connectNulls
        />
      </LineChart>
      {/* Below the picture: within it, the curve is near the threshold just where it matters. */}
      {threshold !== undefined && (
        <p className={styles.legend}>
          <svg width={28} height={4} aria-hidden>
            <line x2={28} y1={2} y2={2} strokeDasharray="5 4" />
          </svg>
          {t('caseBook.timeline.threshold')} {formatProbability(threshold, language)}
        </p>
      )}
    </div>
  );
}
