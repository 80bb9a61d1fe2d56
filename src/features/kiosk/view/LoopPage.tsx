import { Button } from '@mantine/core';
import { IconHandFinger } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { DemoSample } from '../model/demo-gallery';
import { type ExplanationStep, explanationSteps } from '../model/explanation';
import { useDemoGallery, useKiosk, useModels, useRoundQuestions, useVisitorSession } from './context';
import styles from './kiosk.module.css';
import { Opening } from './Opening';
import { RoundInvitation } from './round/RoundInvitation';
import { StepList } from './StepList';
import { StepPicture } from './StepPicture';
import { StepWords } from './StepWords';

interface Scene {
  sample: DemoSample;
  analysis: Analysis;
  step: ExplanationStep;
}

/**
 * What the kiosk shows while nobody is there: each sample through its stages, as the engine really answered.
 */
export function LoopPage() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const { runtime } = useServices();
  const { card } = useModels();
  const samples = useDemoGallery(({ samples }) => samples);
  const tick = useVisitorSession(({ tick }) => tick);
  const cards = useRuntime(({ cards }) => cards);
  const canPlay = useRoundQuestions().length > 0;
  const scenes = card ? samples.flatMap((sample) => scenesOf(sample, card)) : [];
  const scene = scenes[tick % Math.max(1, scenes.length)];

  if (cards.state === 'failed' || (cards.state === 'ready' && !card)) {
    const again = { label: t('model.retry'), run: () => void runtime.refresh() };
    return (
      <div className={styles.centre}>
        {cards.state === 'failed' ? (
          <FailureNotice failure={cards.failure} heading={t('model.listFailed')} action={again} />
        ) : (
          <p className={styles.lead}>{t('model.listEmpty')}</p>
        )}
      </div>
    );
  }
  return (
    // A touch anywhere begins; the button in it says so to keyboards and screen readers.
    // biome-ignore lint/a11y/noStaticElementInteractions: see above
    // biome-ignore lint/a11y/useKeyWithClickEvents: see above
    <div className={styles.loop} onClick={() => session.begin()}>
      <div className={styles.picture}>
        {scene && card && (
          <StepPicture url={scene.sample.url} analysis={scene.analysis} card={card} step={scene.step} />
        )}
      </div>
      <div className={styles.side}>
        {scene && card ? (
          <>
            <StepList steps={explanationSteps(card, scene.analysis)} now={scene.step} />
            <StepWords
              step={scene.step}
              analysis={scene.analysis}
              card={card}
              synthetic={scene.sample.synthetic}
              credit={scene.sample.credit}
            />
          </>
        ) : (
          <Opening card={card} />
        )}
        {/* The answer needs the room. */}
        {scene?.step !== 'answer' && <p className={styles.claim}>{t('kiosk.claim')}</p>}
        <Button className={styles.start} size="xl" leftSection={<IconHandFinger size="1.4em" aria-hidden />}>
          {canPlay ? <RoundInvitation /> : t('kiosk.touch')}
        </Button>
      </div>
    </div>
  );
}

function scenesOf(sample: DemoSample, card: Card): Scene[] {
  const { run } = sample;
  if (run.state !== 'done') return [];
  return explanationSteps(card, run.analysis).map((step) => ({ sample, analysis: run.analysis, step }));
}
