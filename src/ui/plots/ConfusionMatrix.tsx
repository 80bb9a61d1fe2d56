import { type KeyboardEvent, type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import { type Confusion, rowRates } from '../../core/metrics/confusion';
import { useLanguage } from '../context';
import { formatNumber, formatShare } from '../format';
import { PlotFigure } from './PlotFigure';
import styles from './plots.module.css';

interface Props {
  confusion: Confusion;
  /** As people read them, in the order of `confusion.labels`; the class ids where they are left out. */
  names?: readonly string[];
  show: 'counts' | 'rates';
  /** Called with the indices of a pressed cell; without it, cells cannot be pressed. */
  onCell?: (truth: number, predicted: number) => void;
  beside?: ReactNode;
  name?: string;
}

const cell = 64;
const left = 76;
const top = 52;

/** Rows are the truth, columns the answer; the fuller the colour, the larger the share of the row. */
export function ConfusionMatrix({
  confusion,
  names,
  show,
  onCell,
  beside,
  name = 'confusion-matrix',
}: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const headings = useId();
  const { labels, matrix } = confusion;
  const rates = rowRates(confusion);
  const full = (index: number) => names?.[index] ?? labels[index] ?? '';
  const width = left + labels.length * cell + 2;
  const height = top + labels.length * cell + 2;
  const right = matrix.reduce((total, row, index) => total + (row[index] ?? 0), 0);
  const all = matrix.flat().reduce((total, count) => total + count, 0);
  return (
    <PlotFigure
      name={name}
      heading={t('plots.confusion')}
      summary={t('plots.confusionSummary', { right, count: all })}
      beside={beside}
    >
      {/* biome-ignore lint/a11y/useSemanticElements: a picture that is saved as one holds no fieldset */}
      <svg
        className={styles.matrix}
        viewBox={`0 0 ${width} ${height}`}
        role="group"
        aria-labelledby={headings}
        style={{ maxWidth: Math.max(340, width * 1.25) }}
      >
        <title id={headings}>{t('plots.confusion')}</title>
        <text x={left + (labels.length * cell) / 2} y={16} textAnchor="middle" fontSize={13}>
          {t('plots.answered')}
        </text>
        <text
          transform={`translate(14 ${top + (labels.length * cell) / 2}) rotate(-90)`}
          textAnchor="middle"
          fontSize={13}
        >
          {t('plots.truth')}
        </text>
        {labels.map((label, index) => (
          <g key={label} fontSize={12}>
            <text x={left + (index + 0.5) * cell} y={top - 10} textAnchor="middle">
              {short(label)}
            </text>
            <text x={left - 8} y={top + (index + 0.5) * cell + 4} textAnchor="end">
              {short(label)}
            </text>
          </g>
        ))}
        {matrix.map((row, truth) =>
          row.map((count, predicted) => {
            const rate = rates[truth]?.[predicted] ?? 0;
            const description = t('plots.cell', {
              truth: full(truth),
              predicted: full(predicted),
              count,
              rate: formatShare(rate, language),
            });
            const press = () => onCell?.(truth, predicted);
            const pressable = onCell !== undefined && count > 0;
            const buttons = pressable
              ? {
                  role: 'button',
                  tabIndex: 0,
                  className: styles.pressable,
                  onClick: press,
                  onKeyDown: (event: KeyboardEvent) => {
                    if (event.key !== 'Enter' && event.key !== ' ') return;
                    event.preventDefault();
                    press();
                  },
                }
              : { role: 'img' };
            return (
              <g key={`${labels[truth]} ${labels[predicted]}`} aria-label={description} {...buttons}>
                <title>{description}</title>
                <rect
                  className={styles.cell}
                  x={left + predicted * cell}
                  y={top + truth * cell}
                  width={cell}
                  height={cell}
                  fill={`color-mix(in srgb, var(--lentigo-accent) calc(${rate.toFixed(3)} * var(--matrix-full)), var(--mantine-color-body))`}
                />
                <text
                  className={count === 0 ? styles.faint : undefined}
                  x={left + (predicted + 0.5) * cell}
                  y={top + (truth + 0.5) * cell + 5}
                  textAnchor="middle"
                  fontSize={show === 'counts' ? 15 : 13}
                  fontWeight={truth === predicted ? 650 : 400}
                >
                  {show === 'counts' ? formatNumber(count, language) : formatShare(rate, language)}
                </text>
              </g>
            );
          }),
        )}
      </svg>
    </PlotFigure>
  );
}

/** Class ids are short; those of packages that users bring along need not be. */
const short = (label: string) => (label.length > 9 ? `${label.slice(0, 8)}…` : label);
