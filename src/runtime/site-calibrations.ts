import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Card } from '../core/card/card';
import { fitsPackage, type SiteCalibration } from '../core/decision/site-calibration';
import { failure, type Result, success } from '../core/failure';
import { packageHash } from '../engine/package/hash';
import type { LocalStore } from './local-store';

/** By package id. */
export type KeptCalibrations = Readonly<Record<string, SiteCalibration>>;

/** Where calibrations outlive the visit. */
export interface CalibrationMemory {
  recall(): SiteCalibration[];
  remember(kept: readonly SiteCalibration[]): void;
}

/**
 * The calibrations of this site: every analysis from now on is judged by the one that is kept for its
 * package.
 */
export interface SiteCalibrations {
  store: StoreApi<KeptCalibrations>;
  /** Takes the place of one that was kept for the same package. */
  keep(site: SiteCalibration): void;
  /** The package judges by its own calibration again. */
  remove(packageId: string): void;
  /**
   * Reads a file that was exported, and keeps it. Fails with "calibration-invalid", and with
   * "calibration-other" where none of `cards` is the package that it was made for, to the byte.
   */
  take(text: string, cards: readonly Card[]): Promise<Result<SiteCalibration>>;
}

const noMemory: CalibrationMemory = { recall: () => [], remember: () => {} };

export function createSiteCalibrations(memory: CalibrationMemory = noMemory): SiteCalibrations {
  const store = createStore<KeptCalibrations>(() =>
    Object.fromEntries(memory.recall().map((site) => [site.packageId, site])),
  );
  function set(kept: KeptCalibrations): void {
    store.setState(kept, true);
    memory.remember(Object.values(kept));
  }
  const keep = (site: SiteCalibration) => set({ ...store.getState(), [site.packageId]: site });
  return {
    store,
    keep,
    remove(packageId) {
      const { [packageId]: _, ...others } = store.getState();
      set(others);
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
  const kept = await read(store);
  return {
    recall: () => kept,
    remember: (kept) => void store.write(key, JSON.stringify(kept)),
  };
}

/**
 * Each by itself: one that cannot be read takes no other with it. It is left out without a word, since no screen is
 * there yet to say so; its package then judges by its own calibration, and every answer names what judged it.
 */
async function read(store: LocalStore): Promise<SiteCalibration[]> {
  const text = store.read(key);
  if (text === null) return [];
  try {
    const { siteCalibrationSchema } = await import('../core/decision/site-calibration-schema');
    const kept: unknown = JSON.parse(text);
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((site) => {
      const parsed = siteCalibrationSchema.safeParse(site);
      return parsed.success ? [parsed.data] : [];
    });
  } catch {
    return [];
  }
}
