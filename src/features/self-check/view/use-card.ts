import { useEffect, useState } from 'react';
import type { Card, Text } from '../../../core/card/card';
import { segmenterFor } from '../../../core/card/segmenter';
import type { Arrival } from '../../../runtime/machine';
import { useLanguage, useMachine, useServices } from '../../../ui/context';
import type { SelfCheckPath } from '../model/self-check';

const packageIds: Record<SelfCheckPath, string> = {
  spot: 'mobilenetv2-phone-symptoms',
  acne: 'mobilenetv2-acne',
};

/** The model of a path: its card once the list is there, and how the list fares. */
export function useCard(path: SelfCheckPath): {
  card: Card | null;
  arrival: Arrival<Card[]>;
  read: (text: Text) => string;
} {
  const arrival = useMachine(({ cards }) => cards);
  const { read } = useLanguage();
  const cards = arrival.state === 'here' ? arrival.value : [];
  return { card: cards.find(({ id }) => id === packageIds[path]) ?? null, arrival, read };
}

/**
 * Bytes that the first photo costs: the model, and whichever looks for the outline, as far as they are neither loaded nor kept in this
 * browser from another visit.
 */
export function useDownload(card: Card | null): number {
  const { engine } = useServices();
  const cards = useMachine(({ cards }) => cards);
  const packages = useMachine(({ packages }) => packages);
  const [kept, setKept] = useState<readonly string[]>([]);
  useEffect(() => {
    let gone = false;
    void engine.cached().then((ids) => !gone && ids.ok && setKept(ids.value));
    return () => {
      gone = true;
    };
  }, [engine]);
  if (!card || cards.state !== 'here') return 0;
  const segmenter = segmenterFor(cards.value, card.domain);
  return [card, segmenter]
    .filter((one) => one && packages[one.id]?.state !== 'loaded' && !kept.includes(one.id))
    .flatMap((one) => one?.files ?? [])
    .reduce((sum, { bytes }) => sum + bytes, 0);
}
