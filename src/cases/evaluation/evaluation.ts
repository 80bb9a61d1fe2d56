import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../../core/card';
import type { EvaluationMeasured, ImageAnswer } from '../../core/evaluation/measured';
import { type Failure, failure } from '../../core/failure';
import type { Engine } from '../../engine/engine';
import type { Machine } from '../machine';
import type { EvaluationArchive } from './archive';
import { ask } from './ask';
import { type Draft, emptyDraft, judgedModel, planOf, withFolder, withTable } from './draft';
import { type Folder, folderOfHandle, mayRead } from './folder';
import type { Measure } from './measure';
import { refold } from './refold';
import { type EvaluationRun, newRun } from './run';

export interface EvaluationState {
  draft: Draft;
  /** The run on show; null while one is set up. */
  run: EvaluationRun | null;
  activity: 'idle' | 'running' | 'pausing' | 'measuring';
  /** Images answered without a failure a minute, over the last ones; null until it is known. */
  perMinute: number | null;
  /** Images that some model could not answer. */
  failed: number;
  /** The folder is not at hand: to go on, or to look at images, it must be given again. */
  folderMissing: boolean;
  /** What stopped the run though it was not asked to, or why a folder will not do. */
  trouble: Failure | null;
  /** Of the run on show, as far as it got. */
  measured: EvaluationMeasured | null;
  answers: ReadonlyMap<string, ImageAnswer>;
  /** All runs that are kept here, the newest first. */
  earlier: readonly EvaluationRun[];
}

/** Models judged on the user's own folder. It goes on behind other screens, and after a reload from where it was. */
export interface Evaluation {
  store: StoreApi<EvaluationState>;
  /** Reads what is kept; once is enough. */
  survey(): Promise<void>;
  /** Changes the draft. */
  draft(change: Partial<Draft>): void;
  chooseFolder(folder: Folder): Promise<void>;
  chooseTable(file: File): Promise<void>;
  /** Starts what the draft says. */
  start(cards: readonly Card[]): Promise<void>;
  /** After the image that is being asked about. */
  pause(): void;
  /** Goes on; opens the folder again where the browser can. Call it from a press of the user's. */
  resume(): Promise<void>;
  /** Gives the folder of the run on show again. */
  giveFolder(folder: Folder): Promise<void>;
  /** Ends the run for good; what was answered stays. */
  cancel(): Promise<void>;
  /** Asks once more about the images that failed. */
  retryFailed(): Promise<void>;
  show(runId: string): Promise<void>;
  /** Back to setting up; a run that is under way goes on. */
  leave(): void;
  /** Takes a run and its answers off this browser. */
  remove(runId: string): Promise<void>;
  /** A file of the run on show; null where the folder is not at hand or has it no more. */
  image(path: string): Promise<File | null>;
}

export interface EvaluationOptions {
  engine: Engine;
  machine: Machine;
  archive: EvaluationArchive;
  measure: Measure;
  now?: () => number;
}

/** Images over which the rate is taken. */
const rateOver = 20;

