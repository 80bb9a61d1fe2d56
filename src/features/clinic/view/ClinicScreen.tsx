import { CloseButton, Text, VisuallyHidden } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import { isClassifier } from '../../../core/card/segmenter';
import { useRuntime } from '../../../ui/context';
import { type Mark, shownCard } from '../model/triage-row';
import { AnswerPane } from './AnswerPane';
import { CaseSection } from './CaseSection';
import styles from './clinic.module.css';
import { useClinicServices, useWorkbench } from './context';
import { EmptyStage } from './EmptyStage';
import { IntakeButtons } from './IntakeButtons';
import { LesionTarget } from './LesionTarget';
import { ModelHead } from './ModelHead';
import { type Pane, PaneTabs, paneId, tabId } from './PaneTabs';
import { PhoneBar } from './PhoneBar';
import { PhotoPane } from './PhotoPane';
import { Queue } from './queue/Queue';
import { ReopenDialog } from './ReopenDialog';
import { SessionFile } from './SessionFile';
import { SessionNote } from './SessionNote';
import { SessionOffer } from './SessionOffer';
import { ShortcutHelp } from './ShortcutHelp';
import { useIntake } from './use-intake';
import { useShortcuts } from './use-shortcuts';
import { useStoredPhoto } from './use-stored-photo';
import { useTriageNow, useTriageState } from './use-triage';

const noCards: readonly Card[] = [];

/**
 * The clinician's workspace: the queue, the photo in the middle, the answer at its side. On a phone each is a
 * tab.
 */
export function ClinicScreen() {
  const { t } = useTranslation();
  const { workbench, triage } = useClinicServices();
  const { view } = useTriageNow();
  const list = useRuntime(({ cards }) => cards);
  // Not the photos: all that is here would be drawn again with every step of every one of them.
  const count = useWorkbench(({ photos }) => photos.length);
  const photo = useWorkbench(({ photos, selectedId }) => photos.find(({ id }) => id === selectedId) ?? null);
  const chosen = useWorkbench(({ packageId }) => packageId);
  const previousPackageId = useWorkbench((state) => state.previousPackageId);
  const picks = useTriageState((state) => state.picks.ids);
  const intake = useIntake();
  useStoredPhoto();
  const narrow = useMediaQuery('screen and (max-width: 56rem)', undefined, {
    getInitialValueInEffect: false,
  });
  const [pane, setPane] = useState<Pane>('photo');
  const [help, setHelp] = useState(false);
  const goTo = (step: 1 | -1) => {
    const ids = view().rows.map(({ photo }) => photo.id);
    const { selectedId } = workbench.store.getState();
    const next = ids[ids.indexOf(selectedId ?? '') + step];
    if (next) triage.pick(next, 'only', ids);
  };
  // Also from far down in it: what was pressed says what stands at its top.
  const showAnswer = () => {
    setPane('answer');
    window.scrollTo(0, 0);
  };
  const mark = (mark: Mark) => triage.mark(view().picked, mark);
  useShortcuts({
    next: () => goTo(1),
    previous: () => goTo(-1),
    remove: () => view().picked.forEach(workbench.remove),
    starred: () => mark('starred'),
    reviewed: () => mark('reviewed'),
    'set-aside': () => mark('setAside'),
    'pick-all': () => triage.pickAll(view().rows.map(({ photo }) => photo.id)),
    help: () => setHelp(true),
  });

  const cards = list.state === 'ready' ? list.value.filter(isClassifier) : noCards;
  const card = cards.find(({ id }) => id === chosen) ?? null;
  const packageId = card?.id ?? null;
  const cardOf = (id: string) => cards.find((other) => other.id === id);
  // Until the chosen model has answered, the outline and the map are those of the one before.
  const answering = photo && shownCard(photo, { packageId, previousPackageId, cardOf });
  const domain = card?.domain ?? 'dermoscopy';
  const tabbed = narrow === true && count > 0;
  const paneProps = { tabbed, shown: pane };

  return (
    <div className={styles.clinic} data-empty={count === 0 || undefined}>
      <VisuallyHidden component="h1">{t('page.clinic')}</VisuallyHidden>
      {tabbed && (
        <PaneTabs shown={pane} count={count} onShow={setPane}>
          {pane !== 'queue' && <PhoneBar onStep={goTo} onAnswer={showAnswer} />}
        </PaneTabs>
      )}
      {count > 0 && (
        <PaneSection
          {...paneProps}
          pane="queue"
          label={t('viewer.queue.region')}
          className={styles.queuePane}
        >
          <Queue
            packageId={packageId}
            intake={<IntakeButtons domain={domain} onFiles={intake.take} />}
            session={<SessionFile onFiles={intake.take} />}
          />
          <SessionNote />
        </PaneSection>
      )}
      <PaneSection {...paneProps} pane="photo" label={t('photo.region')} className={styles.photoPane}>
        <SessionOffer />
        <LesionTarget />
        {photo ? (
          <PhotoPane photo={photo} card={answering} />
        ) : (
          <EmptyStage intake={intake} domain={domain} />
        )}
        {intake.notice !== null && (
          <div className={styles.notice} role="status">
            <Text size="sm">{intake.notice}</Text>
            <CloseButton size="sm" aria-label={t('app.dismiss')} onClick={intake.dismiss} />
          </div>
        )}
        {intake.dragging && <div className={styles.dropping}>{t('photo.dropNow')}</div>}
      </PaneSection>
      <PaneSection {...paneProps} pane="answer" label={t('answer.region')} className={styles.answerPane}>
        <VisuallyHidden component="h2">{t('answer.region')}</VisuallyHidden>
        <ModelHead list={list} cards={cards} card={card} photo={photo} />
        <AnswerPane
          photo={photo}
          picked={picks}
          cards={cards}
          card={card}
          before={answering === card ? null : answering}
        />
        <CaseSection photo={photo} card={card} onJson={intake.take} />
      </PaneSection>
      <ReopenDialog files={intake.saved} onClose={intake.closeSaved} />
      <ShortcutHelp opened={help} onClose={() => setHelp(false)} />
    </div>
  );
}

interface PaneProps {
  pane: Pane;
  label: string;
  className: string | undefined;
  tabbed: boolean;
  shown: Pane;
  children: ReactNode;
}

/**
 * A pane beside the others, or one behind its tab. Hidden ones stay in the page, so that nothing in them is
 * lost.
 */
function PaneSection({ pane, label, className, tabbed, shown, children }: PaneProps) {
  if (!tabbed) {
    return (
      <section className={className} aria-label={label}>
        {children}
      </section>
    );
  }
  return (
    <section
      id={paneId(pane)}
      role="tabpanel"
      aria-labelledby={tabId(pane)}
      className={className}
      hidden={pane !== shown}
    >
      {children}
    </section>
  );
}
