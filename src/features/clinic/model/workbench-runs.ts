import type { Analysis } from '../../../core/analysis';
import type { Result } from '../../../core/failure';
import { type Square, sameSquare } from '../../../core/geometry';
import type { AnalyseRequest, Progress } from '../../../engine/engine';
import { answerOf, endedRun, type Run } from '../../../runtime/run';
import { type AnalysisServices, runAnalyses } from '../../../runtime/run-analysis';

export type AnalysisOptions = Omit<AnalyseRequest, 'packageId'>;

/** What packages run on: a photo, or a single lesion of it. */
interface RunSubject {
  photoId: string;
  /** The lesion's square; null for the photo as the user looks at it. */
  lesion: Square | null;
}

interface RunKey extends RunSubject {
  packageId: string;
}

/** Where the photos are and where their answers go. */
export interface RunTarget {
  /** A photo's bytes and what the engine is to do with them; null once the photo is gone. */
  requestFor: (subject: RunSubject) => { image: Blob; request: AnalysisOptions } | null;
  runOf: (key: RunKey) => Run | undefined;
  setRun: (key: RunKey, run: Run) => void;
}

/** Photos on their way through packages. */
export interface Runs {
  /**
   * Runs a photo through packages, which share its decoding and its mask. A run of the same key starts again.
   */
  start(subject: RunSubject, packageIds: readonly string[], options?: AnalysisOptions): Promise<void>;
  /** Whether a run waits in the background and has not begun. */
  waits(key: RunKey): boolean;
  /** Ends a run, which fails with "cancelled" beside the answer of before, and the load of its package if no other run waits for it. */
  cancel(key: RunKey): void;
  cancelAll(): void;
  /** Ends runs whose photo or lesion goes away. They write no result; their packages go on loading. */
  drop(which: (key: RunKey) => boolean): void;
}

interface RunningEntry {
  key: RunKey;
  controller: AbortController;
  background: boolean;
}

export function createRuns(services: AnalysisServices, { requestFor, runOf, setRun }: RunTarget): Runs {
  let running: readonly RunningEntry[] = [];
  const entryOf = (key: RunKey) => running.find((entry) => sameKey(entry.key, key));
  const leave = (gone: RunningEntry) => {
    running = running.filter((entry) => entry !== gone);
  };

  function enter(key: RunKey, controller: AbortController, background: boolean): RunningEntry {
    const before = entryOf(key);
    before?.controller.abort();
    if (before) leave(before);
    const entry = { key, controller, background };
    running = [...running, entry];
    return entry;
  }

  async function start(
    subject: RunSubject,
    packageIds: readonly string[],
    options: AnalysisOptions = {},
  ): Promise<void> {
    const wanted = requestFor(subject);
    if (!wanted || packageIds.length === 0) return;
    const controller = new AbortController();
    const entries = packageIds.map((packageId) =>
      enter({ ...subject, packageId }, controller, options.background ?? false),
    );
    const provisional = new Map<string, Analysis>();
    const onProgress = (progress: Progress | null) => {
      for (const { key } of entries.filter((entry) => running.includes(entry))) {
        const first = provisional.get(key.packageId);
        const previous = answerOf(runOf(key));
        setRun(key, { state: 'running', progress, previous, ...(first && { provisional: first }) });
      }
    };
    const finish = (packageId: string, result: Result<Analysis>) => {
      const entry = entries.find(({ key }) => key.packageId === packageId);
      // A newer run of the same key has taken its place, or its photo is gone.
      if (!entry || !running.includes(entry)) return;
      leave(entry);
      setRun(entry.key, endedRun(result, provisional.get(packageId), answerOf(runOf(entry.key))));
    };
    onProgress(null);
    await runAnalyses(
      services,
      wanted.image,
      {
        ...wanted.request,
        // Nobody waits for an answer in the background; an answer that is there already stays until the new
        // one.
        answerFirst: !options.background && entries.every(({ key }) => answerOf(runOf(key)) === null),
        ...options,
        packageIds: [...packageIds],
      },
      {
        signal: controller.signal,
        onProgress,
        onAnswer: ({ packageId, answer }) => finish(packageId, answer),
        onProvisional: ({ packageId, analysis }) => provisional.set(packageId, analysis),
      },
    );
  }

  function cancel(key: RunKey): void {
    const entry = entryOf(key);
    if (!entry) return;
    entry.controller.abort();
    const shared = running.some(
      (other) => other.key.packageId === key.packageId && !other.controller.signal.aborted,
    );
    if (!shared) services.runtime.cancelLoad(key.packageId);
  }

  return {
    start,
    waits(key) {
      const run = runOf(key);
      return entryOf(key)?.background === true && run?.state === 'running' && run.progress === null;
    },
    cancel,
    cancelAll() {
      for (const { key } of running) cancel(key);
    },
    drop(which) {
      for (const entry of running.filter(({ key }) => which(key))) {
        entry.controller.abort();
        leave(entry);
      }
    },
  };
}

function sameKey(a: RunKey, b: RunKey): boolean {
  const sameLesion = a.lesion && b.lesion ? sameSquare(a.lesion, b.lesion) : a.lesion === b.lesion;
  return a.photoId === b.photoId && a.packageId === b.packageId && sameLesion;
}
