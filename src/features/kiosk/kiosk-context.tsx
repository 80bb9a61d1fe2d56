import { createContext, type ReactNode, useContext } from 'react';
import { useStore } from 'zustand';
import type { Kiosk } from '../../cases/kiosk/kiosk';
import { neededModels, offeredModels } from '../../cases/kiosk/models';
import type { ShowState } from '../../cases/kiosk/show';
import type { VisitState } from '../../cases/kiosk/visit';
import type { Card } from '../../core/card';
import { useMachine } from '../../ui/context';

const KioskContext = createContext<Kiosk | null>(null);

export function KioskProvider({ kiosk, children }: { kiosk: Kiosk; children: ReactNode }) {
  return <KioskContext.Provider value={kiosk}>{children}</KioskContext.Provider>;
}

/** The kiosk that the parts act on. Throws outside of a `KioskProvider`. */
export function useKiosk(): Kiosk {
  const kiosk = useContext(KioskContext);
  if (!kiosk) throw new Error('useKiosk is only for parts inside a KioskProvider.');
  return kiosk;
}

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
