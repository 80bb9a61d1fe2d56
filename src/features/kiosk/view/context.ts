import { createContext } from 'react';
import { useStore } from 'zustand';
import type { Card } from '../../../core/card/card';
import { useMachine, useRequired } from '../../../ui/context';
import type { Kiosk } from '../model/kiosk';
import { neededModels, offeredModels } from '../model/models';
import type { ShowState } from '../model/show';
import type { VisitState } from '../model/visit';

export const KioskContext = createContext<Kiosk | null>(null);
export const useKiosk = () => useRequired(KioskContext);

/** Where the visitor is, and whether somebody is there. */
export function useVisit<T>(select: (state: VisitState) => T): T {
  return useStore(useKiosk().visit.store, select);
}

/** The samples, and what the visitor looks into. */
export function useShow<T>(select: (state: ShowState) => T): T {
  return useStore(useKiosk().show.store, select);
}

export function useSettings() {
  return useStore(useKiosk().settings);
}

const noCards: readonly Card[] = [];

/** The models that visitors can choose from, those that must be loaded for it, and the one that answers now; null where there is none. */
export function useModels(): { offered: readonly Card[]; needed: readonly Card[]; card: Card | null } {
  const cards = useMachine(({ cards }) => (cards.state === 'here' ? cards.value : noCards));
  const { models } = useSettings().settings;
  const chosen = useVisit(({ packageId }) => packageId);
  const offered = offeredModels(cards, models);
  const needed = neededModels(cards, offered);
  return { offered, needed, card: offered.find(({ id }) => id === chosen) ?? offered[0] ?? null };
}
