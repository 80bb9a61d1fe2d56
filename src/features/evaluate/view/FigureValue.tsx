import { useTranslation } from 'react-i18next';
import type { Estimate } from '../../../core/metrics/bootstrap';
import { useLanguage } from '../../../ui/context';
import styles from './evaluate.module.css';
import { formatEnds, formatFigure } from './figure-format';

/** A figure with its 95 % interval below it. */
export function FigureValue({ name, estimate }: { name: string; estimate: Estimate | null }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const ends = formatEnds(name, estimate, language);
  if (!estimate || !ends) return <span className={styles.interval}>{t('evaluate.noValue')}</span>;
  return (
    <>
      <span data-figure={name}>{formatFigure(name, estimate.value, language)}</span>
      <span className={styles.interval}>{t('evaluate.interval', ends)}</span>
    </>
  );
}
