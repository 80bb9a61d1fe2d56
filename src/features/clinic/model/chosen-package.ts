import { defaultModel } from '../../../core/card/recommended';
import { isClassifier } from '../../../core/card/segmenter';
import { offeredCards } from '../../../runtime/offered';
import type { RuntimeState } from '../../../runtime/runtime';

/** The chosen package as long as it is in the list, else the default one; null before the list has come. */
export function chosenOrDefault(state: RuntimeState, packageId: string | null): string | null {
  const classifiers = state.cards.state === 'ready' ? state.cards.value.filter(isClassifier) : [];
  if (classifiers.some(({ id }) => id === packageId)) return packageId;
  return (defaultModel(offeredCards(state)) ?? defaultModel(classifiers))?.id ?? null;
}
