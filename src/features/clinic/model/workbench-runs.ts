import type { Analysis } from '../../../core/analysis';
import { failure, type Result } from '../../../core/failure';
import type { MetadataValues } from '../../../core/patient/metadata';
import type { AnalyseRequest, Engine, PackageAnswer, Progress } from '../../../engine/engine';
import { loadWithProgress } from '../../../runtime/load-with-progress';
import { answerOf, type Run } from '../../../runtime/run';
import type { Runtime } from '../../../runtime/runtime';
import { requestFor, type WorkbenchPhoto } from './workbench-photo';

export type AnalysisOptions = Omit<AnalyseRequest, 'packageId'>;

/** What is to be told of the patient in a photo; undefined where a package asks for nothing. */
export type MetadataFor = (photoId: string, packageId: string) => MetadataValues | undefined;

/** Where the photos are and where their answers go. */
export interface RunTarget {
  photoOf: (photoId: string) => WorkbenchPhoto | undefined;
  imageOf: (photoId: string) => Blob | undefined;
  setRun: (photoId: string, packageId: string, run: Run) => void;
}

/** Photos on their way through packages. */
export interface Runs {
  /**
   * Runs a photo through packages, loading them first; what is under way of the same photo and package is started anew. Several packages
   * share the photo's decoding and its mask.
   */
  start(photoId: string, packageIds: readonly string[], options: AnalysisOptions): Promise<void>;
  /** Waits in the background and has not begun. */
  waits(photoId: string, packageId: string): boolean;
  cancel(photoId: string, packageId: string): void;
  cancelAll(): void;
  /** Ends whatever runs of a photo that is going away; nobody hears of it. */
  drop(photoId: string): void;
}

export function createRuns(
  engine: Engine,
  runtime: Runtime,
  { photoOf, imageOf, setRun }: RunTarget,
  metadataFor: MetadataFor,
): Runs {
  const underWay = new Map<string, AbortController>();
  const behind = new Set<string>();

  async function start(
    photoId: string,
    packageIds: readonly string[],
    options: AnalysisOptions,
  ): Promise<void> {
    const image = imageOf(photoId);
    const photo = photoOf(photoId);
    if (!image || !photo || packageIds.length === 0) return;
    const controller = new AbortController();
    for (const id of packageIds) {
      const key = runKey(photoId, id);
      underWay.get(key)?.abort();
      underWay.set(key, controller);
      if (options.background) behind.add(key);
      else behind.delete(key);
      setRun(photoId, id, { state: 'running', progress: null, previous: answerOf(photo.runs[id]) });
    }
    const mine = (id: string) => underWay.get(runKey(photoId, id)) === controller;
    const report = (progress: Progress | null) => {
      for (const id of packageIds.filter(mine)) {
        setRun(photoId, id, { state: 'running', progress, previous: answerOf(photoOf(photoId)?.runs[id]) });
      }
    };
    const finish = (id: string, result: Result<Analysis>) => {
      if (!mine(id)) return;
      underWay.delete(runKey(photoId, id));
      setRun(photoId, id, ended(result));
    };

    const ready: string[] = [];
    for (const id of packageIds) {
      const loaded = await loadFor(id, controller.signal, report);
      if (loaded.ok) ready.push(id);
      else finish(id, loaded);
    }
    const wanted = ready.filter(mine);
    report(null);
    // The photo went away meanwhile, or was asked for anew; the package stays loaded for the next one.
    if (wanted.length > 0) {
      const request = { ...requestFor(photo), ...options };
      const call = { signal: controller.signal, onProgress: report };
      for (const { packageId, answer } of await answers(photoId, image, wanted, request, call)) {
        finish(packageId, answer);
      }
    }
    const failed = packageIds.map((id) => photoOf(photoId)?.runs[id]).some((run) => run?.state === 'failed');
    if (failed) await runtime.refreshBackend();
  }

  /** Packages that are told the same go together, and share the photo's decoding and its mask. */
  async function answers(
    photoId: string,
    image: Blob,
    packageIds: readonly string[],
    request: AnalysisOptions,
    call: { signal: AbortSignal; onProgress: (progress: Progress) => void },
  ): Promise<PackageAnswer[]> {
    const metadata = Object.assign({}, ...packageIds.map((id) => metadataFor(photoId, id)));
    const withMetadata = { ...request, ...(Object.keys(metadata).length > 0 && { metadata }) };
    const [only] = packageIds;
    if (only !== undefined && packageIds.length === 1) {
      return [
        { packageId: only, answer: await engine.analyse(image, { ...withMetadata, packageId: only }, call) },
      ];
    }
    const all = await engine.analyseAll(image, { ...withMetadata, packageIds: [...packageIds] }, call);
    return all.ok ? all.value : packageIds.map((packageId) => ({ packageId, answer: all }));
  }

  /** Loads a package. Giving up leaves the load to others who wait for it. */
  async function loadFor(id: string, signal: AbortSignal, onProgress: (progress: Progress | null) => void) {
    const aborted = new Promise<ReturnType<typeof failure>>((resolve) => {
      signal.addEventListener('abort', () => resolve(failure('cancelled')), { once: true });
    });
    const loaded = loadWithProgress(runtime, id, (progress) => !signal.aborted && onProgress(progress));
    return Promise.race([loaded, aborted]);
  }

  function cancel(photoId: string, packageId: string): void {
    const key = runKey(photoId, packageId);
    const controller = underWay.get(key);
    if (!controller) return;
    controller.abort();
    const others = [...underWay].some(
      ([other, { signal }]) => other.endsWith(` ${packageId}`) && !signal.aborted,
    );
    if (!others) runtime.cancelLoad(packageId);
  }

  return {
    start,
    waits(photoId, packageId) {
      const run = photoOf(photoId)?.runs[packageId];
      return behind.has(runKey(photoId, packageId)) && run?.state === 'running' && run.progress === null;
    },
    cancel,
    cancelAll() {
      for (const key of [...underWay.keys()]) {
        const [photoId = '', packageId = ''] = key.split(' ');
        cancel(photoId, packageId);
      }
    },
    drop(photoId) {
      for (const [key, controller] of underWay) {
        if (!key.startsWith(`${photoId} `)) continue;
        controller.abort();
        underWay.delete(key);
      }
    },
  };
}

const runKey = (photoId: string, packageId: string) => `${photoId} ${packageId}`;
const ended = (result: Result<Analysis>): Run =>
  result.ok ? { state: 'done', analysis: result.value } : { state: 'failed', failure: result.failure };