export function createEvaluation({
  engine,
  machine,
  archive,
  measure,
  now = () => performance.now(),
}: EvaluationOptions): Evaluation {
  const nothing = {
    run: null,
    activity: 'idle',
    perMinute: null,
    failed: 0,
    folderMissing: false,
    trouble: null,
    measured: null,
    answers: new Map<string, ImageAnswer>(),
  } as const;
  const store = createStore<EvaluationState>(() => ({ ...nothing, draft: emptyDraft, earlier: [] }));
  const { getState: get, setState: set } = store;
  /** Of the draft. */
  let chosen: Folder | null = null;
  /** Of the run on show. */
  let folder: Folder | null = null;
  let control: AbortController | null = null;

  async function keep(run: EvaluationRun): Promise<void> {
    set(({ earlier }) => ({
      run,
      earlier: [run, ...earlier.filter(({ id }) => id !== run.id)].sort((a, b) =>
        a.createdAt < b.createdAt ? 1 : -1,
      ),
    }));
    await archive.putRun(run);
  }

  async function work(): Promise<void> {
    const first = get().run;
    if (!first || !folder || get().activity !== 'idle') return;
    const controller = new AbortController();
    control = controller;
    set({ activity: 'running', trouble: null, measured: null, perMinute: null });
    const answers = new Map(get().answers);
    const packageIds = first.models.map(({ packageId }) => packageId);
    const trouble = await load(packageIds);
    const cards = machine.store.getState().cards;
    const fusion =
      cards.state === 'here' &&
      cards.value.some(({ id, task }) => packageIds.includes(id) && task === 'fusion');
    const wish = { packageIds, segment: fusion || first.outlines, outlines: first.outlines };
    let run = first;
    let stopped: Failure | null = trouble;
    const times = [now()];
    for (const image of stopped ? [] : first.images) {
      if (answers.has(image.path)) continue;
      if (controller.signal.aborted || get().activity === 'pausing') break;
      const asked = await ask(engine, folder, image, wish, controller.signal);
      if (controller.signal.aborted) break;
      if (asked.trouble) {
        stopped = asked.trouble;
        break;
      }
      answers.set(image.path, asked.answer);
      run = { ...run, provenance: { ...run.provenance, ...asked.provenance }, done: answers.size };
      await archive.putAnswer(run, asked.answer);
      times.push(now());
      if (times.length > rateOver + 1) times.shift();
      const minutes = ((times.at(-1) as number) - (times[0] as number)) / 60_000;
      set(({ failed }) => ({
        run,
        perMinute: (times.length - 1) / minutes,
        failed: failed + Number(hasFailed(asked.answer)),
      }));
    }
    if (control !== controller) return;
    control = null;
    const done = answers.size === run.images.length;
    const state = controller.signal.aborted ? 'cancelled' : done ? 'done' : 'paused';
    await keep({ ...run, state });
    set({ activity: 'idle', answers, trouble: stopped });
    await judge();
    await machine.recheck();
  }

  async function load(packageIds: readonly string[]): Promise<Failure | null> {
    for (const id of packageIds) {
      const loaded = await machine.load(id);
      if (!loaded.ok) return loaded.failure;
    }
    return null;
  }

  async function judge(): Promise<void> {
    const { run, answers } = get();
    if (!run || answers.size === 0) return;
    const controller = new AbortController();
    control = controller;
    set({ activity: 'measuring' });
    try {
      const measured = await measure({ models: run.models, images: run.images, answers }, controller.signal);
      if (control === controller) set({ measured });
    } catch (error) {
      if (control === controller && !controller.signal.aborted)
        set({ trouble: failure('internal', { reason: String(error) }).failure });
    }
    if (control !== controller) return;
    control = null;
    set({ activity: 'idle' });
  }

  return {
    store,
    async survey() {
      set({ earlier: await archive.runs().catch(() => []) });
    },
    draft(change) {
      set(({ draft }) => ({ draft: { ...draft, ...change } }));
    },
    async chooseFolder(given) {
      chosen = given;
      const draft = await withFolder(get().draft, given);
      if (chosen === given) set({ draft });
    },
    async chooseTable(file) {
      const text = await file.text();
      set(({ draft }) => ({ draft: withTable(draft, file.name, text) }));
    },
    async start(cards) {
      const { draft } = get();
      const planned = planOf(draft);
      if (!planned || !chosen || get().activity !== 'idle') return;
      const labels = planned.labels.map(({ label }) => label);
      const models = draft.packageIds.flatMap((id) => {
        const card = cards.find((one) => one.id === id);
        return card ? [judgedModel(draft, card, labels)] : [];
      });
      const images = planned.images.filter(({ label }) => models.some((model) => model.labels[label]));
      const outlines =
        draft.outlines &&
        images.some(({ mask }) => mask !== null) &&
        cards.some(({ task }) => task === 'segmentation');
      const run = newRun({ name: draft.folder?.name ?? '', models, images, outlines });
      folder = chosen;
      set({ ...nothing, answers: new Map() });
      await keep(run);
      // A browser that cannot keep a handle asks for the folder again after a reload.
      if (chosen.handle) await archive.putHandle(run.id, chosen.handle).catch(() => undefined);
      await work();
    },
    pause() {
      if (get().activity === 'running') set({ activity: 'pausing' });
    },
    async resume() {
      const { run } = get();
      if (!run) return;
      if (!folder) {
        const handle = await archive.handle(run.id).catch(() => null);
        if (handle && (await mayRead(handle, true).catch(() => false))) {
          folder = refold(await folderOfHandle(handle), run.images).folder;
          set({ folderMissing: false });
        }
      }
      if (folder) await work();
      else set({ folderMissing: true });
    },
    async giveFolder(given) {
      const { run } = get();
      if (!run) return;
      const { folder: again, found } = refold(given, run.images);
      if (found === 0) {
        set({ trouble: failure('folder-other', { folder: given.name, wanted: run.name }).failure });
        return;
      }
      folder = again;
      set({ folderMissing: false, trouble: null });
      if (run.state === 'paused') await work();
    },
    async cancel() {
      const { run, activity } = get();
      if (!run) return;
      if (activity === 'running' || activity === 'pausing') control?.abort();
      else await keep({ ...run, state: 'cancelled' });
    },
    async retryFailed() {
      const { run, activity } = get();
      if (!run || activity !== 'idle') return;
      const answers = new Map([...get().answers].filter(([, answer]) => !hasFailed(answer)));
      await keep({ ...run, state: 'paused', done: answers.size });
      set({ answers, failed: 0 });
      await this.resume();
    },
    async show(runId) {
      const run = get().earlier.find(({ id }) => id === runId);
      // What is under way is on show as it is.
      if (!run || get().activity === 'running' || get().activity === 'pausing') return;
      control?.abort();
      control = null;
      folder = null;
      const answers = await archive.answers(runId);
      const failed = [...answers.values()].filter(hasFailed).length;
      set({ ...nothing, run: { ...run, done: answers.size }, answers, failed, folderMissing: true });
      const handle = await archive.handle(runId).catch(() => null);
      if (handle && (await mayRead(handle, false).catch(() => false))) {
        folder = refold(await folderOfHandle(handle), run.images).folder;
        set({ folderMissing: false });
      }
      await judge();
    },
    leave() {
      if (get().activity === 'running' || get().activity === 'pausing') return;
      control?.abort();
      control = null;
      folder = null;
      set({ ...nothing, answers: new Map() });
    },
    async remove(runId) {
      if (get().run?.id === runId) this.leave();
      if (get().run?.id === runId) return;
      await archive.remove(runId);
      set(({ earlier }) => ({ earlier: earlier.filter(({ id }) => id !== runId) }));
    },
    image: async (path) => folder?.open(path) ?? null,
  };
}

/** Whether some model could not answer, or the true outline could not be compared. */
export function hasFailed({ answers, maskFailure }: ImageAnswer): boolean {
  return maskFailure !== null || Object.values(answers).some(({ ok }) => !ok);
}
