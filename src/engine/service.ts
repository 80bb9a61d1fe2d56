import * as tf from '@tensorflow/tfjs-core';
import type { Analysis, BackendName } from '../core/analysis';
import type { Card } from '../core/card/card';
import type { Result } from '../core/failure';
import type { Pixels } from '../core/raster';
import { Backends, type Starters } from './backend/backends';
import type { GpuKind } from './backend/choice';
import { heldBytes, usedBytes } from './backend/held';
import type {
  AnalyseAllRequest,
  AnalyseRequest,
  BackendStatus,
  BenchmarkRequest,
  BenchmarkResult,
  FindLesionsRequest,
  LoadedPackage,
  OutlinedPhoto,
  PackageAnswer,
  PackageFile,
  Progress,
  SelfTest,
  Vitals,
} from './engine';
import { Catalogue } from './package/catalogue';
import type { FileSource } from './package/file-source';
import { discardPackage, keepPackage, keptPackages } from './package/keeping';
import { Packages, type ReadyPackage } from './package/packages';
import { goOnUnless, settle } from './refusal';
import type { CallId, OpenOptions, RemoteEngine } from './remote';
import type { RequestCount } from './requests';
import { Analyst, type Call } from './tasks/analyst';
import { Trial } from './tasks/trial';
import { Turns } from './turns';

/** What the service needs of its surroundings; the worker gives it the browser's, tests their own. */
export interface Surroundings {
  source: FileSource;
  starters: Starters;
  gpu: () => Promise<GpuKind>;
  decode: (photo: Blob) => Promise<Pixels>;
  requests: () => RequestCount;
}

/** The engine inside the worker. Calls that need the back end wait for one another, so that two never interleave on it. */
export class EngineService implements RemoteEngine {
  private readonly running = new Map<CallId, AbortController>();
  private readonly backends: Backends;
  private catalogue: Catalogue | null = null;
  private loaded: Packages | null = null;
  private report: (call: CallId, progress: Progress) => void = () => {};
  private readonly turns = new Turns();

  constructor(private readonly surroundings: Surroundings) {
    const { starters, gpu } = surroundings;
    this.backends = new Backends(starters, gpu, () => this.loaded?.forget());
  }

  open({ models, pinned }: OpenOptions, onProgress: (call: CallId, progress: Progress) => void): void {
    this.catalogue = new Catalogue(this.surroundings.source, new URL(models));
    this.loaded = new Packages(this.catalogue, this.surroundings.source, this.backends);
    this.report = onProgress;
    this.backends.pin(pinned);
  }

  cancel(call: CallId): void {
    this.running.get(call)?.abort();
  }

  ping(): void {}

  backend(call: CallId): Promise<Result<BackendStatus>> {
    return this.inTurn(call, () => this.backends.use());
  }

  pinBackend(call: CallId, name: BackendName | null): Promise<Result<BackendStatus>> {
    return this.inTurn(call, () => {
      this.backends.pin(name);
      return this.backends.use();
    });
  }

  packages(call: CallId): Promise<Result<Card[]>> {
    return this.atOnce(call, () => this.opened(this.catalogue).all());
  }

  load(call: CallId, packageId: string): Promise<Result<LoadedPackage>> {
    return this.inTurn(call, async ({ signal, onProgress }) => {
      const packages = this.opened(this.loaded);
      const before = packages.has(packageId);
      const ready = await packages.load(packageId, signal, onProgress);
      return { ...summaryOf(ready), ...(before ? { milliseconds: 0 } : {}) };
    });
  }

  kept(call: CallId): Promise<Result<string[]>> {
    return this.atOnce(call, () => keptPackages(this.surroundings.source, this.opened(this.catalogue)));
  }

  keep(call: CallId, packageId: string): Promise<Result<null>> {
    return this.atOnce(call, async ({ signal, onProgress }) => {
      await keepPackage(this.opened(this.catalogue), packageId, signal, onProgress);
      return null;
    });
  }

  discard(call: CallId, packageId: string): Promise<Result<null>> {
    return this.atOnce(call, async () => {
      await discardPackage(this.surroundings.source, this.opened(this.catalogue), packageId);
      return null;
    });
  }

  analyse(call: CallId, photo: Blob, request: AnalyseRequest): Promise<Result<Analysis>> {
    return this.led(call, photo, request, (analyst) => analyst.analyse(request.packageId));
  }

