import { useTranslation } from 'react-i18next';
import type { Card } from '../../../core/card/card';
import type { AsyncState } from '../../../runtime/runtime';
import { useServices } from '../../../ui/context';
import { FailureNotice } from '../../../ui/FailureNotice';
import type { WorkbenchPhoto } from '../model/workbench-photo';
import { ModelPanel, ModelsWaiting, NoModels } from './ModelPanel';

interface Props {
  list: AsyncState<Card[]>;
  cards: readonly Card[];
  card: Card | null;
  photo: WorkbenchPhoto | null;
}

/** Which model answers, or why there is none to choose. */
export function ModelHead({ list, cards, card, photo }: Props) {
  const { t } = useTranslation();
  const { runtime } = useServices();
  if (list.state === 'pending') return <ModelsWaiting />;
  if (list.state === 'failed') {
    return (
      <FailureNotice
        failure={list.failure}
        heading={t('model.listFailed')}
        action={{ label: t('model.retry'), run: () => void runtime.refresh() }}
      />
    );
  }
  if (!card) return <NoModels />;
  return <ModelPanel cards={cards} card={card} busyElsewhere={photo?.runs[card.id] !== undefined} />;
}
