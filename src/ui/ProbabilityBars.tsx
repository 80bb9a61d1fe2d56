import { VisuallyHidden } from '@mantine/core';
import { IconAlertTriangle } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { Bar, BarChart, Rectangle, XAxis, YAxis } from 'recharts';
import { useLanguage } from './context';
import { formatProbability } from './format';
import styles from './ProbabilityBars.module.css';

export interface NamedProbability {
  id: string;
  name: string;
  malignant: boolean;
  /** Calibrated, 0 to 1. */
  probability: number;
}

/**
 * Probabilities from the largest to the smallest. Names and numbers are a table; the bars lie over its middle column and are left out
 * for screen readers. A malignant class is marked three ways without colour: an icon, the word, and stripes.
 */
export function ProbabilityBars({ items }: { items: readonly NamedProbability[] }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const ordered = [...items].sort((a, b) => b.probability - a.probability);
  return (
    <div className={styles.frame}>
      <table className={styles.table}>
        <VisuallyHidden component="caption">{t('answer.probabilities')}</VisuallyHidden>
        <tbody>
          {ordered.map(({ id, name, malignant, probability }, index) => (
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
              <td aria-hidden />
              <td className={styles.number}>{formatProbability(probability, language)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <div className={styles.chart} aria-hidden>
        <Bars items={ordered} />
      </div>
    </div>
  );
}

function Bars({ items }: { items: NamedProbability[] }) {
  const stripes = `stripes${useId().replaceAll(/\W/g, '')}`;
  return (
    <BarChart
      responsive
      style={{ width: '100%', height: '100%' }}
      layout="vertical"
      data={items}
      margin={{ top: 0, right: 0, bottom: 0, left: 0 }}
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
          <rect width={7} height={7} className={styles.bar} />
          <line x1={0} y1={0} x2={0} y2={7} className={styles.stripe} />
        </pattern>
      </defs>
      <XAxis type="number" domain={[0, 1]} hide />
      <YAxis type="category" dataKey="id" hide />
      <Bar
        dataKey="probability"
        barSize={14}
        minPointSize={2}
        background={<Rectangle radius={3} className={styles.track} />}
        isAnimationActive={false}
        shape={({ x, y, width, height, index }) => (
          <Rectangle
            x={x}
            y={y}
            width={width}
            height={height}
            radius={3}
            className={styles.bar}
            style={items[index]?.malignant ? { fill: `url(#${stripes})` } : undefined}
          />
        )}
      />
    </BarChart>
  );
}
