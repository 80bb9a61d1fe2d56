import type { Analysis } from '../core/analysis';
import { failure, type Result } from '../core/failure';
import type {
  AnalyseAllRequest,
  AnalyseRequest,
  Engine,
  PackageAnswer,
  Photo,
  Progress,
  ProvisionalAnswer,
} from '../engine/engine';
import { failureKind } from './failure-kind';
import { loadPackage, type RunOptions } from './load-package';
import type { Runtime } from './runtime';

/** What a run needs: the engine, and what the page knows of it. */
export interface AnalysisServices {
  engine: Engine;
  runtime: Runtime;
}

export interface RunAllOptions extends RunOptions {
  /** Gets each answer as soon as it is known. A package that does not load fails before the others answer. */
  onAnswer?: (answer: PackageAnswer) => void;
  /** Gets what a package answers before the outline, with a request that has `answerFirst`. */
  onProvisional?: (answer: ProvisionalAnswer) => void;
}

/**
 * Runs one photo through several packages: loads those that are not loaded, analyses, and looks again at the
 * back end if the run may have moved it. Answers for every package, judged by the calibrations of this site
 * that are kept unless the request has its own. Every screen that wants an analysis comes this way.
 */
export async function runAnalyses(
  { engine, runtime }: AnalysisServices,
  photo: Photo,
  { packageIds, ...request }: AnalyseAllRequest,
  { signal, onProgress = () => {}, onAnswer = () => {}, onProvisional = () => {} }: RunAllOptions = {},
): Promise<PackageAnswer[]> {
  const answers = new Map<string, Result<Analysis>>();
  const finish = (packageId: string, answer: Result<Analysis>) => {
    answers.set(packageId, answer);
    onAnswer({ packageId, answer });
  };
  for (const packageId of packageIds) {
    const failed = await loadPackage(runtime, packageId, { signal, onProgress });
    if (failed) finish(packageId, { ok: false, failure: failed });
  }
  const kept = runtime.siteCalibrations.store.getState();
  const asked = { ...(Object.keys(kept).length > 0 && { siteCalibrations: kept }), ...request };
  const loaded = packageIds.filter((id) => !answers.has(id));
  const [only] = loaded;
  const call = {
    signal,
    onProgress({ provisional, ...progress }: Progress) {
      if (provisional) onProvisional(provisional);
      onProgress(progress);
    },
  };
  onProgress(null);
  if (signal?.aborted) for (const id of loaded) finish(id, failure('cancelled'));
  else if (only !== undefined && loaded.length === 1)
    finish(only, await engine.analyse(photo, { ...asked, packageId: only }, call));
  else if (only !== undefined) {
    const all = await engine.analyseAll(photo, { ...asked, packageIds: loaded }, call);
    for (const id of loaded)
      finish(id, all.ok ? resultOf(all.value.find(({ packageId }) => packageId === id)) : all);
  }
  if ([...answers.values()].some((answer) => mayHaveMoved(runtime, answer))) void runtime.refreshBackend();
  return [...answers].map(([packageId, answer]) => ({ packageId, answer }));
}

/** Runs one photo through one package. */
export async function runAnalysis(
  services: AnalysisServices,
  photo: Photo,
  { packageId, ...request }: AnalyseRequest,
  options: Omit<RunAllOptions, 'onAnswer'> = {},
): Promise<Result<Analysis>> {
  const [only] = await runAnalyses(services, photo, { ...request, packageIds: [packageId] }, options);
  return resultOf(only);
}

const resultOf = (answer: PackageAnswer | undefined): Result<Analysis> =>
  answer?.answer ?? failure('internal', { reason: 'the engine left a package out' });

/**
 * Whether the engine may run on another back end than the page shows: a fault can move it, and an answer
 * names its own.
 */
function mayHaveMoved(runtime: Runtime, answer: Result<Analysis>): boolean {
  if (!answer.ok) return !['cancelled', 'photo'].includes(failureKind(answer.failure));
  const { backend } = runtime.store.getState();
  return backend.state === 'ready' && backend.value.name !== answer.value.provenance.backend;
}
