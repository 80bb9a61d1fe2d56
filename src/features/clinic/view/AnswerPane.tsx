import { Progress, Stack, Text, Title, VisuallyHidden } from '@mantine/core';
import { IconChartBar, IconFlag, IconHelpHexagon } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import type { Failure } from '../../../core/failure';
import { provisionalOf } from '../../../runtime/run';
import { useLanguage } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import { ProvisionalNotice, useOutlineEffect } from '../../../ui/OutlineEffect';
import { StageProgress } from '../../../ui/StageProgress';
import { useVerdict } from '../../../ui/use-verdict';
import { answerWaits } from '../model/patient-context';
import { isOwn, type ShownAnswer, shownAnswer } from '../model/shown-answer';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { AnswerDetails } from './AnswerDetails';
import { AnswerFoot } from './AnswerFoot';
import styles from './answer.module.css';
import { useClinicServices, usePatientContext, useWorkbench } from './context';
import { FileNote } from './FileNote';
import { ImpressionFirst } from './ImpressionFirst';
import { LesionTable } from './LesionTable';
import { FactsPanel } from './patient-facts/FactsPanel';
import { ReopenedNote } from './ReopenedNote';
import { ResultView } from './ResultView';

interface Props {
  photo: WorkbenchPhoto | null;
  /** Photos that are picked: facts are given for all of them. */
  picked?: readonly string[];
  /** Every package that answers. */
  cards: readonly Card[];
  /** The chosen one. */
  card: Card | null;
  /** The one that was chosen before and whose answer stands until the new one is there. */
  before?: Card | null;
}

/**
 * What the chosen model says of the photo: nothing yet, on its way, the answer, or why there is none. Beside
 * it the facts that move it, and what else belongs to it. The facts keep their place whatever the answer
 * does: nobody is thrown out of a field by the run that the field has started.
 */
export function AnswerPane({ photo, picked = [], cards, card, before = null }: Props) {
  const { t } = useTranslation();
  const sensitivity = useWorkbench((state) => state.sensitivity);
  const waits = usePatientContext((state) => photo !== null && answerWaits(state, photo.id));
  const outlineEffect = useOutlineEffect();
  if (!photo || !card) return <NothingYet />;
  if (photo.unopened) return <FailureNotice failure={photo.unopened} heading={t('answer.failedHeading')} />;
  const found = shownAnswer(photo, card, before);
  // As it is decided at the sensitivity that is wanted.
  const shown = found && { ...found, analysis: decidedFor(found.card, found.analysis, sensitivity) };
  const provisional = shown?.how === 'now' ? provisionalOf(photo.runs[card.id]) : null;
  const effect =
    shown && provisional && outlineEffect(decidedFor(card, provisional, sensitivity), shown.analysis, card);
  return (
    <div className={styles.answer}>
      <div className={styles.head}>
        {shown && isOwn(shown) && <PhotoNotes photo={photo} shown={shown} />}
        {shown ? (
          <ImpressionFirst photoId={photo.id} card={shown.card}>
            <ShownHead photo={photo} card={card} shown={shown} />
            {effect && !effect.same && (
              <Text size="sm" c="dimmed" mt="xs">
                {t('answer.provisional.changed', { was: effect.was, is: effect.is })}
              </Text>
            )}
          </ImpressionFirst>
        ) : (
          <NoAnswerYet photo={photo} card={card} />
        )}
      </div>
      {photo.url !== null && (
        <FactsPanel photoId={photo.id} picked={picked} card={card} shown={waits ? null : shown} />
      )}
      {shown && (
        <>
          {!waits && (
            <div data-stale={shown.how !== 'now' || undefined} className={styles.current}>
              <AnswerDetails
                photo={photo}
                cards={cards}
                card={shown.card}
                analysis={shown.analysis}
                outlineKept={effect?.same ?? false}
              />
            </div>
          )}
          <AnswerFoot photoId={photo.id} card={card} shown={shown} />
        </>
      )}
    </div>
  );
}

