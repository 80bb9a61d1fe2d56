import * as tf from '@tensorflow/tfjs-core';
import type { BackendName } from '../core/analysis';
import type { Result } from '../core/failure';
import type { Pixels } from '../core/raster';
import { type BackendFactories, Backends, type FoundGpu } from './backend/backends';
import { allocatedBytes, bytesInUse } from './backend/memory';
import type {
  AnalyseAllRequest,
  AnalyseRequest,
  BenchmarkRequest,
  FindLesionsRequest,
  LoadedPackage,
  PackageFile,
  Photo,
  Progress,
} from './engine';
import { throwIfAborted, toResult } from './engine-error';
import { Catalogue } from './package/catalogue';
import type { FileSource } from './package/file-source';
import { Packages, type ReadyPackage } from './package/packages';
import { loadPanel, networksBehind } from './package/panels';
import { cachedPackages, evictPackage, prefetchPackage } from './package/prefetch';
import { TrialCache } from './package/trial-cache';
import { PriorityMutex } from './priority-mutex';
import type { CallId, OpenOptions, RemoteEngine } from './remote';
import type { RequestCount } from './requests';
import { AnalysisPipeline } from './tasks/analysis-pipeline';
import { BenchmarkRunner } from './tasks/benchmark-runner';
import type { Call } from './tasks/on-package';

/** What the service needs from outside: the worker gives it the browser's, tests give their own. */
export interface ServiceDependencies {
  source: FileSource;
  backendFactories: BackendFactories;
  gpu: () => Promise<FoundGpu>;
  decode: (photo: Photo) => Promise<Pixels>;
  requests: () => RequestCount;
}

/**
 * The engine inside the worker. Calls that need the back end wait for one another, so that two never
 * interleave on it; none waits for a download of another.
 */
export class EngineService implements RemoteEngine {
  private readonly running = new Map<CallId, AbortController>();
  private readonly backends: Backends;
  private source: FileSource;
  private catalogue: Catalogue | null = null;
  private loaded: Packages | null = null;
  private report: (call: CallId, progress: Progress) => void = () => {};
  private readonly mutex = new PriorityMutex();
  /**
   * Background calls among themselves: of a batch, only one photo at a time is decoded and waits for a
   * download.
   */
  private readonly batch = new PriorityMutex();

  constructor(private readonly dependencies: ServiceDependencies) {
    const { backendFactories, gpu, source } = dependencies;
    this.source = source;
    this.backends = new Backends(backendFactories, gpu, () => this.loaded?.releaseAll());
  }

  open(
    { models, pinned, trial = false }: OpenOptions,
    onProgress: (call: CallId, progress: Progress) => void,
  ): void {
    const { source } = this.dependencies;
    this.source = trial ? { ...source, cache: new TrialCache(source.cache) } : source;
    this.catalogue = new Catalogue(this.source, new URL(models));
    this.loaded = new Packages(this.catalogue, this.backends);
    this.report = onProgress;
    this.backends.pin(pinned);
  }

  cancel(call: CallId): void {
    this.running.get(call)?.abort();
  }

  ping(): void {}

  backend(call: CallId) {
    return this.exclusively(call, () => this.backends.use());
  }

  pinBackend(call: CallId, name: BackendName | null) {
    return this.exclusively(call, () => {
      this.backends.pin(name);
      return this.backends.use();
    });
  }

  packages(call: CallId) {
    return this.concurrently(call, () => this.opened(this.catalogue).refresh());
  }

  packageProblems(call: CallId) {
    return this.concurrently(call, () => this.opened(this.catalogue).problems());
  }

  load(call: CallId, packageId: string) {
    return this.exclusively(call, async ({ signal, onProgress, turn }) => {
      const packages = this.opened(this.loaded);
      const catalogue = this.opened(this.catalogue);
      const card = await catalogue.find(packageId);
      const networks = await networksBehind(catalogue, card);
      const before = networks.every(({ id }) => packages.has(id));
      const loaded =
        card.task === 'panel'
          ? await loadPanel({ catalogue, packages }, card, signal, onProgress, turn)
          : summaryOf(await packages.load(packageId, signal, onProgress, turn));
      return { ...loaded, ...(before ? { milliseconds: 0 } : {}) };
    });
  }

  cached(call: CallId) {
    return this.concurrently(call, () => cachedPackages(this.source, this.opened(this.catalogue)));
  }

  prefetch(call: CallId, packageId: string) {
    return this.concurrently(call, async ({ signal, onProgress }) => {
      await prefetchPackage(this.opened(this.catalogue), packageId, signal, onProgress);
      return null;
    });
  }

  evict(call: CallId, packageId: string) {
    return this.concurrently(call, async () => {
      await evictPackage(this.source, this.opened(this.catalogue), packageId);
      return null;
    });
  }

