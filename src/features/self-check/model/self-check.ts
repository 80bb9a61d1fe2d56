import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { Failure } from '../../../core/failure';
import type { Progress } from '../../../engine/engine';
import type { OpenPhoto } from '../../../engine/input/opener';
import { failureKind } from '../../../runtime/failure-kind';
import { endedRun, type Run } from '../../../runtime/run';
import { type AnalysisServices, runAnalysis } from '../../../runtime/run-analysis';
import { metadataFromAnswers, type SelfCheckAnswers, type Symptom, skipsModel, symptoms } from './outcome';

/** A spot that may be dangerous, or acne: two questions that no model answers together. */
export type SelfCheckPath = 'lesion' | 'acne';

/** One question a screen. */
export type Step = 'about' | 'place' | 'special' | Symptom | 'photo' | 'answer';

export interface SelfCheckPhoto {
  name: string;
  /** An object URL, alive as long as the photo is here. */
  url: string;
  source: 'camera' | 'file' | 'heic' | 'dicom';
}

export interface SelfCheckState {
  /** Null before the person has chosen. */
  path: SelfCheckPath | null;
  step: Step;
  answers: SelfCheckAnswers;
  photo: SelfCheckPhoto | null;
  /** Why the last file could not be opened. */
  unreadable: Failure | null;
  /** The model's answer, or how far it is; null where nobody asked it. */
  run: Run | null;
}

/**
 * One check, from the first question to the answer. Plain data in the page's memory: nothing of it is stored
 * anywhere.
 */
export interface SelfCheck {
  store: StoreApi<SelfCheckState>;
  begin(path: SelfCheckPath): void;
  answer(change: Partial<SelfCheckAnswers>): void;
  next(): void;
  back(): void;
  /** Opens a photo, HEIC and DICOM too, in place of the one before. */
  takePhoto(file: Blob, about: { name: string; source: 'camera' | 'file' }): Promise<void>;
  removePhoto(): void;
  /** Runs the photo through the model. Goes to the answer when it has one, or when the photo was refused. */
  check(card: Card): Promise<void>;
  cancel(card: Card): void;
  /** The photo's bytes, as the engine sees them. */
  image(): Blob | null;
  /** Forgets everything: the answers, the photo and what was made of it. */
  forget(): void;
}

const blank: SelfCheckState = {
  path: null,
  step: 'about',
  answers: {
    age: null,
    sex: null,
    place: null,
    special: null,
    symptoms: { changed: null, grew: null, bleed: null, itch: null, hurt: null, elevation: null },
  },
  photo: null,
  unreadable: null,
  run: null,
};

/** The screens that ask something, in their order. */
export const questions: readonly Step[] = ['about', 'place', 'special', ...symptoms];

/** The screens of a path. Where a doctor is the answer anyway, no photo is asked for. */
export function stepsOf({ path, answers }: Pick<SelfCheckState, 'path' | 'answers'>): Step[] {
  if (path === 'acne') return ['photo', 'answer'];
  return skipsModel(answers) ? [...questions, 'answer'] : [...questions, 'photo', 'answer'];
}

export function createSelfCheck(services: AnalysisServices, open: OpenPhoto): SelfCheck {
  const store = createStore<SelfCheckState>(() => blank);
  let image: Blob | null = null;
  let underWay: AbortController | null = null;

  function dropPhoto(): void {
    underWay?.abort();
    underWay = null;
    const { photo } = store.getState();
    if (photo) URL.revokeObjectURL(photo.url);
    image = null;
    store.setState({ photo: null, run: null, unreadable: null });
  }

  function move(by: 1 | -1): void {
    const state = store.getState();
    const steps = stepsOf(state);
    const step = steps[steps.indexOf(state.step) + by];
    if (step) store.setState({ step });
    else if (by < 0) store.setState({ path: null });
  }

  return {
    store,
    begin(path) {
      const [step = 'photo'] = stepsOf({ path, answers: store.getState().answers });
      if (path !== store.getState().path) dropPhoto();
      store.setState({ path, step });
    },
    answer(change) {
      // What the model said, it said of other answers.
      store.setState(({ answers }) => ({ answers: { ...answers, ...change }, run: null }));
    },
    next: () => move(1),
    back: () => move(-1),
    async takePhoto(file, { name, source }) {
      dropPhoto();
      const opened = await open(file);
      if (!opened.ok) return store.setState({ unreadable: opened.failure });
      // A second file may have been opened meanwhile: the last one counts.
      dropPhoto();
      image = opened.value.image;
      const from = opened.value.from === 'photo' ? source : opened.value.from;
      store.setState({ photo: { name, url: URL.createObjectURL(image), source: from } });
    },
    removePhoto: dropPhoto,
    async check(card) {
      if (!image) return;
      underWay?.abort();
      const controller = new AbortController();
      underWay = controller;
      const mine = () => underWay === controller;
      const onProgress = (progress: Progress | null) =>
        mine() && store.setState({ run: { state: 'running', progress } });

      onProgress(null);
      const metadata = metadataFromAnswers(store.getState().answers);
      const result = await runAnalysis(
        services,
        image,
        { packageId: card.id, metadata },
        { signal: controller.signal, onProgress },
      );
      if (!mine()) return;
      underWay = null;
      store.setState({ run: endedRun(result) });
      if (result.ok || isRefused(result.failure)) store.setState({ step: 'answer' });
    },
    cancel(card) {
      underWay?.abort();
      services.runtime.cancelLoad(card.id);
    },
    image: () => image,
    forget() {
      dropPhoto();
      store.setState(blank);
    },
  };
}

/** The quality gate refused the photo: a finding, not a fault. */
export const isRefused = (failure: Failure): boolean => failureKind(failure) === 'photo';
