import { type GraphModel, loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Card } from '../../core/card/card';
import type { Backends } from '../backend/backends';
import { heldBytes } from '../backend/held';
import type { BackendStatus, BenchmarkRequest, BenchmarkResult, SelfTest } from '../engine';
import { forward, type Values } from '../network';
import type { Catalogue } from '../package/catalogue';
import type { FileSource } from '../package/file-source';
import { timeDownload } from '../package/files';
import { goldenDifference, goldenInputs, rehearse } from '../package/golden';
import type { Packages } from '../package/packages';
import { goOnUnless } from '../refusal';
import type { Call } from './analyst';
import { asViews } from './views';

/** Passes made in any case: fewer say nothing of a median. */
const fewest = 3;

/** A package brought up for itself, apart from the loaded ones, to see whether it answers rightly here and how long it takes. */
export class Trial {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly packages: Packages,
    private readonly backends: Backends,
    private readonly source: FileSource,
  ) {}

  async selfTest(packageId: string, call: Call): Promise<SelfTest> {
    return this.with(packageId, call, async ({ card, model, backend }) => {
      call.onProgress({ stage: 'self-test', fraction: 0 });
      await this.backends.compile(() => rehearse(card, model));
      call.onProgress({ stage: 'self-test', fraction: 0.5 });
      const start = performance.now();
      const difference = await goldenDifference(card, model);
      const milliseconds = performance.now() - start;
      const { tolerance } = card.golden;
      return { backend, difference, tolerance, passed: difference <= tolerance, milliseconds };
    });
  }

  /** Throws `cancelled` between two passes. */
  async benchmark(request: BenchmarkRequest, call: Call): Promise<BenchmarkResult> {
    const { packageId, passes, patience } = request;
    const download = request.download ? await this.download(packageId, call) : null;
    return this.with(packageId, call, async ({ card, model, backend, bytes, load }) => {
      const inputs = goldenInputs(card);
      const outputs = Object.values(card.outputs);
      const start = performance.now();
      await this.backends.compile(() => rehearse(card, model));
      await forward(model, inputs, outputs);
      const first = performance.now() - start;

      const time = (of: Record<string, Values>, most: number, done: number, share: number) =>
        timePasses(
          () => forward(model, of, outputs),
          most,
          patience,
          call,
          (fraction) => call.onProgress({ stage: 'network', fraction: done + share * fraction }),
        );
      const steady = await time(inputs, passes, 0, 0.6);
      const batch = await this.batch(asViews(inputs), steady, patience, (views) => {
        return time(views, Math.ceil(passes / 4), 0.6, 0.4);
      });
      const memory = { weights: bytes, held: heldBytes() };
      return { packageId, backend, download, load, first, steady, batch, memory };
    });
  }

  /** Null where eight at once would take longer than a user waits, or do not fit into memory. */
  private async batch(
    views: Record<string, Values>,
    steady: number[],
    patience: number,
    time: (views: Record<string, Values>) => Promise<number[]>,
  ): Promise<BenchmarkResult['batch']> {
    const size = Object.values(views)[0]?.shape[0] ?? 1;
    if (size * Math.min(...steady) > patience) return null;
    const milliseconds = await time(views).catch((error: unknown) => {
      if (/memory|allocation/i.test(String(error))) return null;
      throw error;
    });
    return milliseconds && { size, milliseconds };
  }

  private async download(packageId: string, { signal, onProgress }: Call) {
    const card = await this.catalogue.find(packageId);
    onProgress({ stage: 'download', fraction: null });
    const { fetch } = await this.catalogue.sourceOf(card);
    const source = { ...this.source, fetch };
    return timeDownload(source, this.catalogue.folderOf(card), card.files, signal);
  }

  /** Loads a package on the back end in use, works with it and leaves nothing of it behind. */
  private async with<T>(
    packageId: string,
    call: Call,
    work: (trial: TrialPackage) => Promise<T>,
  ): Promise<T> {
    const card = await this.catalogue.find(packageId);
    const backend = await this.backends.use();
    // What has to be downloaded is downloaded before the clock starts.
    await this.packages.fetch(card, call.signal, call.onProgress);
    const start = performance.now();
    const { artifacts, bytes } = await this.packages.fetch(card, call.signal, () => {});
    goOnUnless(call.signal);
    return this.backends.guard(backend, async () => {
      call.onProgress({ stage: 'load', fraction: null });
      const model = await loadGraphModel(tf.io.fromMemory(artifacts));
      try {
        return await work({ card, model, backend, bytes, load: performance.now() - start });
      } finally {
        model.dispose();
      }
    });
  }
}

interface TrialPackage {
  card: Card;
  model: GraphModel;
  backend: BackendStatus;
  bytes: number;
  /** Milliseconds. */
  load: number;
}

/** Milliseconds of each pass, after one that is not counted. Throws `cancelled` between two. */
async function timePasses(
  pass: () => Promise<unknown>,
  most: number,
  patience: number,
  { signal }: Call,
  onFraction: (fraction: number) => void,
): Promise<number[]> {
  await pass();
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < fewest || (times.length < most && performance.now() - begun < patience)) {
    // Lets the worker hear of a cancel, which WASM's passes would leave no room for.
    await new Promise((resolve) => setTimeout(resolve));
    goOnUnless(signal);
    const start = performance.now();
    await pass();
    times.push(performance.now() - start);
    onFraction(Math.max(times.length / most, Math.min(1, (performance.now() - begun) / patience)));
  }
  return times;
}
