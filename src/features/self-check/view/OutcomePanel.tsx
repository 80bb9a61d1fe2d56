import { IconCalendarEvent, IconEye, IconHelpHexagon, IconStethoscope } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { useLanguage } from '../../../ui/context';
import { SiteMark } from '../../../ui/site-calibration/SiteMark';
import {
  type Outcome,
  outcomes,
  outcomeWords,
  type PhotoFinding,
  type SelfCheckAnswers,
  type SelfCheckResult,
} from '../model/outcome';
import { reasonText } from './reason-text';
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
  /** What judged the photo in place of the model's own calibration. */
  site: SiteCalibration | null;
}

/** How urgent an outcome is, in steps that can be counted: none, one, two. */
function Urgency({ outcome }: { outcome: Outcome }) {
  const filled = outcomes.indexOf(outcome);
  return (
    <span className={styles.urgency} aria-hidden>
      {outcomes.map((step, index) => (
        <span key={step} data-filled={index <= filled || undefined} />
      ))}
    </span>
  );
}

/** Under an answer, not only among its folded numbers: the outcome is that calibration's too. */
export const SiteLine = ({ site }: Pick<Props, 'site'>) =>
  site && (
    <p className={styles.site}>
      <SiteMark site={site} inWords />
    </p>
  );

/** One of three outcomes in plain words, why, and what to do when; or that there is none. */
export function OutcomePanel({ result, answers, finding, site }: Props) {
  const { outcome, reasons } = result;
  const { t } = useTranslation();
  const { language } = useLanguage();
  const kind = outcome ?? 'none';
  const Icon = icons[kind];
  const words = outcomeWords(result, finding);
  return (
    <section className={styles.outcome} data-outcome={kind} aria-labelledby="outcome">
      <div className={styles.sign}>
        <Icon size={44} stroke={1.5} aria-hidden />
        {outcome && <Urgency outcome={outcome} />}
      </div>
      <h1 className={styles.heading} id="outcome" tabIndex={-1}>
        {t(`selfCheck.outcome.${words}.heading`)}
      </h1>
      <p className={styles.lead}>{t(`selfCheck.outcome.${words}.what`)}</p>
      {reasons.length > 0 && (
        <>
          <h2 className={styles.small}>{t('selfCheck.why')}</h2>
          <ul className={styles.reasons}>
            {reasons.map((reason) => (
              <li key={reason}>{reasonText(reason, answers, { t, language })}</li>
            ))}
          </ul>
        </>
      )}
      <h2 className={styles.small}>{t('selfCheck.whatNow')}</h2>
      <p>{t(`selfCheck.outcome.${words}.when`)}</p>
      {/* Whoever is told to see a doctor soon, as for bleeding, is not told to do so once it bleeds. */}
      {outcome !== 'see-a-doctor' && <p>{t('selfCheck.changes')}</p>}
      <SiteLine site={site} />
    </section>
  );
}
