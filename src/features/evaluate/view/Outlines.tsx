import { useTranslation } from 'react-i18next';
import type { OutlinesMeasured } from '../../../core/evaluation/outlines';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { useLanguage } from '../../../ui/context';
import styles from './evaluate.module.css';
import { FigureValue } from './FigureValue';
import { formatEnds, formatFigure } from './figure-format';
import { Histogram } from './Histogram';

/** How outlines found cover the true ones. */
export function Outlines({
  outlines,
  segmenterId,
}: {
  outlines: OutlinesMeasured;
  /** Whose they are; null where that was left to the engine. */
  segmenterId: string | null;
}) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const say = (estimate: Estimate | null) => {
    const ends = formatEnds('dice', estimate, language);
    if (!estimate || !ends) return t('evaluate.noValue');
    return `${formatFigure('dice', estimate.value, language)} (${t('evaluate.interval', ends)})`;
  };
  const summary = t('evaluate.diceSummary', {
    count: outlines.count,
    dice: say(outlines.dice),
    jaccard: say(outlines.jaccard),
  });
  return (
    <section className={styles.section} aria-label={t('evaluate.outlinesHeading')}>
      <h2>{t('evaluate.outlinesHeading')}</h2>
      <dl className={styles.figures}>
        {(['dice', 'jaccard'] as const).map((name) => (
          <div key={name} className={styles.figure}>
            <dt>{t(`evaluate.${name}`)}</dt>
            <dd>
              <FigureValue name={name} estimate={outlines[name]} />
            </dd>
          </div>
        ))}
      </dl>
      <div className={styles.plots}>
        {(['dice', 'jaccard'] as const).map((name) => (
          <Histogram
            key={name}
            name={`${segmenterId ?? 'outlines'}-${name}`}
            heading={t(`evaluate.${name}`)}
            summary={summary}
            values={outlines.images.map((image) => image[name])}
            xLabel={t(`evaluate.${name}`)}
            yLabel={t('evaluate.outlineCount')}
          />
        ))}
      </div>
    </section>
  );
}
