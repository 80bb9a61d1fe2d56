import { Button } from '@mantine/core';
import { IconArrowLeft, IconArrowRight } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { FailureNotice } from '../../../ui/FailureNotice';
import { StageProgress } from '../../../ui/StageProgress';
import { type Stage, stagesOf } from '../model/stages';
import { useKiosk, useModels, useShow } from './context';
import styles from './kiosk.module.css';
import { StagePicture } from './StagePicture';
import { StageSteps } from './StageSteps';
import { StageWords } from './StageWords';

/** The visitor's own walk through one picture, stage by stage. */
export function InsidePage() {
  const { t } = useTranslation();
  const { visit } = useKiosk();
  const { card } = useModels();
  const trial = useShow(({ trial }) => trial);
  const exhibit = useShow(({ exhibits }) => exhibits.find(({ id }) => id === trial?.exhibitId));
  const [stage, setStage] = useState<Stage>('photo');
  if (!trial || !card) return null;
  const { run } = trial;
  const analysis = run.state === 'done' ? run.analysis : null;
  const stages = analysis ? stagesOf(analysis) : [];
  const next = stages[stages.indexOf(stage) + 1];
  const back = () => visit.go(trial.exhibitId === null ? 'camera' : 'choose');
  return (
    <div className={styles.loop}>
      <div className={styles.picture}>
        <StagePicture url={trial.url} analysis={analysis} stage={stage} />
      </div>
      <div className={styles.side}>
        {analysis && <StageSteps stages={stages} now={stage} onChoose={setStage} />}
        {analysis && (
          <StageWords
            stage={stage}
            analysis={analysis}
            card={card}
            synthetic={trial.synthetic}
            credit={exhibit?.credit ?? ''}
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
            {t(trial.exhibitId === null ? 'kiosk.backToCamera' : 'kiosk.another')}
          </Button>
          {next && (
            <Button
              size="xl"
              rightSection={<IconArrowRight size="1.2em" aria-hidden />}
              onClick={() => setStage(next)}
            >
              {t('kiosk.next')}
            </Button>
          )}
        </div>
      </div>
    </div>
  );
}
