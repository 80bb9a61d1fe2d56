import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { StageProgress } from '../../../ui/StageProgress';
import { type ExplanationStep, explanationSteps } from '../model/explanation';
import { useDemoGallery, useKiosk } from './context';
import styles from './kiosk.module.css';
import { StepList } from './StepList';
import { StepPicture } from './StepPicture';
import { StepWords } from './StepWords';

/** The visitor's own walk through one picture, stage by stage. */
export function InsidePage() {
  const { t } = useTranslation();
  const { session } = useKiosk();
  const { runtime } = useServices();
  const demoRun = useDemoGallery(({ demoRun }) => demoRun);
  const card = demoRun && runtime.card(demoRun.packageId);
  const sample = useDemoGallery(({ samples }) => samples.find(({ id }) => id === demoRun?.sampleId));
  const [step, setStep] = useState<ExplanationStep>('photo');
  if (!demoRun || !card) return null;
  const { run } = demoRun;
  const analysis = run.state === 'done' ? run.analysis : null;
  const steps = analysis ? explanationSteps(card, analysis) : [];
  const next = steps[steps.indexOf(step) + 1];
  const back = () => session.go(demoRun.sampleId === null ? 'camera' : 'choose');
  return (
    <div className={styles.loop}>
      <div className={styles.picture}>
        <StepPicture url={demoRun.url} analysis={analysis} card={card} step={step} />
      </div>
      <div className={styles.side}>
        {analysis && <StepList steps={steps} now={step} onChoose={setStep} />}
        {analysis && (
          <StepWords
            step={step}
            analysis={analysis}
            card={card}
            synthetic={demoRun.synthetic}
            credit={sample?.credit ?? ''}
          />
        )}
        {run.state === 'running' && <StageProgress progress={run.progress} onCancel={back} />}
        {run.state === 'failed' && (
          <FailureNotice failure={run.failure} heading={t('answer.failedHeading')} />
        )}
        <div className={styles.ways}>
          <Button
            size="xl"
            variant="default"
            leftSection={<IconArrowLeft size="1.2em" aria-hidden />}
            onClick={back}
          >
            {t(demoRun.sampleId === null ? 'kiosk.backToCamera' : 'kiosk.another')}
          </Button>
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
