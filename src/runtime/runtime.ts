import { createStore, type StoreApi } from 'zustand/vanilla';
import type { BackendName } from '../core/analysis';
import type { Card } from '../core/card/card';
import { rememberHash } from '../core/card/known-hash';
import type { Failure, Result } from '../core/failure';
import type {
  BackendStatus,
  Engine,
  LoadedPackage,
  PackageFile,
  PackageProblem,
  Progress,
} from '../engine/engine';
import { packageHash } from '../engine/package/hash';
import type { BackendChoice, ChoiceMemory } from './backend-choice';
import { createSiteCalibrations, type SiteCalibrations } from './site-calibrations';

/** A value that takes a while to come, or does not come. */
export type AsyncState<T> =
  | { state: 'pending' }
  | { state: 'ready'; value: T }
  | { state: 'failed'; failure: Failure };

/** How far a package is on its way into the engine. */
export type PackageState =
  | { state: 'absent' }
  | { state: 'loading'; progress: Progress | null }
  | { state: 'loaded'; loaded: LoadedPackage }
  | { state: 'failed'; failure: Failure };

export interface RuntimeState {
  backend: AsyncState<BackendStatus>;
  /** The back end that the user asked for; null leaves the choice to the engine. */
  pinned: BackendName | null;
  /** What a benchmark chose, for this visit and the next ones; null where nothing was chosen. */
  choice: BackendChoice | null;
  cards: AsyncState<Card[]>;
  /** What could not be had of the packages as the site offers them. */
  problems: readonly PackageProblem[];
  /** The ids among them that the user added to this browser. */
  added: readonly string[];
  /** By package id; a package that was never asked for is missing here. */
  packages: Readonly<Record<string, PackageState>>;
}

/**
 * What this machine offers: its back end, and the packages with how far each is loaded. Plain data, for any
 * screen to watch.
 */
export interface Runtime {
  store: StoreApi<RuntimeState>;
  siteCalibrations: SiteCalibrations;
  /** Asks for the back end and the list of packages; call it again after a failure. */
  refresh(): Promise<void>;
  /** Asks again for the packages that could not be had; those that are here stay usable meanwhile. */
  refreshPackages(): Promise<void>;
  /** The user's own word: it takes the place of what a benchmark chose. */
  pin(name: BackendName | null): Promise<void>;
  /** Computes from now on with what a benchmark chose, and remembers it. */
  applyBenchmarkChoice(choice: BackendChoice): Promise<void>;
  /** A package's card; undefined before the list has come, and where there is no such package. */
  card(packageId: string): Card | undefined;
  /** Looks again at what the engine runs on: a lost device may have moved it. */
  refreshBackend(): Promise<void>;
  /**
   * Loads a package and keeps `packages` up to date. Calls for one package at the same time share the
   * download.
   */
  load(packageId: string): Promise<Result<LoadedPackage>>;
  /** Ends a load that is under way; whoever waits for it gets the failure "cancelled". */
  cancelLoad(packageId: string): void;
  /** Frees what a loaded package holds. */
  release(packageId: string): Promise<void>;
  /** Takes in a package that the user brought along; every screen has it at once. */
  add(files: PackageFile[]): Promise<Result<Card>>;
  /** Takes an added package away again. */
  remove(packageId: string): Promise<Result<null>>;
}

const noMemory: ChoiceMemory = { recall: () => null, remember: () => {} };

