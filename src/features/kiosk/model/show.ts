import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../../core/card/card';
import type { Machine } from '../../../runtime/machine';
import type { Run } from '../../../runtime/run';
import type { Recovery } from './recovery';
import type { FoundSamples, Sample } from './samples';

/** A sample on show, with the answer that the engine really gave for it. Plain data; its picture is kept behind `url`. */
export interface Exhibit extends Pick<Sample, 'id' | 'title' | 'credit' | 'synthetic'> {
  url: string;
  run: Run;
}

/** What a visitor looks into: a sample run anew, or a frame of the camera. */
export interface Trial {
  /** Null: a frame of the camera. */
  exhibitId: string | null;
  url: string;
  synthetic: boolean;
  run: Run;
}

export interface ShowState {
  exhibits: readonly Exhibit[];
  /** Why the host's samples are not there. */
  failure: FoundSamples['failure'];
  /** Every exhibit has its answer, or a failure: nothing more is to be fetched. */
  open: boolean;
  trial: Trial | null;
}

export interface Show {
  store: StoreApi<ShowState>;
  /** Puts samples on show and asks one package of each. A show that was open before is closed. */
  open(find: () => Promise<FoundSamples>, card: Card | null): Promise<void>;
  /** Runs an exhibit anew, in front of the visitor. */
  tryExhibit(id: string, card: Card): Promise<void>;
  /** Runs a frame of the camera. It is kept until it is forgotten. */
  tryFrame(frame: Blob, card: Card): Promise<void>;
  /** Ends the visitor's trial and lets go of its picture. */
  forget(): void;
  /** Lets go of everything. */
  close(): void;
}

const nothing: ShowState = { exhibits: [], failure: null, open: false, trial: null };

export function createShow(machine: Machine, recovery: Recovery): Show {
  const store = createStore<ShowState>(() => nothing);
  const pictures = new Map<string, Blob>();
  /** The newest show and the newest trial: what an older one finds out comes too late. */
  let showing = new AbortController();
  let trying = new AbortController();

  const setRun = (id: string, run: Run) =>
    store.setState(({ exhibits }) => ({
      exhibits: exhibits.map((one) => (one.id === id ? { ...one, run } : one)),
    }));

  async function run(
    picture: Blob,
    card: Card,
    { synthetic, signal, onRun }: { synthetic: boolean; signal: AbortSignal; onRun: (run: Run) => void },
  ): Promise<void> {
    const tell = (run: Run) => !signal.aborted && onRun(run);
    const loaded = await machine.load(card.id);
    if (signal.aborted) return;
    const result = loaded.ok
      ? await recovery.analyse(
          picture,
          // A picture that a program drew is no photo: the gate need not like it.
          { packageId: card.id, overruleGate: synthetic },
          { signal, onProgress: (progress) => tell({ state: 'running', progress }) },
        )
      : loaded;
    tell(
      result.ok ? { state: 'done', analysis: result.value } : { state: 'failed', failure: result.failure },
    );
  }

  function forget(): void {
    trying.abort();
    const { trial } = store.getState();
    // An exhibit's picture stays: it is the host's.
    if (trial && trial.exhibitId === null) URL.revokeObjectURL(trial.url);
    if (trial) store.setState({ trial: null });
  }

  function close(): void {
    showing.abort();
    forget();
    for (const { url } of store.getState().exhibits) URL.revokeObjectURL(url);
    pictures.clear();
    store.setState(nothing);
  }

  async function startTrial(picture: Blob, about: Omit<Trial, 'run'>, card: Card): Promise<void> {
    forget();
    trying = new AbortController();
    store.setState({ trial: { ...about, run: { state: 'running', progress: null } } });
    await run(picture, card, {
      synthetic: about.synthetic,
      signal: trying.signal,
      onRun: (run) => store.setState(({ trial }) => ({ trial: trial && { ...trial, run } })),
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
        exhibits: samples.map(({ id, title, credit, synthetic, picture }) => ({
          ...{ id, title, credit, synthetic },
          url: URL.createObjectURL(picture),
          run: { state: 'running', progress: null },
        })),
      });
      for (const { id, picture, synthetic } of card ? samples : []) {
        if (card) await run(picture, card, { synthetic, signal, onRun: (run) => setRun(id, run) });
        if (signal.aborted) return;
      }
      store.setState({ open: true });
    },
    async tryExhibit(id, card) {
      const exhibit = store.getState().exhibits.find((one) => one.id === id);
      const picture = pictures.get(id);
      if (!exhibit || !picture) return;
      const { url, synthetic } = exhibit;
      await startTrial(picture, { exhibitId: id, url, synthetic }, card);
    },
    async tryFrame(frame, card) {
      await startTrial(frame, { exhibitId: null, url: URL.createObjectURL(frame), synthetic: false }, card);
    },
    forget,
    close,
  };
}
