import { IconAlertTriangle } from '@tabler/icons-react';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
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

/**
 * One bar on its track. No chart of recharts, whose selectors keep the last ones drawn alive after their page is gone; as many as there are
 * classes, redrawn with every frame of a camera, they must cost nothing.
 */
function ShareBar({
  probability,
  range,
  fill,
}: Pick<NamedProbability, 'probability' | 'range'> & { fill: string | undefined }) {
  return (
    <svg width="100%" height={14} className={styles.share} aria-hidden>
      <rect width="100%" height="100%" rx={3} className={styles.track} />
      <rect
        height="100%"
        rx={3}
        className={styles.fill}
        style={{ width: `max(2px, ${100 * probability}%)`, fill }}
      />
      {range && <Whisker {...range} />}
    </svg>
  );
}

function Whisker({ lowest, highest }: { lowest: number; highest: number }) {
  const [from, to] = [`${100 * lowest}%`, `${100 * highest}%`];
  return (
    <g className={styles.whisker} data-whisker>
      <line x1={from} x2={to} y1={7} y2={7} />
      <line x1={from} x2={from} y1={2} y2={12} />
      <line x1={to} x2={to} y1={2} y2={12} />
    </g>
  );
}