interface HeadProps {
  photo: WorkbenchPhoto;
  /** The chosen one. */
  card: Card;
  shown: ShownAnswer;
}

/**
 * The answer itself. While a newer one is on its way it stays in its place, paler, until the new one takes
 * its place; where none came, it stays with the reason above it.
 */
function ShownHead({ photo, card, shown }: HeadProps) {
  const { card: by, analysis, how } = shown;
  const { t } = useTranslation();
  const { read } = useLanguage();
  const { workbench } = useClinicServices();
  const run = photo.runs[card.id];
  const stop = () => workbench.cancel(photo.id, card.id);
  const progress = run?.state === 'running' ? run.progress : null;
  return (
    <Stack gap="sm">
      {how === 'provisional' && <ProvisionalNotice progress={progress} onCancel={stop} />}
      {how === 'older' && (
        <Stack gap="xs" role="status">
          <Text fw={600}>{t('answer.older', { before: read(by.title), now: read(card.title) })}</Text>
          {run?.state === 'running' && <StageProgress progress={progress} onCancel={stop} />}
        </Stack>
      )}
      {how === 'kept' && (
        <>
          <Failed photo={photo} card={card} heading={t('pane.noNewer')} />
          <Text fw={600}>{t('pane.earlier')}</Text>
        </>
      )}
      {isOwn(shown) && <LesionTable photo={photo} card={card} />}
      {how === 'now' && <Announcement analysis={analysis} card={card} />}
      <div
        className={styles.current}
        data-stale={how !== 'now' || undefined}
        aria-busy={how !== 'now' && how !== 'kept'}
      >
        {how === 'stale' && (
          <Progress
            className={styles.renewing}
            size="xs"
            value={100}
            animated
            aria-label={t('answer.runningHeading')}
          />
        )}
        <ResultView analysis={analysis} card={by} />
      </div>
    </Stack>
  );
}

/** What is to be known of the photo before its answer is read. */
function PhotoNotes({ photo, shown: { card, analysis } }: { photo: WorkbenchPhoto; shown: ShownAnswer }) {
  const { t } = useTranslation();
  return (
    <>
      {photo.dicom && <FileNote dicom={photo.dicom} />}
      <ReopenedNote run={photo.runs[card.id]} card={card} />
      {photo.synthetic && <Text size="sm">{t('photo.synthetic')}</Text>}
      {analysis.gate?.overruled && !photo.synthetic && <Text size="sm">{t('answer.overruled')}</Text>}
    </>
  );
}

/** How far the run is, or why it has failed and what can be done. */
function NoAnswerYet({ photo, card }: { photo: WorkbenchPhoto; card: Card }) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const run = photo.runs[card.id];
  if (run?.state === 'running') {
    return (
      <Stack gap="sm" aria-busy>
        <Title order={2} size="h4">
          {t('answer.runningHeading')}
        </Title>
        <StageProgress progress={run.progress} onCancel={() => workbench.cancel(photo.id, card.id)} />
      </Stack>
    );
  }
  return <Failed photo={photo} card={card} heading={t('answer.failedHeading')} />;
}

/** Why a run came to no answer, and what can be done; nothing where it did not. */
function Failed({ photo, card, heading }: { photo: WorkbenchPhoto; card: Card; heading: string }) {
  const { t } = useTranslation();
  const { workbench } = useClinicServices();
  const run = photo.runs[card.id];
  if (run?.state !== 'failed') return null;
  const overrule = () => workbench.override(photo.id, { overruled: true });
  const again = () => void workbench.analyse(photo.id, card.id);
  return (
    <FailureNotice
      failure={run.failure}
      heading={heading}
      action={
        refusedByGate(run.failure)
          ? { label: t('answer.overrule'), run: overrule }
          : { label: t('answer.retry'), run: again }
      }
    />
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
      {t('answer.announce', { verdict: `${text.cell}. ${text.list?.classes ?? text.brief}` })}
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
