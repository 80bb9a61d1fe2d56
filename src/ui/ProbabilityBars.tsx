import { IconAlertTriangle } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, ErrorBar, Rectangle, XAxis, YAxis } from 'recharts';
import { useLanguage } from './context';
import { formatProbability } from './format';
import styles from './ProbabilityBars.module.css';

export interface NamedProbability {
  id: string;
  name: string;
  malignant: boolean;
  /** Calibrated, 0 to 1. */
  probability: number;
  /** How far the probability moved over several views of the photo: a whisker on the bar, and in words below it. */
  range?: { lowest: number; highest: number } | undefined;
}

/**
 * Probabilities from the largest to the smallest, as a table; its bars are left out for screen readers, who have the numbers. A malignant
 * class is marked three ways without colour: an icon, the word, and stripes.
 */
export function ProbabilityBars({ items }: { items: readonly NamedProbability[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const stripes = `stripes${useId().replaceAll(/\W/g, '')}`;
  const ordered = [...items].sort((a, b) => b.probability - a.probability);
  return (
    <div>
      <svg width={0} height={0} className={styles.defs} aria-hidden="true">
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
        </defs>
      </svg>
      <table className={styles.table} aria-label={t('answer.probabilities')}>
        <tbody>
          {ordered.map(({ id, name, malignant, probability, range }, index) => (
            <tr key={id} data-first={index === 0 || undefined}>
              <th scope="row">
                {name}
                {malignant && (
                  <>
                    {' '}
                    <span className={styles.malignant}>
                      <IconAlertTriangle size={13} aria-hidden />
                      {t('answer.malignant')}
                    </span>
                  </>
                )}
              </th>
              <td className={styles.bar}>
                <div aria-hidden>
                  <ShareBar
                    probability={probability}
                    range={range}
                    fill={malignant ? `url(#${stripes})` : undefined}
                  />
                </div>
                {range && (
                  <span className={styles.range}>
                    {t('viewer.steadiness.range', {
                      lowest: formatProbability(range.lowest, language),
                      highest: formatProbability(range.highest, language),
                    })}
                  </span>
                )}
              </td>
              <td className={styles.number}>{formatProbability(probability, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** One bar on its track. A chart a row, because names wrap and rows differ in height. */
function ShareBar({
  probability,
  range,
  fill,
}: Pick<NamedProbability, 'probability' | 'range'> & { fill: string | undefined }) {
  // Lengths below and above the bar's end.
  const whisker = range && [probability - range.lowest, range.highest - probability];
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: 14 }}
      layout="vertical"
      data={[{ probability, whisker }]}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
      accessibilityLayer={false}
    >
      <XAxis type="number" domain={[0, 1]} hide />
      <YAxis type="category" hide />
      <Bar
        dataKey="probability"
        barSize={14}
        minPointSize={2}
        background={<Rectangle radius={3} className={styles.track} />}
        isAnimationActive={false}
        shape={({ x, y, width, height }) => (
          <Rectangle
            x={x}
            y={y}
            width={width}
            height={height}
            radius={3}
            className={styles.fill}
            style={fill === undefined ? undefined : { fill }}
          />
        )}
      >
        {whisker && (
          <ErrorBar
            dataKey="whisker"
            direction="x"
            width={5}
            strokeWidth={2}
            stroke="var(--mantine-color-text)"
            isAnimationActive={false}
          />
        )}
      </Bar>
    </BarChart>
  );
}
