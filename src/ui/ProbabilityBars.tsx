import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, ErrorBar, XAxis, YAxis } from 'recharts';
import type { Kind } from '../core/card/card';
import { useLanguage } from './context';
import { formatProbability } from './format';
import { KindMark } from './KindMark';
import styles from './ProbabilityBars.module.css';

export interface NamedProbability {
  id: string;
  name: string;
  kind: Kind;
  /** Calibrated, 0 to 1. */
  probability: number;
  /**
   * How far the probability moved over several views of the photo: a whisker on the bar, and in words below
   * it.
   */
  range?: { lowest: number; highest: number } | undefined;
}

interface Props {
  items: readonly NamedProbability[];
  /** Rows as low as their words let them be, where much stands beside them. */
  compact?: boolean;
}

/**
 * Probabilities from the largest to the smallest: a table of names and numbers, and a chart laid over its
 * middle, which screen readers need not know of. The rows are equally high, as the chart's bands are.
 * Malignant and precancerous classes are marked three ways without colour: by an icon, the word, and stripes
 * or dots.
 */
export function ProbabilityBars({ items, compact }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const ordered = [...items].sort((a, b) => b.probability - a.probability);
  // Under a whisker stand its numbers, which take room.
  const low = compact && !items.some(({ range }) => range);
  return (
    <div className={styles.bars} data-compact={low || undefined}>
      <table className={styles.table} aria-label={t('answer.probabilities')}>
        <tbody>
          {ordered.map(({ id, name, kind, probability, range }, index) => (
            <tr key={id} data-first={index === 0 || undefined}>
              <th scope="row">
                {name}
                {kind !== 'benign' && (
                  <>
                    {' '}
                    <KindMark kind={kind} />
                  </>
                )}
              </th>
              <td className={styles.range}>
                {range &&
                  t('viewer.tta.range', {
                    lowest: formatProbability(range.lowest, language),
                    highest: formatProbability(range.highest, language),
                  })}
              </td>
              <td className={styles.number}>{formatProbability(probability, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.chart} data-chart aria-hidden>
        <Chart items={ordered} />
      </div>
    </div>
  );
}

function Chart({ items }: { items: readonly NamedProbability[] }) {
  const own = useId().replaceAll(/\W/g, '');
  const [stripes, dots] = [`stripes${own}`, `dots${own}`];
  const fills = {
    malignant: `url(#${stripes})`,
    premalignant: `url(#${dots})`,
    benign: 'var(--lentigo-accent)',
  };
  const data = items.map(({ id, kind, probability, range }) => ({
    id,
    probability,
    fill: fills[kind],
    reach: range && [probability - range.lowest, range.highest - probability],
  }));
  return (
    <BarChart
      responsive
      layout="vertical"
      data={data}
      className={styles.plot}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      // A third of its row, however many there are.
      barSize={`${34 / items.length}%`}
      accessibilityLayer={false}
    >
      <defs>
        <pattern
          id={stripes}
          width={7}
          height={7}
          patternUnits="userSpaceOnUse"
          patternTransform="rotate(45)"
        >
          <rect width={7} height={7} className={styles.fill} />
          <line x1={0} y1={0} x2={0} y2={7} className={styles.stripe} />
        </pattern>
        <pattern id={dots} width={7} height={7} patternUnits="userSpaceOnUse">
          <rect width={7} height={7} className={styles.fill} />
          <circle cx={3.5} cy={3.5} r={1.5} className={styles.dot} />
        </pattern>
      </defs>
      <XAxis type="number" domain={[0, 1]} allowDataOverflow hide />
      <YAxis type="category" dataKey="id" hide />
      <Bar
        dataKey="probability"
        radius={3}
        minPointSize={2}
        background={{ fill: 'var(--lentigo-track)', radius: 3 }}
        isAnimationActive={false}
      >
        <ErrorBar
          dataKey="reach"
          direction="x"
          width={5}
          strokeWidth={2}
          stroke="var(--mantine-color-text)"
          isAnimationActive={false}
        />
      </Bar>
    </BarChart>
  );
}
