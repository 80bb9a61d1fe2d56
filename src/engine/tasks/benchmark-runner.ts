import type { Card, NetworkCard } from '../../core/card/card';
import { joinedLogits } from '../../core/decision/panel';
import type { Backends } from '../backend/backends';
import { allocatedBytes } from '../backend/memory';
import type { BackendStatus, BenchmarkRequest, BenchmarkResult, SelfTest } from '../engine';
import { throwIfAborted } from '../engine-error';
import type { Network } from '../network';
import type { Catalogue } from '../package/catalogue';
import type { FileSource } from '../package/file-source';
import { timeDownload } from '../package/files';
import { goldenAnswer, goldenDifference, goldenInputs } from '../package/golden';
import { instantiate } from '../package/instantiate';
import type { Packages } from '../package/packages';
import { asMember, panelDifference, panelMembers } from '../package/panels';
import type { Values } from '../pass';
import { ownTurn } from '../priority-mutex';
import { asViews } from './augmentation';
import type { Call } from './on-package';

/** Passes made in any case: fewer say nothing of a median. */
const minPasses = 3;

/**
 * A package brought up for itself, apart from the loaded ones, to see whether it answers rightly here and how
 * long it takes.
 */
export class BenchmarkRunner {
  constructor(
    private readonly catalogue: Catalogue,
    private readonly packages: Packages,
    private readonly backends: Backends,
    private readonly source: FileSource,
  ) {}

  /** A panel's members answer one after the other, and their answers are joined. */
  async selfTest(packageId: string, call: Call): Promise<SelfTest> {
    const card = await this.catalogue.find(packageId);
    if (card.task !== 'panel') {
      const { answer, backend, milliseconds } = await this.goldenAnswer(card, call);
      return testedAs(card, answer, goldenDifference(card, answer), backend, milliseconds);
    }
    const answers = [];
    for (const member of await panelMembers(this.catalogue, card)) {
      answers.push(await asMember(card, member.id, () => this.goldenAnswer(member, call)));
    }
    const joined = joinedLogits(
      card.panel.members,
      answers.map(({ answer }) => answer),
    );
    const milliseconds = answers.reduce((sum, answer) => sum + answer.milliseconds, 0);
    const [{ backend }] = answers as [(typeof answers)[number]];
    return testedAs(card, joined, panelDifference(card, joined), backend, milliseconds);
  }

  private goldenAnswer({ id }: NetworkCard, call: Call) {
    return this.with(id, call, async ({ card, network, backend }) => {
      call.onProgress({ stage: 'self-test', fraction: null });
      const start = performance.now();
      const answer = await goldenAnswer(card, network);
      return { answer, backend, milliseconds: performance.now() - start };
    });
  }

  /** Throws `cancelled` between two passes. */
  async benchmark(request: BenchmarkRequest, call: Call): Promise<BenchmarkResult> {
    const { packageId, maxPasses, timeoutMs } = request;
    const download = request.download ? await this.download(packageId, call) : null;
    return this.with(packageId, call, async ({ card, network, backend, load }) => {
      network.recording = request.recorded ?? network.recording;
      const inputs = goldenInputs(card);
      const outputs = Object.values(card.outputs);
      call.onProgress({ stage: 'self-test', fraction: null });
      const loaded = performance.now();
      await network.forward(inputs, outputs);
      await network.record(inputs, outputs);
      const first = performance.now() - loaded;
      await network.forward(inputs, outputs);
      const afterWarmUp = performance.now() - loaded - first;

      const time = async (of: Record<string, Values>, maxPasses: number, done: number, share: number) => {
        // Not counted: a first pass of other shapes takes longer.
        await network.forward(of, outputs);
        await network.record(of, outputs);
        return timePasses(
          () => network.forward(of, outputs),
          maxPasses,
          timeoutMs,
          call,
          (fraction) => call.onProgress({ stage: 'network', fraction: done + share * fraction }),
        );
      };
      const steady = await time(inputs, maxPasses, 0, 0.6);
      const batch = await this.batch(asViews(inputs), steady, timeoutMs, (views) => {
        return time(views, Math.ceil(maxPasses / 4), 0.6, 0.4);
      });
      const memory = { weights: network.weightBytes, allocated: allocatedBytes() };
      return { packageId, backend, download, load, first, afterWarmUp, steady, batch, memory };
    });
  }

  /** Null where eight at once would take longer than a user waits, or do not fit into memory. */
  private async batch(
    views: Record<string, Values>,
    steady: number[],
    timeoutMs: number,
    time: (views: Record<string, Values>) => Promise<number[]>,
  ): Promise<BenchmarkResult['batch']> {
    const size = Object.values(views)[0]?.shape[0] ?? 1;
    if (size * Math.min(...steady) > timeoutMs) return null;
    const milliseconds = await time(views).catch((error: unknown) => {
      if (/memory|allocation/i.test(String(error))) return null;
      throw error;
    });
    return milliseconds && { size, milliseconds };
  }

  private async download(packageId: string, { signal, onProgress }: Call) {
    const card = await this.catalogue.network(packageId);
    onProgress({ stage: 'download', fraction: null });
    const { fetch } = await this.catalogue.sourceOf(card);
    const source = { ...this.source, fetch };
    return timeDownload(source, this.catalogue.folderOf(card), card.files, signal);
  }

  /** Loads a package on the back end in use, works with it and leaves nothing of it behind. */
  private async with<T>(
    packageId: string,
    call: Call,
    work: (benchmarked: BenchmarkedPackage) => Promise<T>,
  ): Promise<T> {
    const card = await this.catalogue.network(packageId);
    // What has to be downloaded is downloaded before the clock starts, and holds nobody up.
    const { turn = ownTurn } = call;
    await turn.stepOut(async () => (await this.packages.fetch(card, call.signal, call.onProgress)).whole);
    const backend = await this.backends.use();
    const start = performance.now();
    const stored = await this.packages.fetch(card, call.signal, () => {});
    throwIfAborted(call.signal);
    return this.backends.guard(backend, async () => {
      call.onProgress({ stage: 'load', fraction: null });
      const network = await instantiate(stored, this.backends.running, card);
      try {
        return await work({ card, backend, network, load: performance.now() - start });
      } finally {
        network.dispose();
      }
    });
  }
}

function testedAs(
  { golden: { tolerance } }: Card,
  answer: number[],
  difference: number,
  backend: BackendStatus,
  milliseconds: number,
) {
  return { backend, answer, difference, tolerance, passed: difference <= tolerance, milliseconds };
}

interface BenchmarkedPackage {
  card: NetworkCard;
  network: Network;
  backend: BackendStatus;
  /** Milliseconds. */
  load: number;
}

/** Milliseconds of each pass. Throws `cancelled` between two. */
async function timePasses(
  pass: () => Promise<unknown>,
  maxPasses: number,
  timeoutMs: number,
  { signal }: Call,
  onFraction: (fraction: number) => void,
): Promise<number[]> {
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < minPasses || (times.length < maxPasses && performance.now() - begun < timeoutMs)) {
    // Lets the worker hear of a cancel, which WASM's passes would leave no room for.
    await new Promise((resolve) => setTimeout(resolve));
    throwIfAborted(signal);
    const start = performance.now();
    await pass();
    times.push(performance.now() - start);
    onFraction(Math.max(times.length / maxPasses, Math.min(1, (performance.now() - begun) / timeoutMs)));
  }
  return times;
}
