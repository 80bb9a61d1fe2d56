import { Button } from '@mantine/core';
import { IconHandFinger } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import { useMachine, useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { Exhibit } from '../model/show';
import { type Stage, stagesOf } from '../model/stages';
import { useKiosk, useModels, useShow, useVisit } from './context';
import styles from './kiosk.module.css';
import { Opening } from './Opening';
import { StagePicture } from './StagePicture';
import { StageSteps } from './StageSteps';
import { StageWords } from './StageWords';

interface Scene {
  exhibit: Exhibit;
  analysis: Analysis;
  stage: Stage;
}

/** What the kiosk shows while nobody is there: each sample through its stages, as the engine really answered. */
export function LoopPage() {
  const { t } = useTranslation();
  const { visit } = useKiosk();
  const { machine } = useServices();
  const { card } = useModels();
  const exhibits = useShow(({ exhibits }) => exhibits);
  const beat = useVisit(({ beat }) => beat);
  const cards = useMachine(({ cards }) => cards);
  const scenes = exhibits.flatMap(scenesOf);
  const scene = scenes[beat % Math.max(1, scenes.length)];

  if (cards.state === 'failed' || (cards.state === 'here' && !card)) {
    const again = { label: t('model.retry'), run: () => void machine.survey() };
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
    <div className={styles.loop} onClick={() => visit.begin()}>
      <div className={styles.picture}>
        {scene && <StagePicture url={scene.exhibit.url} analysis={scene.analysis} stage={scene.stage} />}
      </div>
      <div className={styles.side}>
        {scene && card ? (
          <>
            <StageSteps stages={stagesOf(scene.analysis)} now={scene.stage} />
            <StageWords
              stage={scene.stage}
              analysis={scene.analysis}
              card={card}
              synthetic={scene.exhibit.synthetic}
              credit={scene.exhibit.credit}
            />
          </>
        ) : (
          <Opening card={card} />
        )}
        {/* The answer needs the room. */}
        {scene?.stage !== 'answer' && <p className={styles.claim}>{t('kiosk.claim')}</p>}
        <Button className={styles.start} size="xl" leftSection={<IconHandFinger size="1.4em" aria-hidden />}>
          {t('kiosk.touch')}
        </Button>
      </div>
    </div>
  );
}

function scenesOf(exhibit: Exhibit): Scene[] {
  const { run } = exhibit;
  if (run.state !== 'done') return [];
  return stagesOf(run.analysis).map((stage) => ({ exhibit, analysis: run.analysis, stage }));
}
