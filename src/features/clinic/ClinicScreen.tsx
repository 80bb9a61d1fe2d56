import { CloseButton, Text, VisuallyHidden } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Arrival } from '../../cases/machine';
import type { Card } from '../../core/card';
import { useMachine, useServices, useWorkbench } from '../../ui/context';
import { drawSample } from '../../ui/draw-sample';
import { FailureNotice } from '../../ui/FailureNotice';
import { FactsPanel } from '../../ui/patient-facts/FactsPanel';
import { useIncomingFiles } from '../../ui/use-incoming-files';
import { AnswerPane } from './AnswerPane';
import styles from './clinic.module.css';
import { EmptyStage } from './EmptyStage';
import { ModelPanel, ModelsWaiting, NoModels } from './ModelPanel';
import { PhotoPane } from './PhotoPane';

const noCards: readonly Card[] = [];

/** A package that answers; a segmenter only helps. */
const answers = (card: Card) => card.task !== 'segmentation';

/** The clinician's workspace: the photo in the middle, the answer at its side. */
export function ClinicScreen() {
  const { t } = useTranslation();
  const { machine, workbench } = useServices();
  const arrival = useMachine(({ cards }) => cards);
  const photo = useWorkbench(({ photos, selectedId }) => photos.find(({ id }) => id === selectedId)) ?? null;
  const chosen = useWorkbench(({ packageId }) => packageId);
  const [notice, setNotice] = useState<string | null>(null);

  const cards = arrival.state === 'here' ? arrival.value.filter(answers) : noCards;
  const card = cards.find(({ id }) => id === chosen) ?? cards[0] ?? null;
  const run = photo && card ? photo.runs[card.id] : undefined;
  const analysis = run?.state === 'done' ? run.analysis : null;

  const receive = (files: File[], how: 'dropped' | 'pasted' | 'chosen') => {
    const [file] = files;
    if (!file) {
      setNotice(t('photo.noFile'));
      return;
    }
    setNotice(files.length > 1 ? t('photo.onlyFirst', { count: files.length }) : null);
    // Browsers call every pasted picture "image.png".
    workbench.replaceWith(file, { name: how === 'pasted' ? t('photo.pasted') : file.name, synthetic: false });
  };
  const dragging = useIncomingFiles(receive);
  const choose = (files: File[]) => receive(files, 'chosen');
  const takeSample = async () => {
    setNotice(null);
    workbench.replaceWith(await drawSample(), { name: t('photo.sampleName'), synthetic: true });
  };

  const photoId = photo?.id;
  const packageId = card?.id;
  const untouched = run === undefined;
  useEffect(() => {
    // A photo or a model newly chosen runs at once; what was cancelled or failed waits for the user.
    if (photoId && packageId && untouched) void workbench.analyse(photoId, packageId);
  }, [photoId, packageId, untouched, workbench]);

  return (
    <div className={styles.clinic}>
      <VisuallyHidden component="h1">{t('page.clinic')}</VisuallyHidden>
      <section className={styles.photoPane} aria-label={t('photo.region')}>
        {photo ? (
          <PhotoPane photo={photo} card={card} analysis={analysis} onFiles={choose} />
        ) : (
          <EmptyStage onFiles={choose} onSample={() => void takeSample()} />
        )}
        {notice !== null && (
          <div className={styles.notice} role="status">
            <Text size="sm">{notice}</Text>
            <CloseButton size="sm" aria-label={t('app.dismiss')} onClick={() => setNotice(null)} />
          </div>
        )}
        {dragging && <div className={styles.dropping}>{t('photo.dropNow')}</div>}
      </section>
      <section className={styles.answerPane} aria-label={t('answer.region')}>
        <ModelHead
          arrival={arrival}
          cards={cards}
          card={card}
          busyElsewhere={run !== undefined}
          retry={() => void machine.survey()}
        />
        {photo && card && <FactsPanel photoId={photo.id} card={card} />}
        <AnswerPane photo={photo} card={card} />
      </section>
    </div>
  );
}

interface HeadProps {
  arrival: Arrival<Card[]>;
  cards: readonly Card[];
  card: Card | null;
  busyElsewhere: boolean;
  retry: () => void;
}

function ModelHead({ arrival, cards, card, busyElsewhere, retry }: HeadProps) {
  const { t } = useTranslation();
  if (arrival.state === 'waiting') return <ModelsWaiting />;
  if (arrival.state === 'failed') {
    return (
      <FailureNotice
        failure={arrival.failure}
        heading={t('model.listFailed')}
        action={{ label: t('model.retry'), run: retry }}
      />
    );
  }
  return card ? <ModelPanel cards={cards} card={card} busyElsewhere={busyElsewhere} /> : <NoModels />;
}