  analyse(call: CallId, photo: Photo, request: AnalyseRequest) {
    return this.withPipeline(call, photo, request, (pipeline) => pipeline.analyse(request.packageId));
  }

  analyseAll(call: CallId, photo: Photo, request: AnalyseAllRequest) {
    return this.withPipeline(call, photo, request, (pipeline) => pipeline.analyseAll(request.packageIds));
  }

  findLesions(call: CallId, photo: Photo, request: FindLesionsRequest) {
    return this.withPipeline(call, photo, request, (pipeline) => pipeline.findLesions());
  }

  release(call: CallId, packageId: string) {
    return this.exclusively(call, async () => {
      const card = await this.opened(this.catalogue).find(packageId);
      const ids = card.task === 'panel' ? card.panel.members.map(({ id }) => id) : [packageId];
      for (const id of ids) this.opened(this.loaded).release(id);
      return null;
    });
  }

  added(call: CallId) {
    return this.concurrently(call, () => this.opened(this.catalogue).addedIds());
  }

  addPackage(call: CallId, files: PackageFile[]) {
    return this.exclusively(call, async () => {
      const card = await this.opened(this.catalogue).add(files);
      // An earlier one of this id is not the one that answers from now on.
      this.opened(this.loaded).release(card.id);
      return card;
    });
  }

  removePackage(call: CallId, packageId: string) {
    return this.exclusively(call, async () => {
      await this.opened(this.catalogue).remove(packageId);
      this.opened(this.loaded).release(packageId);
      return null;
    });
  }

  selfTest(call: CallId, packageId: string) {
    return this.exclusively(call, (about) => this.benchmarkRunner.selfTest(packageId, about));
  }

  benchmark(call: CallId, request: BenchmarkRequest) {
    return this.exclusively(call, (about) => this.benchmarkRunner.benchmark(request, about));
  }

  diagnostics(call: CallId) {
    return this.exclusively(call, async () => {
      await this.backends.use();
      const { numTensors, numBytes } = tf.memory();
      return {
        tensors: numTensors,
        bytes: numBytes,
        allocated: allocatedBytes(),
        inUse: bytesInUse(),
        packages: this.opened(this.loaded).resident(),
        requests: this.dependencies.requests(),
      };
    });
  }

  /** Runs one photo through a pipeline, which frees everything at the end. */
  private withPipeline<T>(
    id: CallId,
    photo: Photo,
    request: Omit<AnalyseRequest, 'packageId'>,
    run: (pipeline: AnalysisPipeline) => Promise<T>,
  ): Promise<Result<T>> {
    return this.exclusively(
      id,
      async (call) => {
        const pipeline = await this.pipeline(photo, request, call);
        return run(pipeline).finally(() => pipeline.close());
      },
      request.background,
    );
  }

  /** Decodes before any package is loaded, so that a file that is no photo is refused without a download. */
  private async pipeline(photo: Photo, request: Omit<AnalyseRequest, 'packageId'>, call: Call) {
    call.onProgress({ stage: 'decode', fraction: null });
    const start = performance.now();
    const pixels = await this.dependencies.decode(photo);
    const decoded = performance.now() - start;
    throwIfAborted(call.signal);
    const { backends } = this;
    const parts = { catalogue: this.opened(this.catalogue), packages: this.opened(this.loaded), backends };
    return new AnalysisPipeline(parts, pixels, decoded, request, call);
  }

  /** After all calls before it; in the background, after every other call that waits. */
  private exclusively<T>(
    id: CallId,
    work: (call: Call) => Promise<T>,
    background?: boolean,
  ): Promise<Result<T>> {
    return this.concurrently(id, (call) => {
      const run = () =>
        this.mutex.run((turn) => {
          throwIfAborted(call.signal);
          return work({ ...call, turn });
        }, background);
      return background ? this.batch.run(run) : run();
    });
  }

  private async concurrently<T>(id: CallId, work: (call: Call) => Promise<T>): Promise<Result<T>> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const onProgress = (progress: Progress) => this.report(id, progress);
    const answer = await toResult(() => work({ signal: controller.signal, onProgress }));
    this.running.delete(id);
    return answer;
  }

  private get benchmarkRunner(): BenchmarkRunner {
    const { backends } = this;
    return new BenchmarkRunner(this.opened(this.catalogue), this.opened(this.loaded), backends, this.source);
  }

  private opened<T>(part: T | null): T {
    if (part === null) throw new Error('the engine was not opened');
    return part;
  }
}

function summaryOf({
  card,
  fromCache,
  cached,
  milliseconds,
  difference,
  backend,
}: ReadyPackage): LoadedPackage {
  const golden = { difference, tolerance: card.golden.tolerance };
  return { id: card.id, fromCache, cached, milliseconds, golden, backend };
}
