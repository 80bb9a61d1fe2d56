import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { endedRun, type Run } from '../../../runtime/run';
import type { Recovery } from './recovery';
import type { FoundSamples, Sample } from './samples';

/**
 * A sample on show, with the answer that the engine really gave for it. Plain data; its picture is kept
 * behind `url`.
 */
export interface DemoSample extends Pick<Sample, 'id' | 'title' | 'credit' | 'synthetic'> {
  url: string;
  run: Run;
}

/** What a visitor looks into: a sample run again, or a frame of the camera. */
interface DemoRun {
  /** Null: a frame of the camera. */
  sampleId: string | null;
  url: string;
  synthetic: boolean;
  /** The package that was asked. */
  packageId: string;
  run: Run;
}

export interface DemoGalleryState {
  samples: readonly DemoSample[];
  /** Why the host's samples are not there. */
  failure: FoundSamples['failure'];
  /** Every sample has its answer, or a failure: nothing more is to be fetched. */
  open: boolean;
  demoRun: DemoRun | null;
}

export interface DemoGallery {
  store: StoreApi<DemoGalleryState>;
  /** Puts samples on show and asks one package of each. A show that was open before is closed. */
  open(find: () => Promise<FoundSamples>, card: Card | null): Promise<void>;
  /** Runs a sample again, in front of the visitor. */
  trySample(id: string, card: Card): Promise<void>;
  /** Runs a frame of the camera. It is kept until it is forgotten. */
  tryFrame(frame: Blob, card: Card): Promise<void>;
  /** Ends the visitor's demo and frees its picture. */
  forget(): void;
  /** Lets go of everything. */
  close(): void;
}

const nothing: DemoGalleryState = { samples: [], failure: null, open: false, demoRun: null };

export function createDemoGallery(recovery: Recovery): DemoGallery {
  const store = createStore<DemoGalleryState>(() => nothing);
  const pictures = new Map<string, Blob>();
  /** The newest show and the newest trial: what an older one finds out comes too late. */
  let showing = new AbortController();
  let trying = new AbortController();

  const setRun = (id: string, run: Run) =>
    store.setState(({ samples }) => ({
      samples: samples.map((sample) => (sample.id === id ? { ...sample, run } : sample)),
    }));

  async function run(
    picture: Blob,
    card: Card,
    about: { synthetic: boolean; answerFirst: boolean; signal: AbortSignal; onRun: (run: Run) => void },
  ): Promise<void> {
    const { synthetic, answerFirst, signal, onRun } = about;
    let provisional: Analysis | null = null;
    const report = (run: Run) => !signal.aborted && onRun(run);
    const result = await recovery.analyse(
      picture,
      // A picture that a program drew is no photo: the gate need not like it.
      { packageId: card.id, overruleGate: synthetic, answerFirst },
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
    // An sample's picture stays: it is the host's.
    if (demoRun && demoRun.sampleId === null) URL.revokeObjectURL(demoRun.url);
    if (demoRun) store.setState({ demoRun: null });
  }

  function close(): void {
    showing.abort();
    forget();
    for (const { url } of store.getState().samples) URL.revokeObjectURL(url);
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
      const { samples, failure } = await find();
      if (signal.aborted) return;
      for (const { id, picture } of samples) pictures.set(id, picture);
      store.setState({
        failure,
        samples: samples.map(({ id, title, credit, synthetic, picture }) => ({
          ...{ id, title, credit, synthetic },
          url: URL.createObjectURL(picture),
          run: { state: 'running', progress: null },
        })),
      });
      for (const { id, picture, synthetic } of card ? samples : []) {
        const onRun = (run: Run) => setRun(id, run);
        if (card) await run(picture, card, { synthetic, answerFirst: false, signal, onRun });
        if (signal.aborted) return;
      }
      store.setState({ open: true });
    },
    async trySample(id, card) {
      const sample = store.getState().samples.find((sample) => sample.id === id);
      const picture = pictures.get(id);
      if (!sample || !picture) return;
      const { url, synthetic } = sample;
      await startDemoRun(picture, { sampleId: id, url, synthetic }, card);
    },
    async tryFrame(frame, card) {
      await startDemoRun(frame, { sampleId: null, url: URL.createObjectURL(frame), synthetic: false }, card);
    },
    forget,
    close,
  };
}
