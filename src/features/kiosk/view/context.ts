import { createContext } from 'react';
import { useStore } from 'zustand';
import type { Card } from '../../../core/card/card';
import { usePackageCard, useRequired, useRuntime } from '../../../ui/context';
import type { DemoGalleryState } from '../model/demo-gallery';
import type { Kiosk } from '../model/kiosk';
import { cameraModel, neededModels, offeredModels, passedOver } from '../model/models';
import { enoughFor, questionsOf, type RoundState } from '../model/round';
import type { VisitLogState } from '../model/visit-log';
import type { VisitorSessionState } from '../model/visitor-session';

const noCards: readonly Card[] = [];

export const KioskContext = createContext<Kiosk | null>(null);
export const useKiosk = () => useRequired(KioskContext);

/** Where the visitor is, and whether somebody is there. */
export function useVisitorSession<T>(select: (state: VisitorSessionState) => T): T {
  return useStore(useKiosk().session.store, select);
}

/** The samples, and what the visitor looks into. */
export function useDemoGallery<T>(select: (state: DemoGalleryState) => T): T {
  return useStore(useKiosk().gallery.store, select);
}

/** Where the round is. */
export function useRound<T>(select: (state: RoundState) => T): T {
  return useStore(useKiosk().round.store, select);
}

/** The card of the package that answered for the samples; null if there is none. */
export function useGalleryCard(): Card | null {
  return usePackageCard(useDemoGallery(({ packageId }) => packageId));
}

/** Photos that a round can draw from now; empty where they are too few for one. */
export function useRoundQuestions() {
  const samples = useDemoGallery(({ samples }) => samples);
  const further = useDemoGallery(({ further }) => further);
  const questions = questionsOf({ samples, further }, useGalleryCard());
  return enoughFor(questions) ? questions : [];
}

/** What the visitor can take away. */
export function useVisit<T>(select: (state: VisitLogState) => T): T {
  return useStore(useKiosk().visit.store, select);
}

export function useSettings() {
  return useStore(useKiosk().settings);
}

export interface KioskModels {
  /** What visitors can choose from. */
  offered: readonly Card[];
  /** What the host lists and the samples are not for. */
  others: readonly Card[];
  /** What must be loaded for it. */
  needed: readonly Card[];
  /** The one that answers now; null if there is none. */
  card: Card | null;
  /** The one that looks through the camera; null where none can answer for what a webcam sees. */
  camera: Card | null;
}

export function useModels(): KioskModels {
  const cards = useRuntime(({ cards }) => (cards.state === 'ready' ? cards.value : noCards));
  const { models, samples } = useSettings().settings;
  const chosen = useVisitorSession(({ packageId }) => packageId);
  const offered = offeredModels(cards, models, samples);
  const needed = neededModels(cards, offered);
  const card = offered.find(({ id }) => id === chosen) ?? offered[0] ?? null;
  const others = passedOver(cards, models, samples);
  return { offered, others, needed, card, camera: cameraModel(cards, card) };
}
