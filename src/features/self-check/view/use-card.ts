import { useEffect, useState } from 'react';
import type { Card, Text } from '../../../core/card/card';
import { recommendedFor } from '../../../core/card/recommended';
import { segmenterFor } from '../../../core/card/segmenter';
import { offeredCards } from '../../../runtime/offered';
import type { AsyncState } from '../../../runtime/runtime';
import { useLanguage, useRuntime, useServices } from '../../../ui/context';
import type { SelfCheckPath } from '../model/self-check';

const domains: Record<SelfCheckPath, Card['domain']> = { lesion: 'phone', acne: 'acne' };

/**
 * The model of a path: the recommended one of what the site offers, once the list is there; and how the list
 * fares.
 */
export function useCard(path: SelfCheckPath): {
  card: Card | null;
  list: AsyncState<Card[]>;
  read: (text: Text) => string;
} {
  const list = useRuntime(({ cards }) => cards);
  const card = useRuntime((state) => recommendedFor(offeredCards(state), domains[path]));
  const { read } = useLanguage();
  return { card, list, read };
}

/**
 * Bytes that the first photo costs: the model, and whichever looks for the outline, as far as they are
 * neither loaded nor kept in this browser from another visit.
 */
export function useDownload(card: Card | null): number {
  const { engine } = useServices();
  const cards = useRuntime(({ cards }) => cards);
  const packages = useRuntime(({ packages }) => packages);
  const [cachedIds, setCachedIds] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    void engine.cached().then((ids) => !gone && ids.ok && setCachedIds(ids.value));
    return () => {
      gone = true;
    };
  }, [engine]);
  if (!card || cards.state !== 'ready') return 0;
  const segmenter = segmenterFor(cards.value, card.domain);
  return [card, segmenter]
    .filter((needed) => needed && packages[needed.id]?.state !== 'loaded' && !cachedIds.includes(needed.id))
    .flatMap((needed) => needed?.files ?? [])
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
