import { Button, Progress, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconChartBar, IconFlag, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import type { Failure } from '../../../core/failure';
import { answerOf, provisionalOf, type Run } from '../../../runtime/run';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { OutlineEffect, ProvisionalNotice } from '../../../ui/OutlineEffect';
import { StageProgress } from '../../../ui/StageProgress';
import { useVerdict } from '../../../ui/use-verdict';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import styles from './answer.module.css';
import { CompareSection } from './CompareSection';
import { useClinicServices, useWorkbench } from './context';
import { FileNote } from './FileNote';
import { ImpressionFirst } from './ImpressionFirst';
import { LesionTable } from './LesionTable';
import { ResultView } from './ResultView';

interface Props {
  photo: WorkbenchPhoto | null;
  /** Every package that answers. */
  cards: readonly Card[];
  /** The chosen one. */
  card: Card | null;
  /** The one that was chosen before and whose answer stands until the new one is there. */
  before?: Card | null;
}

/** What the chosen model says of the photo: nothing yet, on its way, the answer, or why there is none. */
export function AnswerPane({ photo, cards, card, before = null }: Props) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  if (!photo || !card) return <NothingYet />;
  if (photo.unopened) return <FailureNotice failure={photo.unopened} heading={t('answer.failedHeading')} />;
  const run = photo.runs[card.id];
  const again = () => void workbench.analyse(photo.id, card.id);
  const overrule = () => workbench.override(photo.id, { overruled: true });
  const analysis = answerOf(run);
  if (run && analysis) {
    return <Answer photo={photo} cards={cards} card={card} run={run} analysis={analysis} again={again} />;
  }
  const older = before && answerOf(photo.runs[before.id]);
  const stop = () => workbench.cancel(photo.id, card.id);
  if (before && older && !(run?.state === 'running' && run.provisional)) {
    return <OlderAnswer photo={photo} card={card} before={before} analysis={older} stop={stop} />;
  }
  switch (run?.state) {
    case 'running':
      if (run.provisional) {
        return <Provisional photo={photo} card={card} analysis={run.provisional} run={run} stop={stop} />;
      }
      return (
        <Stack gap="sm" aria-busy>
          <Title order={2} size="h4">
            {t('answer.runningHeading')}
          </Title>
          <StageProgress progress={run.progress} onCancel={stop} />
        </Stack>
      );
    case 'failed':
      return (
        <FailureNotice
          failure={run.failure}
          heading={t('answer.failedHeading')}
          action={
            refusedByGate(run.failure)
              ? { label: t('answer.overrule'), run: overrule }
              : { label: t('answer.retry'), run: again }
          }
        />
      );
    default:
      return null;
  }
}

interface AnswerProps {
  photo: WorkbenchPhoto;
  cards: readonly Card[];
  card: Card;
  run: Run;
  analysis: Analysis;
  again: () => void;
}

/**
 * An answer. While a newer one is on its way it stays in its place, paler, until the new one takes its place.
 */
function Answer({ photo, cards, card, run, analysis, again }: AnswerProps) {
  const { t } = useTranslation();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const stale = run.state === 'running';
  const provisional = provisionalOf(run);
  const decided = decidedFor(card, analysis, sensitivity);
  return (
    <>
      {photo.dicom && <FileNote dicom={photo.dicom} />}
      {photo.synthetic && <Text size="sm">{t('photo.synthetic')}</Text>}
      {analysis.gate?.overruled && !photo.synthetic && <Text size="sm">{t('answer.overruled')}</Text>}
      <ImpressionFirst photoId={photo.id} card={card}>
        <LesionTable photo={photo} card={card} />
        {!stale && <Announcement analysis={decided} card={card} />}
        <div className={styles.standing} data-stale={stale || undefined} aria-busy={stale}>
          {stale && (
            <Progress
              className={styles.renewing}
              size="xs"
              value={100}
              animated
              aria-label={t('answer.runningHeading')}
            />
          )}
          <ResultView analysis={decided} card={card} photoId={photo.id} />
          {provisional && !stale && (
            <OutlineEffect before={decidedFor(card, provisional, sensitivity)} now={decided} card={card} />
          )}
        </div>
        <CompareSection photo={photo} cards={cards} card={card} />
      </ImpressionFirst>
      <div className={styles.actions}>
        <Button variant="default" size="sm" data-shortcut="again" disabled={stale} onClick={again}>
          {t('answer.again')}
        </Button>
      </div>
    </>
  );
}

interface ProvisionalProps {
  photo: WorkbenchPhoto;
  card: Card;
  analysis: Analysis;
  run: Extract<Run, { state: 'running' }>;
  stop: () => void;
}

/**
 * The answer for the centre of the photo while the outline is on its way. It can be read, and neither saved
 * nor exported.
 */
function Provisional({ photo, card, analysis, run, stop }: ProvisionalProps) {
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const decided = decidedFor(card, analysis, sensitivity);
  return (
    <ImpressionFirst photoId={photo.id} card={card}>
      <ProvisionalNotice progress={run.progress} onCancel={stop} />
      <div className={styles.current} data-stale aria-busy>
        <ResultView analysis={decided} card={card} photoId={photo.id} />
      </div>
    </ImpressionFirst>
  );
}

interface OlderProps {
  photo: WorkbenchPhoto;
  card: Card;
  before: Card;
  analysis: Analysis;
  stop: () => void;
}

/** The answer of the model before, by its name, while the chosen one has not answered yet. */
function OlderAnswer({ photo, card, before, analysis, stop }: OlderProps) {
  const { t } = useTranslation();
  const { read } = useLanguage();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const run = photo.runs[card.id];
  return (
    <ImpressionFirst photoId={photo.id} card={before}>
      <Stack gap="xs" role="status">
        <Text fw={600}>{t('answer.older', { before: read(before.title), now: read(card.title) })}</Text>
        {run?.state === 'running' && <StageProgress progress={run.progress} onCancel={stop} />}
      </Stack>
      <div className={styles.current} data-stale aria-busy>
        <ResultView analysis={decidedFor(before, analysis, sensitivity)} card={before} photoId={photo.id} />
      </div>
    </ImpressionFirst>
  );
}

/**
 * The input gate turned the photo away before any network saw it: trying again would change nothing,
 * overruling does.
 */
function refusedByGate(failure: Failure): boolean {
  return failure.code.startsWith('photo-');
}

/** Tells a screen reader that the answer has come, in one sentence. */
function Announcement({ analysis, card }: { analysis: Analysis; card: Card }) {
  const { t } = useTranslation();
  const { text } = useVerdict()(card, analysis);
  return (
    <VisuallyHidden role="status">
      {t('answer.announce', { verdict: [text.short, text.list?.classes].filter(Boolean).join('. ') })}
    </VisuallyHidden>
  );
}

function NothingYet() {
  const { t } = useTranslation();
  const items = [
    { Icon: IconChartBar, text: t('answer.emptyProbabilities') },
    { Icon: IconFlag, text: t('answer.emptyDecision') },
    { Icon: IconHelpHexagon, text: t('answer.emptyWarnings') },
  ];
  return (
    <Stack gap="md">
      <Title order={2} size="h4">
        {t('answer.emptyHeading')}
      </Title>
      <ul className={styles.promises}>
        {items.map(({ Icon, text }) => (
          <li key={text}>
            <Icon size={20} stroke={1.5} aria-hidden />
            <Text size="sm">{text}</Text>
          </li>
        ))}
      </ul>
      <Text size="sm" fw={500}>
        {t('app.disclaimer')}
      </Text>
    </Stack>
  );
}
