import { deleteDB } from 'idb';
import { type Result, success } from '../core/failure';
import { type LocalStore, localStore } from '../runtime/local-store';
import { storageFailure } from './storage-failure';
import { unlessBlocked } from './unless-blocked';

/**
 * All that this browser keeps for the page, by name. What is in no list is forgotten by nothing, and
 * kept-here.test.ts fails. Whoever keeps something new adds its name here; a database needs its sentence too
 * (`keptHere.what` in src/app/languages/kept-here.*.json).
 */
export const keptDatabases = {
  cases: 'lentigo-cases',
  queue: 'lentigo-sessions',
  references: 'lentigo-references',
  evaluations: 'lentigo-evaluations',
  teaching: 'lentigo-teaching',
} as const;

/** In localStorage: what goes with the databases. */
export const keptNotes = ['lentigo-case-days'] as const;

/** In localStorage: choices and settings, which tell nothing of a patient. */
export const keptSettings = [
  'lentigo-answer-sections',
  'lentigo-backend',
  'lentigo-clinic-hint',
  'lentigo-scales',
  'lentigo-site-calibrations',
  'lentigo-start',
  'lentigo.kiosk',
  'lentigo.kiosk.pin-lock',
  'lentigo.kiosk.visitors',
  'lentigo.language',
  'mantine-color-scheme-value',
] as const;

/**
 * Caches: the models, what the page fetched on demand, pages of the documentation that were read, and a host's
 * samples for the kiosk. All but the first have the page's address behind the name.
 */
export const keptCaches = ['lentigo-files', 'lentigo-on-demand', 'lentigo-docs', 'lentigo-samples'] as const;

/**
 * What no "forget" takes away: the program itself, so that it opens without network, and in sessionStorage that the
 * page was loaded again once, and for which build, which ends with the tab.
 */
export const neverForgotten = [
  'workbox-precache',
  'lentigo-isolation-tried',
  'lentigo-stale-builds',
] as const;

interface Browser {
  texts: Pick<LocalStore, 'remove'>;
  /** Undefined where the browser has none. */
  caches: Pick<CacheStorage, 'keys' | 'delete'> | undefined;
}

const thisBrowser = (): Browser => ({ texts: localStore, caches: globalThis.caches });

/**
 * Deletes all that a person kept on this machine, and with `program` models and settings too. What can go goes,
 * whatever cannot; fails with the first reason, "storage-blocked" where another tab does not let go. The page
 * still has in memory what it showed: load it again.
 */
export async function forgetAll(
  { program }: { program: boolean },
  { texts, caches }: Browser = thisBrowser(),
): Promise<Result<null>> {
  const outcomes: Result<unknown>[] = await Promise.all(
    Object.values(keptDatabases).map((name) => unlessBlocked((blocked) => deleteDB(name, { blocked }))),
  );
  for (const name of [...keptNotes, ...(program ? keptSettings : [])]) texts.remove(name);
  if (program && caches) outcomes.push(await forgetCaches(caches));
  const failed = outcomes.find((outcome) => !outcome.ok);
  return failed && !failed.ok ? failed : success(null);
}

async function forgetCaches(caches: Pick<CacheStorage, 'keys' | 'delete'>): Promise<Result<null>> {
  try {
    const isOurs = (key: string) => keptCaches.some((name) => key === name || key.startsWith(`${name} `));
    await Promise.all((await caches.keys()).filter(isOurs).map((key) => caches.delete(key)));
    return success(null);
  } catch (error) {
    return storageFailure(error);
  }
}
