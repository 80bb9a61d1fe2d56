import { useMemo } from 'react';
import { useStore } from 'zustand';
import type { Card } from '../../../core/card/card';
import type { RuntimeState } from '../../../runtime/runtime';
import { useRuntime, useServices } from '../../../ui/context';
import type { TriageState } from '../model/triage';
import { createTriageView, type TriageSources, type TriageView } from '../model/triage-view';
import { useClinicServices, usePatientContext, useWorkbench } from './context';

/** One for the page: it keeps only what it can make again, and only as long as the photos. */
const viewOf = createTriageView();

const noCards: readonly Card[] = [];
const cardsOf = ({ cards }: RuntimeState) => (cards.state === 'ready' ? cards.value : noCards);

export function useTriageState<T>(select: (state: TriageState) => T): T {
  return useStore(useClinicServices().triage.store, select);
}

/** The queue as it is shown; drawn again with every step of every photo. */
export function useTriageView(): TriageView {
  return viewOf({
    workbench: useWorkbench((state) => state),
    patientContext: usePatientContext((state) => state),
    triage: useTriageState((state) => state),
    cards: useRuntime(cardsOf),
  });
}

/** The queue at the moment of a key or a press, for parts that need not be drawn with every step. */
export function useTriageNow(): { sources: () => TriageSources; view: () => TriageView } {
  const { triage, workbench, patientContext } = useClinicServices();
  const { runtime } = useServices();
  return useMemo(() => {
    const sources = () => ({
      workbench: workbench.store.getState(),
      patientContext: patientContext.store.getState(),
      triage: triage.store.getState(),
      cards: cardsOf(runtime.store.getState()),
    });
    return { sources, view: () => viewOf(sources()) };
  }, [triage, workbench, patientContext, runtime]);
}
