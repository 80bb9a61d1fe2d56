import { useTranslation } from 'react-i18next';
import type { ClassReliability } from '../../../core/evaluation/measured';
import { useLanguage } from '../../../ui/context';
import { ReliabilityPlot } from '../../../ui/plots/ReliabilityPlot';
import styles from './evaluate.module.css';
import { formatFigure } from './figure-format';

interface Props {
  /** In the names of the files that the plots are saved as. */
  packageId: string;
  rows: readonly ClassReliability[];
  /** In the order of the rows. */
  names: readonly string[];
}

/** Whether the probability of each class keeps its word: a small plot a class. */
export function ClassReliabilities({ packageId, rows, names }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  return (
    <section className={styles.section} aria-label={t('evaluate.classCalibration.heading')}>
      <h2>{t('evaluate.classCalibration.heading')}</h2>
      <div className={styles.smallPlots}>
        {rows.map(({ id, error, bins }, index) => {
          const name = names[index] ?? id;
          return (
            <ReliabilityPlot
              key={id}
              name={`${packageId}-reliability-${id}`}
              bins={bins}
              error={error}
              words={{
                heading: name,
                summary: t('evaluate.classCalibration.summary', {
                  error: formatFigure('ece', error, language),
                }),
                xLabel: t('evaluate.classCalibration.said'),
                yLabel: t('evaluate.classCalibration.was'),
              }}
            />
          );
        })}
      </div>
    </section>
  );
}
