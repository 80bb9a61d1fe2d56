import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import type { Stage } from '../model/stages';
import { Answer } from './Answer';
import styles from './stage.module.css';

interface Props {
  stage: Stage;
  analysis: Analysis;
  card: Card;
  synthetic: boolean;
  credit: string;
}

/** A stage in one sentence, with what it found and how long that took. */
export function StageWords({ stage, analysis, card, synthetic, credit }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const milliseconds = durationOf(stage, analysis);
  return (
    <div className={styles.words}>
      <h2>{t(`kiosk.stage.${stage}.title`)}</h2>
      <p className={styles.sentence}>
        {t(`kiosk.stage.${stage}.sentence`)}
        {milliseconds !== null && (
          <span className={styles.note}>
            {' '}
            {t('kiosk.took', { duration: formatDuration(milliseconds, language) })}
          </span>
        )}
      </p>
      {stage === 'photo' && synthetic && <p className={styles.note}>{t('photo.synthetic')}</p>}
      {stage === 'photo' && credit && <p className={styles.note}>{credit}</p>}
      {stage === 'answer' && <Answer analysis={analysis} card={card} />}
      {stage === 'answer' && synthetic && <p className={styles.note}>{t('kiosk.answerOfDrawing')}</p>}
    </div>
  );
}

/** Milliseconds that the engine measured; null where a stage has none of its own. */
function durationOf(stage: Stage, { lesion, timings }: Analysis): number | null {
  if (stage === 'mask') return lesion?.milliseconds ?? null;
  if (stage === 'answer') return timings.network;
  return null;
}
