import { useMemo } from 'react';
import type { Card } from '../../../core/card/card';
import { isClassifier } from '../../../core/card/segmenter';
import { useRuntime } from '../../../ui/context';
import { useWorkbench } from './context';

const none: readonly Card[] = [];

/** The model that answers, and all that could. */
export function useCard(): { card: Card | null; cards: readonly Card[] } {
  const list = useRuntime(({ cards }) => (cards.state === 'ready' ? cards.value : none));
  const chosen = useWorkbench(({ packageId }) => packageId);
  const cards = useMemo(() => list.filter(isClassifier), [list]);
  return { card: cards.find(({ id }) => id === chosen) ?? null, cards };
}
