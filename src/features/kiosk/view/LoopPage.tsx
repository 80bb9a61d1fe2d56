import { Button } from '@mantine/core';
import { IconHandFinger } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { useRuntime, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { DemoSample } from '../model/demo-gallery';
import { explanationSteps } from '../model/explanation';
import { useDemoGallery, useKiosk, useModels, useRoundQuestions, useVisitorSession } from './context';
import styles from './kiosk.module.css';
import loopStyles from './loop.module.css';
import { Opening } from './Opening';
import { type Scene, SceneWords } from './SceneWords';
import { StepPicture } from './StepPicture';

/**
 * What the kiosk shows while nobody is there: each sample through its stages, as the engine really answered. It is to
 * be read from five metres, so its letters are large (loop.module.css) and its words are few.
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
    <div className={loopStyles.loop} data-loop onClick={() => session.begin()}>
      <div className={styles.picture}>
        {scene && card && (
          <StepPicture url={scene.sample.url} analysis={scene.analysis} card={card} step={scene.step} />
        )}
      </div>
      <div className={loopStyles.words}>
        {scene && card ? <SceneWords scene={scene} card={card} canPlay={canPlay} /> : <Opening card={card} />}
      </div>
      <Button className={loopStyles.start} leftSection={<IconHandFinger size="1em" aria-hidden />}>
        {t('kiosk.touch')}
      </Button>
    </div>
  );
}

function scenesOf(sample: DemoSample, card: Card): Scene[] {
  const { run } = sample;
  if (run.state !== 'done') return [];
  return explanationSteps(card, run.analysis).map((step) => ({ sample, analysis: run.analysis, step }));
}
