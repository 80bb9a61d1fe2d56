import { IconChartBar, IconFlag, IconFlagOff, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { Verdict } from '../../../core/decision/verdict';
import { useLanguage } from '../../../ui/context';
import { formatWantedShare } from '../../../ui/format';
import { HelpTip } from '../../../ui/HelpTip';
import { ProbabilityBars } from '../../../ui/ProbabilityBars';
import { type SaidVerdict, useVerdict } from '../../../ui/use-verdict';
import styles from './answer.module.css';

/**
 * The answer as the clinic gives it: flagged or not, what cannot be ruled out, the classes. Without a result
 * there are no bars. A photo that is unusual for the model is said to be so, as the clinic warns.
 */
export function Answer({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { language, read } = useLanguage();
  const said = useVerdict()(card, analysis);
  const { verdict, text } = said;
  const items = card.classes.map(({ id, name, kind }) => ({
    id,
    name: read(name),
    kind,
    probability: analysis.probabilities.find((probability) => probability.id === id)?.calibrated ?? 0,
  }));
  const Icon = iconOf(verdict);
  const unusual = !verdict.noResult && analysis.outOfDistribution?.inDistribution === false;
  return (
    <div className={styles.answer} data-many={items.length > 4 || undefined}>
      <div className={styles.decision} data-flagged={verdict.flag?.flagged || undefined}>
        <Icon aria-hidden />
        <div>
          <h2>{text.headline}</h2>
          {text.flaggedAllTheSame && <strong>{text.flaggedAllTheSame}</strong>}
          {text.noResult && <p>{text.noResult}</p>}
          {text.sum && <p>{text.sum}</p>}
          {text.caution && <p>{text.caution}</p>}
          {unusual && (
            <p>
              {t('answer.unusual', { acceptance: formatWantedShare(card.ood?.acceptance ?? 0, language) })}
            </p>
          )}
        </div>
      </div>
      {text.list && (
        <div className={styles.list}>
          {[text.list.classes, text.list.forFlag].filter(Boolean).join(' ')}{' '}
          <ListWorth said={said} card={card} />
        </div>
      )}
      {!verdict.noResult && (
        // Names of classes are the card's, which has no texts in a language that the host added.
        <div className={styles.bars} dir="ltr">
          <ProbabilityBars items={items} />
        </div>
      )}
      {text.site && <p className={styles.caption}>{text.site}</p>}
    </div>
  );
}

/**
 * How often such a list holds what it has to: behind a sign as in the clinic, since the answer has to stay on the
 * kiosk's screen. Shares that flatter (the lists were fitted on those very photos) are left out.
 */
function ListWorth({ said: { verdict, text }, card }: { said: SaidVerdict; card: Card }) {
  const { t } = useTranslation();
  const flatters = !verdict.site && card.calibration?.fittedOn === 'test';
  return (
    <HelpTip subject={t('verdict.list.heading')}>
      {text.list?.promise} {!flatters && text.list?.held}
    </HelpTip>
  );
}

function iconOf({ noResult, flag }: Verdict) {
  if (noResult) return IconHelpHexagon;
  if (!flag) return IconChartBar;
  return flag.flagged ? IconFlag : IconFlagOff;
}
