import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useStore } from 'zustand';
import { selfCheck, skipsModel } from '../model/outcome';
import { findingOfRun } from '../model/photo-finding';
import type { SelfCheck } from '../model/self-check';
import { AbcdePanel } from './AbcdePanel';
import { Details, ModelLimits } from './Details';
import { NotJudged } from './NotJudged';
import { OutcomePanel } from './OutcomePanel';
import { SaveSpotPanel } from './SaveSpotPanel';
import { StartOver } from './StartOver';
import styles from './self-check.module.css';
import { TakeAlong } from './TakeAlong';
import { useCard } from './use-card';

/** The outcome first, then what to do, and only then what it is made of. */
export function LesionResult({ check }: { check: SelfCheck }) {
  const { t } = useTranslation();
  const { card } = useCard('lesion');
  const { answers, photo, run } = useStore(check.store);
  const { finding, analysis } = findingOfRun(run, card);
  const result = selfCheck(answers, finding);
  const withoutModel = skipsModel(answers);
  const shown = withoutModel ? null : analysis;
  return (
    <div className={styles.result}>
      <div className={styles.column}>
        <OutcomePanel
          result={result}
          answers={answers}
          finding={finding}
          site={shown?.siteCalibration ?? null}
        />
        {finding.kind === 'not-judged' && !withoutModel && (
          <NotJudged check={check} why={finding.why} seen={result.outcome !== null} />
        )}
        <TakeAlong check={check} result={result} finding={finding} analysis={shown} card={card} />
        {photo && (
          <SaveSpotPanel
            check={check}
            photo={photo}
            place={answers.place}
            urgent={result.outcome === 'see-a-doctor'}
          />
        )}
        <Text fw={500}>{t('app.disclaimer')}</Text>
      </div>
      <div className={styles.column}>
        {card && !withoutModel && finding.kind !== 'not-asked' && (
          <ModelLimits card={card} answers={answers} />
        )}
        {photo && !withoutModel && <AbcdePanel photo={photo} analysis={shown} answers={answers} />}
        {shown && card && <Details analysis={shown} card={card} />}
        <StartOver check={check} />
      </div>
    </div>
  );
}
