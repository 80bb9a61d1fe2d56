import { Alert, Button, Group, Loader, Progress, Text, Title, VisuallyHidden } from '@mantine/core';
import {
  IconArrowLeft,
  IconFolderQuestion,
  IconPlayerPause,
  IconPlayerPlay,
  IconX,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { formatDuration } from '../../../ui/format';
import { later } from '../../../ui/later';
import { useTitles } from '../../../ui/titles';
import { type EvaluationRun, packagesOf } from '../model/run';
import { useEvaluateServices, useEvaluation } from './context';
import styles from './evaluate.module.css';
import { Failures } from './Failures';
import { FolderButton } from './FolderButton';
import { Measuring } from './Measuring';
import { PartNote } from './PartNote';

/** Figures and plots are fetched when there are any. */
const Results = later(() => import('./Results').then((m) => m.Results), Measuring);

/** A run: how far it is, what it waits for, and its results as soon as there are any. */
export function RunView({ run }: { run: EvaluationRun }) {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const activity = useEvaluation((state) => state.activity);
  const measured = useEvaluation((state) => state.measured);
  const trouble = useEvaluation((state) => state.trouble);
  const elsewhere = useEvaluation((state) => state.elsewhere);
  const unreadableAnswers = useEvaluation((state) => state.unreadableAnswers);
  const titleOf = useTitles();
  const busy = activity === 'running' || activity === 'pausing';
  const all = run.images.length;
  return (
    <div className={styles.column}>
      <header>
        <div className={styles.head}>
          <Title order={1}>{run.name || t('evaluate.looseFiles')}</Title>
          {!busy && (
            <Button
              variant="default"
              leftSection={<IconArrowLeft size={18} aria-hidden />}
              onClick={() => evaluation.leave()}
            >
              {t('evaluate.back')}
            </Button>
          )}
        </div>
        <Text c="dimmed">{packagesOf(run).map(titleOf).join(', ')}</Text>
        <PartNote run={run} />
      </header>
      {(busy || run.state !== 'done') && <Advance run={run} busy={busy} />}
      {unreadableAnswers > 0 && (
        <Alert variant="default" role="status">
          {t('evaluate.unreadable.answers', { count: unreadableAnswers })}
        </Alert>
      )}
      {elsewhere && (
        <Alert variant="default" role="alert">
          {t(elsewhere === 'removed' ? 'evaluate.parts.removed' : 'evaluate.parts.elsewhere')}
        </Alert>
      )}
      {trouble && <FailureNotice failure={trouble} heading={t('evaluate.stopped')} />}
      {!busy && <Waiting run={run} />}
      <Failures />
      {activity === 'measuring' && <MeasuringShare />}
      {run.state === 'done' && activity === 'idle' && (
        <VisuallyHidden role="status">{t('evaluate.announceDone')}</VisuallyHidden>
      )}
      {measured && !busy && run.done < all && (
        <Text fw={500}>{t('evaluate.partial', { done: run.done, count: all })}</Text>
      )}
      {measured && !busy && <Results run={run} measured={measured} />}
      {!measured && !busy && activity === 'idle' && <Text>{t('evaluate.nothingMeasured')}</Text>}
    </div>
  );
}

/** A large archive takes a minute, which a wheel alone does not say. */
function MeasuringShare() {
  const { t } = useTranslation();
  const share = useEvaluation((state) => state.measuredShare);
  return (
    <>
      <Group role="status">
        <Loader size="sm" aria-hidden />
        <Text>{t('evaluate.measuring')}</Text>
      </Group>
      {share !== null && (
        <Progress value={100 * share} transitionDuration={0} aria-label={t('evaluate.measuring')} />
      )}
    </>
  );
}

function Advance({ run, busy }: { run: EvaluationRun; busy: boolean }) {
  const { t } = useTranslation();
  const { language } = useLanguage();
  const { evaluation } = useEvaluateServices();
  const activity = useEvaluation((state) => state.activity);
  const perMinute = useEvaluation((state) => state.perMinute);
  const next = useEvaluation((state) => state.next);
  const all = run.images.length;
  const label = t('evaluate.progress', { done: run.done, count: all });
  const left = perMinute ? ((all - run.done) / perMinute) * 60_000 : null;
  return (
    <section aria-label={label}>
      <Group justify="space-between" mb="xs">
        <Text fw={600} size="lg">
          {label}
        </Text>
        <Group gap="xs">
          {busy ? (
            <Button
              variant="default"
              disabled={activity === 'pausing'}
              leftSection={<IconPlayerPause size={18} aria-hidden />}
              onClick={() => evaluation.pause()}
            >
              {t('evaluate.pause')}
            </Button>
          ) : (
            run.done < all && (
              <Button
                leftSection={<IconPlayerPlay size={18} aria-hidden />}
                onClick={() => void evaluation.resume()}
              >
                {t('evaluate.resume')}
              </Button>
            )
          )}
          {run.state !== 'cancelled' && (
            <Button
              variant="default"
              leftSection={<IconX size={18} aria-hidden />}
              onClick={() => void evaluation.cancel()}
            >
              {t('evaluate.cancel')}
            </Button>
          )}
        </Group>
      </Group>
      <Progress value={(100 * run.done) / all} size="lg" transitionDuration={0} aria-label={label} />
      <Text size="sm" c="dimmed" mt="xs">
        {!busy && t(`evaluate.state.${run.state}`)}
        {!busy && next !== null && `. ${t('evaluate.stoppedAt', { path: next })}`}
        {activity === 'pausing' && t('evaluate.pausing')}
        {activity === 'running' &&
          (left === null || perMinute === null
            ? t('evaluate.rateUnknown')
            : t('evaluate.rate', {
                count: perMinute < 10 ? Math.round(10 * perMinute) / 10 : Math.round(perMinute),
                left: formatDuration(left, language),
              }))}
      </Text>
      {busy && (
        <Text size="sm" c="dimmed">
          {t('evaluate.behind')}
        </Text>
      )}
    </section>
  );
}

/** After a reload the folder is out of reach until the user gives it again. */
function Waiting({ run }: { run: EvaluationRun }) {
  const { t } = useTranslation();
  const { evaluation } = useEvaluateServices();
  const missing = useEvaluation((state) => state.folderMissing);
  if (!missing) return null;
  const button = (
    <FolderButton
      variant={run.state === 'paused' ? 'filled' : 'default'}
      label={t('evaluate.chooseFolder')}
      onFolder={(folder) => void evaluation.giveFolder(folder)}
    />
  );
  if (run.state !== 'paused') {
    return (
      <Group>
        <Text size="sm" c="dimmed">
          {t('evaluate.folderForImages')}
        </Text>
        {button}
      </Group>
    );
  }
  return (
    <Alert
      variant="default"
      icon={<IconFolderQuestion aria-hidden />}
      title={t('evaluate.needFolder')}
      role="status"
    >
      <Text size="sm" mb="sm">
        {t('evaluate.needFolderHelp', { name: run.name })}
      </Text>
      {button}
    </Alert>
  );
}