export function createRuntime(
  engine: Engine,
  memory: ChoiceMemory = noMemory,
  siteCalibrations: SiteCalibrations = createSiteCalibrations(),
): Runtime {
  const chosen = memory.recall();
  const store = createStore<RuntimeState>(() => ({
    backend: { state: 'pending' },
    pinned: pinFor(chosen),
    choice: chosen,
    cards: { state: 'pending' },
    problems: [],
    added: [],
    packages: {},
  }));
  const underWay = new Map<string, { ended: Promise<Result<LoadedPackage>>; controller: AbortController }>();

  const setPackage = (id: string, state: PackageState) =>
    store.setState(({ packages }) => ({ packages: { ...packages, [id]: state } }));

  /** Counts the questions for the back end: only the answer to the newest reaches the page. */
  let asked = 0;

  async function loadNow(id: string, controller: AbortController): Promise<Result<LoadedPackage>> {
    // After a cancel, a second load may start before the first has ended: only the newest one speaks.
    const newest = () => underWay.get(id)?.controller === controller;
    const question = asked;
    const result = await engine.load(id, {
      signal: controller.signal,
      onProgress: (progress) => newest() && setPackage(id, { state: 'loading', progress }),
    });
    if (!newest()) return result;
    underWay.delete(id);
    const before = store.getState().packages[id];
    // What the engine has loaded already it hands out at once: the first account, with its time and origin,
    // is the one to keep.
    const again = result.ok && before?.state === 'loaded' && result.value.milliseconds === 0;
    if (!again) setPackage(id, afterLoad(result));
    // A golden sample that failed on one back end moves the engine to the next. A choice since then is asked
    // for by itself.
    if (result.ok && question === asked)
      store.setState({ backend: { state: 'ready', value: result.value.backend } });
    return result;
  }

  async function list(): Promise<void> {
    const [cards, problems, added] = await Promise.all([
      engine.packages(),
      engine.packageProblems(),
      engine.added(),
    ]);
    if (cards.ok) await rememberHashes(cards.value);
    store.setState({
      cards: asyncStateOf(cards),
      problems: problems.ok ? problems.value : [],
      added: added.ok ? added.value : [],
    });
  }

  async function tellBackend(status: Promise<Result<BackendStatus>>): Promise<void> {
    const question = ++asked;
    const result = await status;
    if (question === asked) store.setState({ backend: asyncStateOf(result) });
  }

  async function pin(name: BackendName | null, choice: BackendChoice | null): Promise<void> {
    memory.remember(choice);
    store.setState({ backend: { state: 'pending' }, pinned: name, choice });
    // What was loaded was loaded on the other back end; it comes from the cache and is tested again when it
    // is wanted.
    await tellBackend(engine.pinBackend(name));
    store.setState({ packages: {} });
  }

  return {
    store,
    siteCalibrations,
    async refresh() {
      store.setState({ backend: { state: 'pending' }, cards: { state: 'pending' } });
      const { pinned } = store.getState();
      await Promise.all([
        list(),
        tellBackend(pinned === null ? engine.backend() : engine.pinBackend(pinned)),
      ]);
    },
    refreshPackages: list,
    pin: (name) => pin(name, null),
    async applyBenchmarkChoice(choice) {
      if (pinFor(choice) !== store.getState().pinned) return pin(pinFor(choice), choice);
      // Nothing moves, so what is loaded stays loaded.
      memory.remember(choice);
      store.setState({ choice });
    },
    card(packageId) {
      const { cards } = store.getState();
      return cards.state === 'ready' ? cards.value.find(({ id }) => id === packageId) : undefined;
    },
    async refreshBackend() {
      await tellBackend(engine.backend());
    },
    load(id) {
      const shared = underWay.get(id);
      if (shared && !shared.controller.signal.aborted) return shared.ended;
      if (store.getState().packages[id]?.state !== 'loaded')
        setPackage(id, { state: 'loading', progress: null });
      const controller = new AbortController();
      // Registered before it starts: an engine may report at once.
      const ended = Promise.resolve().then(() => loadNow(id, controller));
      underWay.set(id, { ended, controller });
      return ended;
    },
    cancelLoad(id) {
      underWay.get(id)?.controller.abort();
    },
    async release(id) {
      await engine.release(id);
      setPackage(id, { state: 'absent' });
    },
    async add(files) {
      const result = await engine.addPackage(files);
      if (!result.ok) return result;
      // One of the same id may have been loaded before.
      setPackage(result.value.id, { state: 'absent' });
      await list();
      return result;
    },
    async remove(id) {
      const result = await engine.removePackage(id);
      setPackage(id, { state: 'absent' });
      await list();
      return result;
    },
  };
}

/** For verdicts on answers of another time. Where the browser has no cryptography, versions alone tell packages apart. */
async function rememberHashes(cards: readonly Card[]): Promise<void> {
  await Promise.all(
    cards.map((card) =>
      packageHash(card).then(
        (hash) => rememberHash(card, hash),
        () => null,
      ),
    ),
  );
}

/** A real GPU is what the engine takes by itself, and left to itself it has WASM to fall back on. */
function pinFor(choice: BackendChoice | null): BackendName | null {
  if (!choice) return null;
  return choice.name === 'wasm' || choice.software ? choice.name : null;
}

function afterLoad(result: Result<LoadedPackage>): PackageState {
  if (result.ok) return { state: 'loaded', loaded: result.value };
  if (result.failure.code === 'cancelled') return { state: 'absent' };
  return { state: 'failed', failure: result.failure };
}

function asyncStateOf<T>(result: Result<T>): AsyncState<T> {
  return result.ok ? { state: 'ready', value: result.value } : { state: 'failed', failure: result.failure };
}
