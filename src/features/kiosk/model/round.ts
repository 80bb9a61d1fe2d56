import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { isFlaggedAllTheSame, type Verdict, verdictOf } from '../../../core/decision/verdict';
import type { Diagnosis } from '../../../core/teaching/case-list';
import { isSuspicious } from '../../../core/teaching/suspicious';
import { allSamples, type DemoGallery, type DemoGalleryState, type DemoSample } from './demo-gallery';
import { drawPhotos } from './round-draw';

/** What a visitor and a model say of a photo, and what is true of it. */
export type Call = 'harmless' | 'suspicious';

/** A photo that is asked about. */
export interface RoundQuestion {
  /** The sample's. */
  id: string;
  diagnosis: Diagnosis;
  /** Drawn by a program, which no model was trained on. */
  drawn: boolean;
  truth: Call;
  /** What the model really said when it ran; null where it gave no result, which is right for neither side. */
  machine: Call | null;
  /** Without a result the model flagged it all the same, which every other screen says, too. */
  flaggedAllTheSame: boolean;
  /** The calibration of this site that the model's call is by; null for the model's own. */
  site: SiteCalibration | null;
}

export interface RoundPhoto extends RoundQuestion {
  guess: Call;
}

/** A round that was played to its end. Plain data. */
export interface RoundResult {
  photos: readonly RoundPhoto[];
  /** Right calls of the visitor, and of the model. */
  you: number;
  machine: number;
}

export interface RoundState {
  /** In the order in which they are asked; empty before the round starts. */
  questions: readonly RoundQuestion[];
  /** The visitor's calls so far. */
  guesses: readonly Call[];
  /** Whether the answer to the last guess is on show. */
  revealed: boolean;
}

/** "You or the machine?": six photos, harmless or suspicious, a visitor against the model of the loop. */
export interface Round {
  store: StoreApi<RoundState>;
  /** Whether there are photos enough to play with. */
  ready(): boolean;
  /** Draws photos and asks about the first. Does nothing where there are too few. */
  start(): void;
  /** The visitor's call about the photo on show; reveals the answer. */
  guess(call: Call): void;
  /** From an answer to the next photo, or to the score. */
  next(): void;
  /** Lets go of the round, and of which photos were asked before. */
  forget(): void;
}

const notStarted: RoundState = { questions: [], guesses: [], revealed: false };

export function createRound({
  gallery,
  card,
  random,
}: {
  gallery: Pick<DemoGallery, 'store'>;
  /** The card of a package; null if there is none. */
  card: (id: string) => Card | null | undefined;
  /** From 0 to 1, 1 excluded. */
  random: () => number;
}): Round {
  const store = createStore<RoundState>(() => notStarted);
  let asked = new Set<string>();

  const questionsNow = () => {
    const state = gallery.store.getState();
    return questionsOf(state, state.packageId === null ? null : card(state.packageId));
  };

  return {
    store,
    ready: () => enoughFor(questionsNow()),
    start() {
      const questions = drawPhotos(questionsNow(), asked, random);
      if (!questions) return;
      asked = new Set([...asked, ...questions.map(({ id }) => id)]);
      store.setState({ questions, guesses: [], revealed: false });
    },
    guess(call) {
      const { questions, guesses, revealed } = store.getState();
      // A second finger is no second guess.
      if (revealed || guesses.length >= questions.length) return;
      store.setState({ guesses: [...guesses, call], revealed: true });
    },
    next: () => store.setState({ revealed: false }),
    forget() {
      asked = new Set();
      store.setState(notStarted);
    },
  };
}

/**
 * The photos that can be asked about: their diagnosis is known, it is one of the model's classes, and the model
 * ran. A model without a threshold calls nothing suspicious, so it has none.
 */
export function questionsOf(
  state: Pick<DemoGalleryState, 'samples' | 'further'>,
  card: Card | null | undefined,
): RoundQuestion[] {
  if (card?.domain !== 'dermoscopy' || !card.decision) return [];
  return allSamples(state).flatMap((sample) => questionOf(sample, card) ?? []);
}

function questionOf({ id, diagnosis, synthetic, run }: DemoSample, card: Card): RoundQuestion | null {
  if (diagnosis === null || run.state !== 'done') return null;
  if (card.classes.every((known) => known.id !== diagnosis)) return null;
  const truth = isSuspicious(diagnosis) ? 'suspicious' : 'harmless';
  const verdict = verdictOf(card, run.analysis);
  return {
    ...{ id, diagnosis, drawn: synthetic, truth },
    machine: callOf(verdict),
    flaggedAllTheSame: isFlaggedAllTheSame(verdict),
    site: verdict.site,
  };
}

/** What leads the model's answer on every other screen: flagged, not flagged, or no result. */
function callOf({ noResult, flag }: Verdict): Call | null {
  if (noResult || !flag) return null;
  return flag.flagged ? 'suspicious' : 'harmless';
}

/** Whether a round could be played with what the gallery has now. */
export const enoughFor = (questions: readonly RoundQuestion[]): boolean =>
  drawPhotos(questions, new Set(), () => 0) !== null;

/** The score; null until the last answer was seen. */
export function resultOf({ questions, guesses, revealed }: RoundState): RoundResult | null {
  if (questions.length === 0 || guesses.length < questions.length || revealed) return null;
  const photos = questions.map((question, at) => ({ ...question, guess: guesses[at] as Call }));
  return {
    photos,
    you: photos.filter(({ truth, guess }) => guess === truth).length,
    machine: photos.filter(({ truth, machine }) => machine === truth).length,
  };
}

/** Suspicious ones that were called harmless: the mistake that matters. */
export const missedOf = (photos: readonly RoundPhoto[], of: 'guess' | 'machine'): number =>
  photos.filter((photo) => photo.truth === 'suspicious' && photo[of] === 'harmless').length;

/** By which calibration of this site the machine's calls are; null where all are by its own. */
export const siteOf = (photos: readonly Pick<RoundPhoto, 'site'>[]): SiteCalibration | null =>
  photos.find(({ site }) => site)?.site ?? null;
