import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { Arrival } from '../../../runtime/machine';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { Photo } from '../model/workbench-photo';
import { ModelPanel, ModelsWaiting, NoModels } from './ModelPanel';

interface Props {
  arrival: Arrival<Card[]>;
  cards: readonly Card[];
  card: Card | null;
  photo: Photo | null;
}

/** Which model answers, or why there is none to choose. */
export function ModelHead({ arrival, cards, card, photo }: Props) {
  const { t } = useTranslation();
  const { machine } = useServices();
  if (arrival.state === 'waiting') return <ModelsWaiting />;
  if (arrival.state === 'failed') {
    return (
      <FailureNotice
        failure={arrival.failure}
        heading={t('model.listFailed')}
        action={{ label: t('model.retry'), run: () => void machine.survey() }}
      />
    );
  }
  if (!card) return <NoModels />;
  return <ModelPanel cards={cards} card={card} busyElsewhere={photo?.runs[card.id] !== undefined} />;
}
