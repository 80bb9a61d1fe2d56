import { Button } from '@mantine/core';
import { IconAlertTriangle, IconArrowRight, IconMoodSmile } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../../core/card/card';
import { allSamples } from '../../model/demo-gallery';
import type { Call, RoundQuestion, RoundState } from '../../model/round';
import { useDemoGallery, useKiosk } from '../context';
import kioskStyles from '../kiosk.module.css';
import { StepPicture } from '../StepPicture';
import { Reveal } from './Reveal';
import styles from './round.module.css';
import { useFocusedHeading } from './use-focused-heading';

const icons = { harmless: IconMoodSmile, suspicious: IconAlertTriangle };
const calls: readonly Call[] = ['harmless', 'suspicious'];

/** One photo: first the bare one and two buttons, then what the model found and what it is. */
export function RoundQuestionPage({ state, card }: { state: RoundState; card: Card }) {
  const { t } = useTranslation();
  const { round } = useKiosk();
  const { questions, guesses, revealed } = state;
  const at = revealed ? guesses.length - 1 : guesses.length;
  const question = questions[at] as RoundQuestion;
  const sample = useDemoGallery((gallery) => allSamples(gallery).find(({ id }) => id === question.id));
  const heading = useFocusedHeading(`${at} ${revealed}`);
  if (sample?.run.state !== 'done') return null;
  const { analysis } = sample.run;
  const count = questions.length;
  const progress = t('kioskRound.progress', { number: at + 1, count });
  return (
    <div className={kioskStyles.loop}>
      <div className={kioskStyles.picture}>
        <StepPicture url={sample.url} analysis={analysis} card={card} step={revealed ? 'reveal' : 'photo'} />
      </div>
      <div className={kioskStyles.side} data-full={revealed || undefined}>
        <div className={styles.progress}>
          <span>{progress}</span>
          <progress value={at + 1} max={count} aria-hidden />
        </div>
        {revealed ? (
          <>
            <h2 className={styles.title} ref={heading} tabIndex={-1}>
              {t('kioskRound.truth', { name: t(`kioskRound.diagnosis.${question.diagnosis}.name`) })}
            </h2>
            <Reveal photo={{ ...question, guess: guesses[at] as Call }} sample={sample} card={card} />
            <div className={styles.wayOn}>
              <Button
                className={kioskStyles.start}
                rightSection={<IconArrowRight size="1.2em" aria-hidden />}
                onClick={() => round.next()}
              >
                {t(at + 1 < count ? 'kioskRound.next' : 'kioskRound.toScore')}
              </Button>
            </div>
          </>
        ) : (
          <>
            <h2 className={styles.title} ref={heading} tabIndex={-1}>
              {t('kioskRound.question')}
            </h2>
            <p className={kioskStyles.lead}>{t('kioskRound.questionLead')}</p>
            {question.drawn && <p className={styles.note}>{t('kioskRound.drawnNote')}</p>}
            <div className={styles.calls}>
              {calls.map((call) => {
                const Icon = icons[call];
                return (
                  <button key={call} type="button" onClick={() => round.guess(call)}>
                    <Icon stroke={1.5} aria-hidden />
                    {t(`kioskRound.call.${call}`)}
                  </button>
                );
              })}
            </div>
          </>
        )}
      </div>
    </div>
  );
}
