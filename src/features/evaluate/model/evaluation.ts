import { createStore } from 'zustand/vanilla';
import { hasFailed, type ImageAnswer } from '../../../core/evaluation/answer';
import { imagesToPredict } from '../../../core/evaluation/plan';
import { type Failure, failure, success } from '../../../core/failure';
import type { Engine } from '../../../engine/engine';
import { type MaskReader, masksHere } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import { loadPackage } from '../../../runtime/load-package';
import type { Runtime } from '../../../runtime/runtime';
import type { EvaluationArchive } from './archive';
import { chosenOf, emptyDraft, judgedModel, planOf, withFolder, withTable } from './draft';
import { type Folder, folderOfHandle, mayRead } from './folder';
import type { Measure } from './measure';
import { shownImage } from './outline';
import { createRate } from './rate';
import { createTableReading, type ReadTable, readTableHere } from './read-table';
import { rebindFolder } from './rebind-folder';
import { type EvaluationRun, newRun, packagesOf } from './run';
import { runEvaluation } from './run-evaluation';
import type { ReadSkin } from './skin-pixels';
import type { Evaluation, EvaluationState } from './state';

export interface EvaluationOptions {
  engine: Engine;
  runtime: Runtime;
  archive: EvaluationArchive;
  measure: Measure;
  /** Makes DICOM and HEIC files into pictures; left out, files are taken as they are. */
  open?: OpenPhoto;
  /** Left out, true outlines and tables are read on this thread. */
  masks?: MaskReader;
  /** Left out, no skin tone is measured. */
  readSkin?: ReadSkin;
  readTable?: ReadTable;
  now?: () => number;
}

export function createEvaluation({
  engine,
  runtime,
  archive,
  measure,
  open = async (file) => success({ image: file, from: 'photo', dicom: null }),
  masks = masksHere,
  readSkin,
  readTable = readTableHere,
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
  const store = createStore<EvaluationState>(() => ({
    ...nothing,
    draft: emptyDraft,
    readingTable: false,
    earlier: [],
  }));
  const { getState: get, setState: set } = store;
  /** Of the draft. */
  let chosen: Folder | null = null;
  /** Of the run on show. */
  let folder: Folder | null = null;
  let control: AbortController | null = null;
  const tables = createTableReading(readTable, (readingTable) => set({ readingTable }));

  async function saveRun(run: EvaluationRun): Promise<void> {
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
    const rate = createRate(now);
    const trouble = await load(packagesOf(first), controller.signal);
    const { run, stopped } = trouble
      ? { run: first, stopped: trouble }
      : await runEvaluation({
          engine,
          runtime,
          open,
          masks,
          readSkin: readSkin ?? null,
          archive,
          folder,
          run: first,
          answers,
          fusion: first.models.some(({ packageId }) => runtime.card(packageId)?.task === 'fusion'),
          signal: controller.signal,
          goesOn: () => get().activity === 'running',
          onAnswer: (run, answer) =>
            set(({ failed }) => ({
              run,
              perMinute: rate(),
              failed: failed + Number(hasFailed(answer)),
            })),
        });
    if (control !== controller) return;
    control = null;
    const done = answers.size === run.images.length;
    const state = controller.signal.aborted ? 'cancelled' : done ? 'done' : 'paused';
    await saveRun({ ...run, state });
    set({ activity: 'idle', answers, trouble: controller.signal.aborted ? null : stopped });
    await judge();
    await runtime.refreshBackend();
  }

  async function load(packageIds: readonly string[], signal: AbortSignal): Promise<Failure | null> {
    for (const id of packageIds) {
      const failed = await loadPackage(runtime, id, { signal });
      if (failed) return failed;
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
    async refresh() {
      set({ earlier: await archive.runs().catch(() => []) });
    },
    draft(change) {
      set(({ draft }) => ({ draft: { ...draft, ...change } }));
    },
    async chooseFolder(given) {
      chosen = given;
      const draft = await tables.only((read) => withFolder(get().draft, given, read));
      if (chosen === given && draft) set({ draft });
    },
    async chooseTable(file) {
      const table = await tables.only((read) => read(file));
      if (table) set(({ draft }) => ({ draft: withTable(draft, file.name, table) }));
    },
    cancelReading: tables.cancel,
    async start(cards) {
      const { draft } = get();
      const planned = planOf(draft);
      if (!planned || !chosen || get().activity !== 'idle') return;
      const labels = planned.labels.map(({ label }) => label);
      const { classifiers, segmenter } = chosenOf(draft, cards);
      const models = classifiers.map((card) => judgedModel(draft, card, labels));
      const images = imagesToPredict(
        planned,
        models.map((model) => model.labels),
        segmenter !== null,
      );
      const outlines =
        images.some(({ mask }) => mask !== null) &&
        (segmenter !== null || (draft.outlines && cards.some(({ task }) => task === 'segmentation')));
      const segmenterId = segmenter?.id ?? null;
      const run = newRun({ name: draft.folder?.name ?? '', models, images, outlines, segmenterId });
      folder = chosen;
      set({ ...nothing, answers: new Map() });
      await saveRun(run);
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
          folder = rebindFolder(await folderOfHandle(handle), run.images).folder;
          set({ folderMissing: false });
        }
      }
      if (folder) await work();
      else set({ folderMissing: true });
    },
    async giveFolder(given) {
      const { run } = get();
      if (!run) return;
      const { folder: again, found } = rebindFolder(given, run.images);
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
      else await saveRun({ ...run, state: 'cancelled' });
    },
    async retryFailed() {
      const { run, activity } = get();
      if (!run || activity !== 'idle') return;
      const answers = new Map([...get().answers].filter(([, answer]) => !hasFailed(answer)));
      await saveRun({ ...run, state: 'paused', done: answers.size });
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
        folder = rebindFolder(await folderOfHandle(handle), run.images).folder;
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
    async image(path) {
      const mask = get().run?.images.find((image) => image.path === path)?.mask ?? null;
      return folder && shownImage(folder, { path, mask }, { open, masks });
    },
  };
}
