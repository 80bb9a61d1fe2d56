import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight, IconCamera } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { provisionalOf } from '../../../runtime/run';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { OutlineEffect, ProvisionalNotice } from '../../../ui/OutlineEffect';
import { StageProgress } from '../../../ui/StageProgress';
import { allSamples } from '../model/demo-gallery';
import { type ExplanationStep, explanationSteps } from '../model/explanation';
import { resultOf } from '../model/round';
import { useDemoGallery, useKiosk, useModels, useRound } from './context';
import styles from './kiosk.module.css';
import { StepList } from './StepList';
import { StepPicture } from './StepPicture';
import { StepWords } from './StepWords';

const backWords = {
  camera: 'kiosk.backToCamera',
  round: 'kioskRound.backToScore',
  choose: 'kiosk.another',
} as const;

/**
 * The visitor's own walk through one picture, stage by stage. It begins with the first answer, before the outline is
 * there: what that can show is there at once and says that it is provisional, the other stages come with the outline.
 */
export function InsidePage() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const { runtime } = useServices();
  const demoRun = useDemoGallery(({ demoRun }) => demoRun);
  const card = demoRun && runtime.card(demoRun.packageId);
  const sample = useDemoGallery((state) => allSamples(state).find(({ id }) => id === demoRun?.sampleId));
  const { camera } = useModels();
  const played = useRound((state) => resultOf(state) !== null);
  const [chosen, setStep] = useState<ExplanationStep>('photo');
  if (!demoRun || !card) return null;
  const { run } = demoRun;
  const provisional = provisionalOf(run);
  const analysis = run.state === 'done' ? run.analysis : provisional;
  const steps = analysis ? explanationSteps(card, analysis, true) : [];
  // The outline may take a stage away again: with it there may be no result.
  const step = steps.includes(chosen) ? chosen : chosen === 'photo' ? 'photo' : 'answer';
  const next = steps[steps.indexOf(step) + 1];
  // Whoever played a round looks at its photos.
  const origin = demoRun.sampleId === null ? 'camera' : played ? 'round' : 'choose';
  const back = () => session.go(origin);
  // After the last step the camera comes next, where a model looks through it; else the way back leads.
  const atEnd = analysis !== undefined && analysis !== null && next === undefined;
  const offersCamera = atEnd && camera !== null && origin !== 'camera';
  return (
    <div className={styles.loop}>
      <div className={styles.picture}>
        <StepPicture url={demoRun.url} analysis={analysis} card={card} step={step} spot={demoRun.spot} />
      </div>
      <div className={styles.side} aria-busy={run.state === 'running'}>
        {analysis && <StepList steps={steps} now={step} onChoose={setStep} />}
        {run.state === 'running' && provisional && step !== 'photo' && (
          <ProvisionalNotice progress={run.progress} onCancel={back} />
        )}
        {analysis && (
          <StepWords
            step={step}
            spot={demoRun.spot}
            analysis={analysis}
            card={card}
            synthetic={demoRun.synthetic}
            credit={sample?.credit ?? ''}
          />
        )}
        {run.state === 'done' && provisional && step === 'answer' && (
          <OutlineEffect before={provisional} now={run.analysis} card={card} />
        )}
        {run.state === 'running' && !(provisional && step !== 'photo') && (
          <StageProgress progress={run.progress} onCancel={back} />
        )}
        {run.state === 'failed' && (
          <FailureNotice failure={run.failure} heading={t('answer.failedHeading')} />
        )}
        <div className={styles.ways}>
          <Button
            size="xl"
            variant={atEnd && !offersCamera ? 'filled' : 'default'}
            leftSection={<IconArrowLeft size="1.2em" aria-hidden />}
            onClick={back}
          >
            {t(backWords[origin])}
          </Button>
          {offersCamera && (
            <Button
              size="xl"
              leftSection={<IconCamera size="1.2em" aria-hidden />}
              onClick={() => session.go('camera')}
            >
              {t('kioskRound.score.camera')}
            </Button>
          )}
          {next && (
            <Button
              size="xl"
              rightSection={<IconArrowRight size="1.2em" aria-hidden />}
              onClick={() => setStep(next)}
            >
              {t('kiosk.next')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
