import { IconCalendarEvent, IconEye, IconHelpHexagon, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { PhotoFinding, SelfCheckAnswers, SelfCheckResult } from '../model/outcome';
import styles from './self-check.module.css';

const icons = {
  'nothing-stands-out': IconEye,
  'have-it-looked-at': IconStethoscope,
  'see-a-doctor': IconCalendarEvent,
  none: IconHelpHexagon,
} as const;

interface Props {
  result: SelfCheckResult;
  answers: SelfCheckAnswers;
  finding: PhotoFinding;
}

/** One of three outcomes in plain words, why, and what to do when; or that there is none. */
export function OutcomePanel({ result: { outcome, reasons }, answers, finding }: Props) {
  const { t } = useTranslation();
  const kind = outcome ?? 'none';
  const Icon = icons[kind];
  // Without a photo there is nothing to call unjudgeable.
  const missing = kind === 'none' && finding.kind === 'not-asked';
  const words = missing ? 'noPhoto' : kind;
  return (
    <section className={styles.outcome} data-outcome={kind} aria-labelledby="outcome">
      <Icon size={44} stroke={1.5} aria-hidden />
      <h1 className={styles.heading} id="outcome" tabIndex={-1}>
        {t(`selfCheck.outcome.${words}.heading`)}
      </h1>
      <p className={styles.lead}>{t(`selfCheck.outcome.${words}.what`)}</p>
      {reasons.length > 0 && (
        <>
          <h2 className={styles.small}>{t('selfCheck.why')}</h2>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>
                {reason === 'special' && answers.special === 'none'
                  ? t('selfCheck.reason.genital')
                  : t(`selfCheck.reason.${reason}`)}
              </li>
            ))}
          </ul>
        </>
      )}
      <h2 className={styles.small}>{t('selfCheck.whatNow')}</h2>
      <p>{t(`selfCheck.outcome.${words}.when`)}</p>
      <p>{t('selfCheck.changes')}</p>
    </section>
  );
}
