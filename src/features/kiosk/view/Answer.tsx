import { IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { verdictOf } from '../../../core/decision/verdict';
import { useLanguage } from '../../../ui/context';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import styles from './answer.module.css';

/** The bars, and before them "no confident result" where the numbers would mean little. */
export function Answer({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const verdict = verdictOf(analysis, card.calibration != null);
  const items = card.classes.map(({ id, name, malignant }) => ({
    id,
    name: read(name),
    malignant,
    probability: analysis.probabilities.find((probability) => probability.id === id)?.calibrated ?? 0,
  }));
  const refused = verdict.kind === 'no-result';
  return (
    <div className={styles.answer} data-many={items.length > 4 || undefined}>
      {refused && (
        <p className={styles.noResult}>
          <IconHelpHexagon aria-hidden />
          <span>
            <strong>{t('answer.noResultHeading')}</strong>{' '}
            {t(verdict.why === 'out-of-distribution' ? 'answer.outOfDistribution' : 'answer.emptySet')}
          </span>
        </p>
      )}
      <div className={refused ? `${styles.bars} ${styles.faint}` : styles.bars}>
        {refused && <p className={styles.caption}>{t('kiosk.numbersAllTheSame')}</p>}
        <ProbabilityBars items={items} />
      </div>
    </div>
  );
}
