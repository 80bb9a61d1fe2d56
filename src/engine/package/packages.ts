import type { NetworkCard } from '../../core/card/card';
import type { Backends } from '../backend/backends';
import type { BackendStatus, Progress } from '../engine';
import { EngineError, isOutOfMemory, messageOf, throwIfAborted } from '../engine-error';
import type { Network } from '../network';
import { ownTurn, type Turn } from '../priority-mutex';
import { Arrivals } from './arrivals';
import { type FetchedNetwork, fetchNetwork } from './artifacts';
import type { Catalogue } from './catalogue';
import { goldenAnswer, goldenDifference, goldenInputs } from './golden';
import { instantiate } from './instantiate';

/** A package whose network lies on the back end in use and answered the golden sample rightly. */
export interface ReadyPackage {
  card: NetworkCard;
  network: Network;
  /** Of all files together. */
  hash: string;
  fromCache: boolean;
  cached: boolean;
  /** On the golden sample, to what PyTorch answered. */
  difference: number;
  milliseconds: number;
  backend: BackendStatus;
}

/**
 * Room for all loaded packages together, their weights and recorded passes: two large ones and some small.
 */
const defaultBudget = 400 * 2 ** 20;

/** The packages that are loaded. They live and die with the back end: `forget` when it goes. */
export class Packages {
  /** The least recently used first. */
  private readonly ready = new Map<string, ReadyPackage>();
  private readonly arrivals = new Arrivals();

  constructor(
    private readonly catalogue: Catalogue,
    private readonly backends: Backends,
    /** Bytes; beyond it the least recently used packages are released. */
    private readonly budget = defaultBudget,
  ) {}

  /**
   * A package ready to run, at once where it is. While files are on their way, whoever else waits for the
   * engine goes first. Where the golden sample comes out wrong, the back end is given up and the next one
   * tried. Throws `golden-failed` where none is left or one is pinned, and the errors of the catalogue and of
   * `fetchNetwork`.
   */
  async load(
    id: string,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
    turn: Turn = ownTurn,
  ): Promise<ReadyPackage> {
    const start = performance.now();
    let stored: FetchedNetwork | null = null;
    let losses = 0;
    for (;;) {
      // Another call may have loaded it while this one stepped out.
      const there = this.ready.get(id);
      if (there) {
        this.ready.delete(id);
        this.ready.set(id, there);
        // What was recorded of its passes since takes room too.
        this.evictToBudget();
        return there;
      }
      const card = await this.catalogue.network(id);
      if (!stored) {
        const arriving = this.arrivals.join(id, signal, onProgress, (...options) =>
          this.fetch(card, ...options),
        );
        arriving.catch(() => {});
        stored = await Promise.race([arriving, turn.wanted().then(() => null)]);
        if (!stored) {
          stored = await turn.stepOut(() => wholly(arriving));
          continue;
        }
      }
      throwIfAborted(signal);
      const backend = await this.backends.use();
      const tested = await this.test(card, stored, backend, onProgress, turn);
      if (tested === 'postponed') {
        const { whole } = stored;
        await turn.stepOut(() => whole);
      } else if (tested instanceof EngineError) {
        // Once more on a new device, and where that is lost too on the next back end.
        losses += 1;
        if (losses > (this.backends.isPinned ? 1 : 2)) throw tested;
      } else if (tested !== null) {
        const { hash } = stored;
        const milliseconds = performance.now() - start;
        const ready = { card, hash, ...(await stored.whole), milliseconds, backend, ...tested };
        this.ready.set(id, ready);
        this.evictToBudget();
        return ready;
      }
    }
  }

  /** Verified, from this browser's storage where it is there. */
  async fetch(
    card: NetworkCard,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
  ): Promise<FetchedNetwork> {
    const source = await this.catalogue.sourceOf(card);
    return fetchNetwork(source, this.catalogue.folderOf(card), card, signal, onProgress);
  }

  /** Lets go of one; nothing to do where it is not loaded. */
  release(id: string): void {
    this.ready.get(id)?.network.dispose();
    this.ready.delete(id);
  }

