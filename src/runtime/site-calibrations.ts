import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../core/card/card';
import { fitsPackage, type SiteCalibration } from '../core/decision/site-calibration';
import { failure, type Result, success } from '../core/failure';
import { packageHash } from '../engine/package/hash';
import type { LocalStore } from './local-store';

/** By package id. */
export type KeptCalibrations = Readonly<Record<string, SiteCalibration>>;

/** One that is kept and cannot be read: spoilt, or written by another version of the program. It judges nothing. */
export interface UnreadCalibration {
  /** What it says of itself, as far as it does. */
  packageId: string | null;
  name: string | null;
  /** As it is stored. */
  json: string;
  /** What is wrong, for somebody technical. */
  problem: string;
}

interface Recalled {
  kept: readonly SiteCalibration[];
  unread: readonly UnreadCalibration[];
}

/** Where calibrations outlive the visit, those that cannot be read too: nobody's work is thrown away unasked. */
export interface CalibrationMemory {
  recall(): Recalled;
  remember(all: Recalled): void;
}

/**
 * The calibrations of this site: every analysis from now on is judged by the one that is kept for its
 * package.
 */
export interface SiteCalibrations {
  store: StoreApi<KeptCalibrations>;
  unread: StoreApi<readonly UnreadCalibration[]>;
  /** Takes the place of one that was kept for the same package. */
  keep(site: SiteCalibration): void;
  /** The package judges by its own calibration again. */
  remove(packageId: string): void;
  removeUnread(calibration: UnreadCalibration): void;
  /**
   * Reads a file that was exported, and keeps it. Fails with "calibration-invalid", and with
   * "calibration-other" where none of `cards` is the package that it was made for, to the byte.
   */
  take(text: string, cards: readonly Card[]): Promise<Result<SiteCalibration>>;
}

const noMemory: CalibrationMemory = { recall: () => ({ kept: [], unread: [] }), remember: () => {} };

export function createSiteCalibrations(memory: CalibrationMemory = noMemory): SiteCalibrations {
  const recalled = memory.recall();
  const store = createStore<KeptCalibrations>(() =>
    Object.fromEntries(recalled.kept.map((site) => [site.packageId, site])),
  );
  const unread = createStore<readonly UnreadCalibration[]>(() => recalled.unread);
  const remember = () =>
    memory.remember({ kept: Object.values(store.getState()), unread: unread.getState() });
  function set(kept: KeptCalibrations): void {
    store.setState(kept, true);
    remember();
  }
  const keep = (site: SiteCalibration) => set({ ...store.getState(), [site.packageId]: site });
  return {
    store,
    unread,
    keep,
    remove(packageId) {
      const { [packageId]: _, ...others } = store.getState();
      set(others);
    },
    removeUnread(calibration) {
      unread.setState(
        unread.getState().filter((each) => each !== calibration),
        true,
      );
      remember();
    },
    async take(text, cards) {
      const { parseSiteCalibration } = await import('../core/decision/site-calibration-schema');
      const parsed = parseSiteCalibration(text);
      if (!parsed.ok) return parsed;
      const site = parsed.value;
      const card = cards.find(({ id }) => id === site.packageId);
      if (!card || !fitsPackage(site, card, await packageHash(card)))
        return failure('calibration-other', { package: `${site.packageId} ${site.packageVersion}` });
      keep(site);
      return success(site);
    },
  };
}

const key = 'lentigo-site-calibrations';

/**
 * In the browser's local storage, which is read once. Where that is barred or full, a calibration holds for
 * this visit only. The schema comes only where something is stored: the first paint waits for it.
 */
export async function calibrationMemory(store: LocalStore): Promise<CalibrationMemory> {
  const recalled = await read(store);
  return {
    recall: () => recalled,
    remember: ({ kept, unread }) =>
      void store.write(
        key,
        `[${[...kept.map((site) => JSON.stringify(site)), ...unread.map(({ json }) => json)].join(',')}]`,
      ),
  };
}

/** Each by itself: one that cannot be read takes no other with it, and is kept as it is, with what is wrong with it. */
async function read(store: LocalStore): Promise<Recalled> {
  const text = store.read(key);
  if (text === null) return { kept: [], unread: [] };
  const { parseSiteCalibration } = await import('../core/decision/site-calibration-schema');
  const [kept, unread]: [SiteCalibration[], UnreadCalibration[]] = [[], []];
  for (const json of jsonOf(text)) {
    const parsed = parseSiteCalibration(json);
    if (parsed.ok) kept.push(parsed.value);
    else unread.push({ ...aboutOf(json), json, problem: String(parsed.failure.detail.problem) });
  }
  return { kept, unread };
}

/** The stored ones, each as JSON. What is no list of them is one that cannot be read: its text, as a JSON string. */
function jsonOf(text: string): string[] {
  try {
    const stored: unknown = JSON.parse(text);
    if (Array.isArray(stored)) return stored.map((each) => JSON.stringify(each));
  } catch {
    // It is kept as it is.
  }
  return [JSON.stringify(text)];
}

function aboutOf(json: string): Pick<UnreadCalibration, 'packageId' | 'name'> {
  const { packageId, name } = { ...(JSON.parse(json) as Record<string, unknown> | null) };
  return {
    packageId: typeof packageId === 'string' ? packageId : null,
    name: typeof name === 'string' ? name : null,
  };
}

/** As a file, to be mended or taken to a version of the program that reads it. */
export function unreadText({ json }: UnreadCalibration): string {
  const value: unknown = JSON.parse(json);
  return typeof value === 'string' ? value : `${JSON.stringify(value, null, 2)}\n`;
}
