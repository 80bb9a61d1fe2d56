import { createStore } from 'zustand/vanilla';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { failure, success } from '../../../core/failure';
import type { Engine } from '../../../engine/engine';
import { type MaskReader, masksHere } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import type { Runtime } from '../../../runtime/runtime';
import type { EvaluationArchive } from './archive';
import { emptyDraft } from './draft';
import { createDrafting } from './drafting';
import type { Folder } from './folder';
import { inSlices } from './in-slices';
import type { Measure } from './measure';
import { noOtherTabs, type OtherTabs } from './other-tabs';
import { shownImage } from './outline';
import { createPartActions } from './part-actions';
import { beginRun } from './parts';
import { plannedRun } from './planned-run';
import { createPlanning } from './planning';
import { createRate } from './rate';
import { type ReadTable, readTableHere } from './read-table';
import { keptFolder, rebinding } from './rebind-folder';
import type { EvaluationRun } from './run';
import { runEvaluation } from './run-evaluation';
import { createRunKeeper } from './run-keeper';
import { say, saying } from './said';
import type { ReadSkin } from './skin-pixels';
import type { Evaluation, EvaluationState } from './state';
import { emptySummary, summing, withAnswer, withKept, withoutFailed } from './summary';

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
  /** Left out, this tab knows of no other. */
  otherTabs?: OtherTabs;
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
  otherTabs = noOtherTabs,
  now = () => performance.now(),
}: EvaluationOptions): Evaluation {
  const nothing = {
    run: null,
    activity: 'idle',
    measuredShare: null,
    perMinute: null,
    ...emptySummary,
    folderMissing: false,
    trouble: null,
    elsewhere: null,
    unreadableAnswers: 0,
    measured: null,
    answers: new Map<string, ImageAnswer>(),
  } as const;
  const store = createStore<EvaluationState>(() => ({
    ...nothing,
    draft: emptyDraft,
    readingTable: false,
    planned: null,
    planningShare: null,
    holds: null,
    notKept: null,
    earlier: [],
    unreadable: [],
  }));
  const { getState: get, setState: set } = store;
  const drafting = createDrafting(store, readTable);
  const planning = createPlanning(store);
  /** Of the run on show. */
  let folder: Folder | null = null;
  let control: AbortController | null = null;
  /** A part is being claimed. */
  let starting = false;
  /** Counts what is opened, left and begun: what was asked for before that is not shown any more. */
  let showing = 0;
  const keeper = createRunKeeper(store, archive, otherTabs.tell);

  async function work(): Promise<void> {
    const { run } = get();
    if (!run || !folder || get().activity !== 'idle') return;
    set({
      activity: 'running',
      trouble: null,
      measured: null,
      perMinute: null,
      elsewhere: null,
      unreadableAnswers: 0,
    });
    const controller = new AbortController();
    control = controller;
    const given = folder;
    const isAlone = await otherTabs.alone(run.id, () => answerAll(run, given, controller));
    if (isAlone || control !== controller) return;
    control = null;
    set({ activity: 'idle', elsewhere: 'answering' });
  }

  /** Asks about what has no answer yet, then measures. */
  async function answerAll(first: EvaluationRun, folder: Folder, controller: AbortController): Promise<void> {
    await keeper.saveIfMissing(first);
    // Another tab may have gone on with it since this one read it.
    const kept = await archive.answers(first.id).catch((error: unknown) => {
      say(store, error);
      return { answers: new Map<string, ImageAnswer>() };
    });
    const answers = await inSlices(withKept(get().answers, kept.answers));
    const rate = createRate(now);
    const { run, stopped, removed } = await runEvaluation({
      engine,
      runtime,
      open,
      masks,
      readSkin: readSkin ?? null,
      archive,
      folder,
      run: first,
      answers,
      signal: controller.signal,
      goesOn: () => get().activity === 'running',
      onAnswer: (run, answer) => set((before) => ({ run, perMinute: rate(), ...withAnswer(before, answer) })),
    });
    const summary = await inSlices(summing(run.images, answers));
    if (control !== controller) return;
    control = null;
    const done = answers.size === run.images.length;
    const state = controller.signal.aborted ? 'cancelled' : done ? 'done' : 'paused';
    await keeper.save({ ...run, state });
    if (removed) keeper.removed(run.id);
    set({ activity: 'idle', answers, ...summary, trouble: controller.signal.aborted ? null : stopped });
    await judge();
    await runtime.refreshBackend();
  }

  async function judge(): Promise<void> {
    const { run, answers } = get();
    if (!run || answers.size === 0) return;
    const controller = new AbortController();
    control = controller;
    set({ activity: 'measuring', measuredShare: null });
    const onShare = (measuredShare: number) => control === controller && set({ measuredShare });
    try {
      const input = { models: run.models, images: run.images, answers };
      const measured = await measure(input, controller.signal, onShare);
      if (control === controller) set({ measured });
    } catch (error) {
      if (control === controller && !controller.signal.aborted)
        set({ trouble: failure('internal', { reason: String(error) }).failure });
    }
    if (control !== controller) return;
    control = null;
    set({ activity: 'idle', measuredShare: null });
  }

  const refresh = async () => {
    const { runs, unreadable } = await archive.runs().catch(() => ({ runs: [], unreadable: [] }));
    set({ earlier: runs, unreadable });
  };
  otherTabs.onTold(() => void refresh());

  const evaluation: Evaluation = {
    store,
    refresh,
    ...drafting,
    ...createPartActions({
      archive,
      state: get,
      changed: () => {
        otherTabs.tell();
        return refresh();
      },
      show: (runId) => evaluation.show(runId),
    }),
    async start(cards) {
      const planned = get().planned ?? (await planning.settled());
      const { draft } = get();
      const given = drafting.folder();
      if (!planned || !given || starting || get().activity !== 'idle') return;
      starting = true;
      const run = await beginRun(archive, draft, plannedRun(draft, planned, cards), cards).finally(
        () => (starting = false),
      );
      // Another tab was faster: the next part is proposed.
      if (!run) return refresh();
      drafting.draft({ part: null });
      showing += 1;
      folder = given;
      set({ ...nothing, answers: new Map() });
      await keeper.begin(run);
      // A browser that cannot keep a handle asks for the folder again after a reload.
      if (given.handle) await archive.putHandle(run.id, given.handle).catch(() => undefined);
      await work();
    },
    pause() {
      if (get().activity === 'running') set({ activity: 'pausing' });
    },
    async resume() {
      const { run } = get();
      if (!run) return;
      if (!folder) {
        const again = await keptFolder(archive, run, true);
        if (again) {
          if (get().run?.id !== run.id) return;
          folder = again;
          set({ folderMissing: false });
        }
      }
      if (folder) await work();
      else set({ folderMissing: true });
    },
    async giveFolder(given) {
      const { run } = get();
      if (!run) return;
      const { folder: again, found } = await inSlices(rebinding(given, run.images));
      if (get().run?.id !== run.id) return;
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
      else await keeper.save({ ...run, state: 'cancelled' });
    },
    async retryFailed() {
      const { run, activity, answers: before } = get();
      if (!run || activity !== 'idle') return;
      const answers = await inSlices(withoutFailed(before));
      const summary = await inSlices(summing(run.images, answers));
      // Pressed twice, it has begun.
      if (get().answers !== before || get().activity !== 'idle') return;
      set({ answers, ...summary });
      await keeper.save({ ...run, state: 'paused', done: answers.size });
      await this.resume();
    },
    async show(runId) {
      const run = get().earlier.find(({ id }) => id === runId);
      // What is under way is on show as it is.
      if (!run || get().activity === 'running' || get().activity === 'pausing') return;
      control?.abort();
      control = null;
      folder = null;
      showing += 1;
      const mine = showing;
      const { answers, unreadable } = await archive.answers(runId);
      const summary = await inSlices(summing(run.images, answers));
      // Another was opened meanwhile, or begun.
      if (showing !== mine) return;
      // What cannot be read is asked about again.
      const state = run.state === 'done' && unreadable > 0 ? 'paused' : run.state;
      const shown = { ...run, state, done: answers.size };
      const opened = { run: shown, answers, unreadableAnswers: unreadable };
      set({ ...nothing, ...opened, ...summary, folderMissing: true });
      const again = await keptFolder(archive, run, false);
      if (again) {
        if (showing !== mine) return;
        folder = again;
        set({ folderMissing: false });
      }
      await judge();
    },
    leave() {
      if (get().activity === 'running' || get().activity === 'pausing') return;
      showing += 1;
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
      otherTabs.tell();
    },
    async image(path) {
      const mask = get().run?.images.find((image) => image.path === path)?.mask ?? null;
      return folder && shownImage(folder, { path, mask }, { open, masks });
    },
  };
  return saying(evaluation);
}
