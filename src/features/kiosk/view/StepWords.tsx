import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { classNameOf } from '../../../core/card/class-name';
import type { LesionPlace } from '../../../core/quality/guidance';
import { useLanguage } from '../../../ui/context';
import { formatDuration } from '../../../ui/format';
import {
  type ExplanationStep,
  flaggedClassOf,
  type MapDoubt,
  mapDoubt,
  spotsFound,
} from '../model/explanation';
import { Answer } from './Answer';
import styles from './explanation.module.css';

interface Props {
  step: ExplanationStep;
  /** Where the spot of a frame of the camera is. */
  spot?: LesionPlace | null;
  analysis: Analysis;
  card: Card;
  synthetic: boolean;
  credit: string;
}

/** A stage in one sentence, with what it found and how long that took. */
export function StepWords({ step, spot = null, analysis, card, synthetic, credit }: Props) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const found = step === 'mask' || step === 'answer' ? spotsFound(analysis) : null;
  const milliseconds = durationOf(step, analysis);
  const doubt = step === 'attention' ? mapDoubt(card, analysis, spot) : null;
  // The map of a flagged photo is of what it is flagged for, which need not be the most probable class.
  const flagged = step === 'attention' ? flaggedClassOf(card, analysis) : null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <div className={styles.words} tabIndex={0}>
      <h2>{t(`kiosk.step.${step}.title`)}</h2>
      <p className={styles.sentence}>
        {doubt !== null
          ? `${t(doubtWords(doubt))} ${t('kiosk.step.attention.notDrawn')}`
          : flagged === null
            ? t(`kiosk.step.${step}.sentence`)
            : t('kiosk.step.attention.flagged', { name: classNameOf(card, flagged, language) })}
        {milliseconds !== null && (
          <span className={styles.note}>
            {' '}
            {t('kiosk.took', { duration: formatDuration(milliseconds, language) })}
          </span>
        )}
      </p>
      {found !== null && <p className={styles.note}>{t('kiosk.oneOfSpots', { found })}</p>}
      {step === 'photo' && synthetic && <p className={styles.note}>{t('photo.synthetic')}</p>}
      {step === 'photo' && credit && <p className={styles.note}>{credit}</p>}
      {step === 'answer' && <Answer analysis={analysis} card={card} />}
      {step === 'answer' && synthetic && <p className={styles.note}>{t('kiosk.answerOfDrawing')}</p>}
    </div>
  );
}

const doubtWords = (doubt: NonNullable<MapDoubt>) =>
  doubt === 'unplaced'
    ? ('kiosk.step.attention.unplaced' as const)
    : (`report.photo.doubt.${doubt}` as const);

/** Milliseconds that the engine measured; null where a stage has none of its own. */
function durationOf(step: ExplanationStep, { lesion, timings }: Analysis): number | null {
  if (step === 'mask') return lesion?.milliseconds ?? null;
  if (step === 'answer') return timings.network;
  return null;
}