  analyseAll(call: CallId, photo: Blob, request: AnalyseAllRequest): Promise<Result<PackageAnswer[]>> {
    return this.led(call, photo, request, (analyst) => analyst.analyseAll(request.packageIds));
  }

  findLesions(call: CallId, photo: Blob, request: FindLesionsRequest): Promise<Result<OutlinedPhoto>> {
    return this.led(call, photo, request, (analyst) => analyst.findLesions());
  }

  release(call: CallId, packageId: string): Promise<Result<null>> {
    return this.inTurn(call, async () => {
      this.opened(this.loaded).release(packageId);
      return null;
    });
  }

  added(call: CallId): Promise<Result<string[]>> {
    return this.atOnce(call, () => this.opened(this.catalogue).addedIds());
  }

  addPackage(call: CallId, files: PackageFile[]): Promise<Result<Card>> {
    return this.inTurn(call, async () => {
      const card = await this.opened(this.catalogue).add(files);
      // An earlier one of this id is not the one that answers from now on.
      this.opened(this.loaded).release(card.id);
      return card;
    });
  }

  removePackage(call: CallId, packageId: string): Promise<Result<null>> {
    return this.inTurn(call, async () => {
      await this.opened(this.catalogue).remove(packageId);
      this.opened(this.loaded).release(packageId);
      return null;
    });
  }

  selfTest(call: CallId, packageId: string): Promise<Result<SelfTest>> {
    return this.inTurn(call, (about) => this.trial.selfTest(packageId, about));
  }

  benchmark(call: CallId, request: BenchmarkRequest): Promise<Result<BenchmarkResult>> {
    return this.inTurn(call, (about) => this.trial.benchmark(request, about));
  }

  vitals(call: CallId): Promise<Result<Vitals>> {
    return this.inTurn(call, async () => {
      await this.backends.use();
      const { numTensors, numBytes } = tf.memory();
      return {
        tensors: numTensors,
        bytes: numBytes,
        held: heldBytes(),
        used: usedBytes(),
        packages: this.opened(this.loaded).resident(),
        requests: this.surroundings.requests(),
      };
    });
  }

  /** One photo, led through by an analyst who leaves nothing of it behind. */
  private led<T>(
    id: CallId,
    photo: Blob,
    request: Omit<AnalyseRequest, 'packageId'>,
    ask: (analyst: Analyst) => Promise<T>,
  ): Promise<Result<T>> {
    return this.inTurn(
      id,
      async (call) => {
        const analyst = await this.analyst(photo, request, call);
        return ask(analyst).finally(() => analyst.close());
      },
      request.background,
    );
  }

  /** Decodes before any package is loaded, so that a file that is no photo is refused without a download. */
  private async analyst(photo: Blob, request: Omit<AnalyseRequest, 'packageId'>, call: Call) {
    call.onProgress({ stage: 'decode', fraction: null });
    const start = performance.now();
    const pixels = await this.surroundings.decode(photo);
    const decoded = performance.now() - start;
    goOnUnless(call.signal);
    const { backends } = this;
    const parts = { catalogue: this.opened(this.catalogue), packages: this.opened(this.loaded), backends };
    return new Analyst(parts, pixels, decoded, request, call);
  }

  /** After all calls before it; in the background, after every other call that waits. */
  private inTurn<T>(id: CallId, work: (call: Call) => Promise<T>, background?: boolean): Promise<Result<T>> {
    return this.atOnce(id, (call) =>
      this.turns.run(() => {
        goOnUnless(call.signal);
        return work(call);
      }, background),
    );
  }

  private async atOnce<T>(id: CallId, work: (call: Call) => Promise<T>): Promise<Result<T>> {
    const controller = new AbortController();
    this.running.set(id, controller);
    const onProgress = (progress: Progress) => this.report(id, progress);
    const answer = await settle(() => work({ signal: controller.signal, onProgress }));
    this.running.delete(id);
    return answer;
  }

  private get trial(): Trial {
    const { backends } = this;
    return new Trial(
      this.opened(this.catalogue),
      this.opened(this.loaded),
      backends,
      this.surroundings.source,
    );
  }

  private opened<T>(part: T | null): T {
    if (part === null) throw new Error('the engine was not opened');
    return part;
  }
}

function summaryOf({
  card,
  fromCache,
  kept,
  milliseconds,
  difference,
  remembered,
  backend,
}: ReadyPackage): LoadedPackage {
  const golden = { difference, tolerance: card.golden.tolerance, remembered };
  return { id: card.id, fromCache, kept, milliseconds, golden, backend };
}
