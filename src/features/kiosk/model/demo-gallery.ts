import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { LesionPlace } from '../../../core/quality/guidance';
import { endedRun, type Run } from '../../../runtime/run';
import type { Recovery } from './recovery';
import type { FoundSamples, Sample } from './samples';

/**
 * A sample on show, with the answer that the engine really gave for it. Plain data; its picture is kept
 * behind `url`.
 */
export interface DemoSample extends Omit<Sample, 'picture'> {
  url: string;
  run: Run;
}

/** What a visitor looks into: a sample run again, or a frame of the camera. */
interface DemoRun {
  /** Null: a frame of the camera. */
  sampleId: string | null;
  /** Where the spot of a frame of the camera is; null for a sample. */
  spot: LesionPlace | null;
  url: string;
  synthetic: boolean;
  /** The package that was asked. */
  packageId: string;
  run: Run;
}

export interface DemoGalleryState {
  /** On show in the loop, and what a visitor picks from: the first of all. */
  samples: readonly DemoSample[];
  /** The others, for the round alone. They get their answers after the doors are open. */
  further: readonly DemoSample[];
  /** The package that answers for all of them; null as long as there is none. */
  packageId: string | null;
  /** How many more the host's list names than a kiosk takes. */
  leftOut: number;
  /** Why the host's samples are not there. */
  failure: FoundSamples['failure'];
  /** Every sample on show has its answer, or a failure: nothing more is to be fetched. */
  open: boolean;
  demoRun: DemoRun | null;
}

export interface DemoGallery {
  store: StoreApi<DemoGalleryState>;
  /**
   * Puts samples on show and asks one package of each; of those that are for the round alone it goes on asking
   * after that. A show that was open before is closed.
   */
  open(find: () => Promise<FoundSamples>, card: Card | null): Promise<void>;
  /** Runs a sample again, in front of the visitor. */
  trySample(id: string, card: Card): Promise<void>;
  /** Runs a frame of the camera. It is kept until it is forgotten. */
  tryFrame(frame: Blob, card: Card, spot: LesionPlace): Promise<void>;
  /** Ends the visitor's demo and frees its picture. */
  forget(): void;
  /** Lets go of everything. */
  close(): void;
}

const nothing: DemoGalleryState = {
  samples: [],
  further: [],
  packageId: null,
  leftOut: 0,
  failure: null,
  open: false,
  demoRun: null,
};

/** Samples that the loop shows: more would keep the doors shut for long. */
const shownSamples = 12;

/** Every sample, on show or for the round alone. */
export const allSamples = ({
  samples,
  further,
}: Pick<DemoGalleryState, 'samples' | 'further'>): readonly DemoSample[] => [...samples, ...further];

export function createDemoGallery(recovery: Recovery): DemoGallery {
  const store = createStore<DemoGalleryState>(() => nothing);
  const pictures = new Map<string, Blob>();
  /** The newest show and the newest trial: what an older one finds out comes too late. */
  let showing = new AbortController();
  let trying = new AbortController();

  const setRun = (id: string, run: Run) => {
    const withRun = (samples: readonly DemoSample[]) =>
      samples.map((sample) => (sample.id === id ? { ...sample, run } : sample));
    store.setState(({ samples, further }) => ({ samples: withRun(samples), further: withRun(further) }));
  };

  async function run(
    picture: Blob,
    card: Card,
    about: {
      synthetic: boolean;
      answerFirst: boolean;
      /** A visitor's picture goes first. */
      background?: boolean;
      signal: AbortSignal;
      onRun: (run: Run) => void;
    },
  ): Promise<void> {
    const { synthetic, answerFirst, background = false, signal, onRun } = about;
    let provisional: Analysis | null = null;
    const report = (run: Run) => !signal.aborted && onRun(run);
    const result = await recovery.analyse(
      picture,
      // A picture that a program drew is no photo: the gate need not like it.
      { packageId: card.id, overruleGate: synthetic, answerFirst, ...(background && { background }) },
      {
        signal,
        onProvisional: ({ analysis }) => {
          provisional = analysis;
        },
        onProgress: (progress) => report({ state: 'running', progress, provisional }),
      },
    );
    report(endedRun(result, provisional));
  }

  function forget(): void {
    trying.abort();
    const { demoRun } = store.getState();
    // A sample's picture stays: it is the host's.
    if (demoRun && demoRun.sampleId === null) URL.revokeObjectURL(demoRun.url);
    if (demoRun) store.setState({ demoRun: null });
  }

  function close(): void {
    showing.abort();
    forget();
    for (const { url } of allSamples(store.getState())) URL.revokeObjectURL(url);
    pictures.clear();
    store.setState(nothing);
  }

  async function startDemoRun(
    picture: Blob,
    about: Omit<DemoRun, 'run' | 'packageId'>,
    card: Card,
  ): Promise<void> {
    forget();
    trying = new AbortController();
    store.setState({
      demoRun: { ...about, packageId: card.id, run: { state: 'running', progress: null } },
    });
    await run(picture, card, {
      synthetic: about.synthetic,
      // A visitor waits for it.
      answerFirst: true,
      signal: trying.signal,
      onRun: (run) => store.setState(({ demoRun }) => ({ demoRun: demoRun && { ...demoRun, run } })),
    });
  }

  return {
    store,
    async open(find, card) {
      close();
      showing = new AbortController();
      const { signal } = showing;
      const { samples: found, leftOut, failure } = await find();
      if (signal.aborted) return;
      for (const { id, picture } of found) pictures.set(id, picture);
      const samples = found.map(
        ({ picture, ...sample }): DemoSample => ({
          ...sample,
          url: URL.createObjectURL(picture),
          run: { state: 'running', progress: null },
        }),
      );
      store.setState({
        ...{ failure, leftOut, packageId: card?.id ?? null },
        samples: samples.slice(0, shownSamples),
        further: samples.slice(shownSamples),
      });
      const ask = async (about: readonly Sample[], background: boolean) => {
        for (const { id, picture, synthetic } of card ? about : []) {
          const onRun = (run: Run) => setRun(id, run);
          if (card) await run(picture, card, { synthetic, answerFirst: false, background, signal, onRun });
          if (signal.aborted) return;
        }
      };
      await ask(found.slice(0, shownSamples), false);
      if (signal.aborted) return;
      store.setState({ open: true });
      void ask(found.slice(shownSamples), true);
    },
    async trySample(id, card) {
      const sample = allSamples(store.getState()).find((sample) => sample.id === id);
      const picture = pictures.get(id);
      if (!sample || !picture) return;
      const { url, synthetic } = sample;
      await startDemoRun(picture, { sampleId: id, spot: null, url, synthetic }, card);
    },
    async tryFrame(frame, card, spot) {
      const url = URL.createObjectURL(frame);
      await startDemoRun(frame, { sampleId: null, spot, url, synthetic: false }, card);
    },
    forget,
    close,
  };
}