  has(id: string): boolean {
    return this.ready.has(id);
  }

  /** Those that are loaded, the least recently used first; bytes of their weights and recorded passes. */
  resident(): { id: string; bytes: number }[] {
    return [...this.ready].map(([id, { network }]) => ({ id, bytes: network.bytes }));
  }

  /**
   * Never the last one, which is about to be used. A released package comes back from the cache when it is
   * wanted.
   */
  private evictToBudget(): void {
    let bytes = [...this.ready.values()].reduce((sum, { network }) => sum + network.bytes, 0);
    for (const [id, loaded] of [...this.ready].slice(0, -1)) {
      if (bytes <= this.budget) return;
      bytes -= loaded.network.bytes;
      this.release(id);
    }
  }

  /** Lets go of all of them. */
  releaseAll(): void {
    for (const { network } of this.ready.values()) network.dispose();
    this.ready.clear();
  }

  /**
   * The network on the back end in use; the failure where its device was lost; null where that back end
   * proved unfit and was given up; "postponed" where weights are still on their way and another call waits.
   */
  private async test(
    card: NetworkCard,
    stored: FetchedNetwork,
    backend: BackendStatus,
    onProgress: (progress: Progress) => void,
    turn: Turn,
  ): Promise<Tested | EngineError | 'postponed' | null> {
    const last = this.backends.isPinned || backend.name === 'wasm';
    try {
      const tested = await this.backends.guard(backend, () =>
        this.instantiate(card, stored, onProgress, turn),
      );
      const { difference } = tested;
      const { tolerance } = card.golden;
      if (difference <= tolerance) return tested;
      tested.network.dispose();
      const detail = { package: card.id, backend: backend.name, difference, tolerance };
      if (last) throw new EngineError('golden-failed', detail);
      this.backends.disableBackend('golden-wrong', { package: card.id, difference, tolerance });
    } catch (error) {
      if (error instanceof Postponed) return 'postponed';
      // A download that fails says nothing about the back end.
      await stored.whole;
      if (isLost(error)) return error;
      if (error instanceof EngineError) throw error;
      if (last) throw isOutOfMemory(error) ? error : doesNotRun(card, backend, error);
      this.backends.disableBackend('does-not-run', { package: card.id, reason: messageOf(error) });
    }
    return null;
  }

  /**
   * The golden sample is the first pass too, which takes several times as long as later ones: nobody's photo
   * has to.
   */
  private async instantiate(
    card: NetworkCard,
    stored: FetchedNetwork,
    onProgress: (progress: Progress) => void,
    turn: Turn,
  ): Promise<Tested> {
    const { running } = this.backends;
    const shards = { until: (end: number) => orPostponed(stored.shards.until(end), turn) };
    const network = await instantiate({ ...stored, shards }, running, card);
    try {
      onProgress({ stage: 'self-test', fraction: null });
      const difference = goldenDifference(card, await goldenAnswer(card, network));
      if (difference <= card.golden.tolerance)
        await network.record(goldenInputs(card), Object.values(card.outputs));
      return { network, difference };
    } catch (error) {
      network.dispose();
      throw error;
    }
  }
}

/** Thrown where weights are waited for and another call wants its turn. */
class Postponed extends Error {}

function orPostponed(arrival: Promise<void>, turn: Turn): Promise<void> {
  const postpone = turn.wanted().then(() => {
    throw new Postponed('another call waits');
  });
  // What is here already comes first.
  return Promise.race([arrival, postpone]);
}

async function wholly(arriving: Promise<FetchedNetwork>): Promise<FetchedNetwork> {
  const stored = await arriving;
  await stored.whole;
  return stored;
}

const isLost = (error: unknown): error is EngineError =>
  error instanceof EngineError && error.failure.code === 'device-lost';

function doesNotRun({ id }: NetworkCard, { name }: BackendStatus, error: unknown): EngineError {
  const problem = `it does not run on ${name}: ${messageOf(error)}`;
  return new EngineError('package-invalid', { package: id, problem });
}

interface Tested {
  network: Network;
  /** On the golden sample. */
  difference: number;
}
