import 'fake-indexeddb/auto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDB } from 'idb';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import { forgetAll, keptCaches, keptDatabases, keptNotes, keptSettings, neverForgotten } from './kept-here';

const kept: readonly string[] = [
  ...Object.values(keptDatabases),
  ...keptNotes,
  ...keptSettings,
  ...keptCaches,
  ...neverForgotten,
];

/** Names of ours under which nothing is stored: workers, locks, the formats of files, a model on trial. */
const notStored = [
  'lentigo-engine',
  'lentigo-import',
  'lentigo-masks',
  'lentigo-model-import',
  'lentigo-open',
  'lentigo-similar',
  'lentigo-thumbnails',
  'lentigo-session',
  'lentigo-work',
  'lentigo-analysis',
  'lentigo-evaluation',
  'lentigo-evaluation-results',
  'lentigo-evaluation-run-part',
  'lentigo-site-calibration',
  'lentigo-trial',
  'lentigo-teaching-set',
  'lentigo-set',
];

/** Files that store for others, under names that those give them, or only say what a name of the browser is. */
const plumbing = [
  'src/engine/engine.ts',
  'src/engine/worker.ts',
  'src/features/clinic/view/use-folds.ts',
  'src/features/kiosk/view/KioskScreen.tsx',
  'src/records/storage-failure.ts',
  'src/runtime/keep-open.ts',
  'src/runtime/open-database.ts',
  'src/runtime/local-store.ts',
];

const root = join(import.meta.dirname, '../..');
const sources = ['src', 'public'].flatMap((folder) =>
  readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((path) => join(folder, path).replaceAll('\\', '/'))
    .filter(
      (path) =>
        /\.(ts|tsx|js)$/.test(path) && !/\.test\.|\/testing\/|\/fixtures\/|^public\/models\//.test(path),
    ),
);
const textOf = (path: string) => readFileSync(join(root, path), 'utf8');

/** The names of ours that a text has as literals, without what is filled in behind them; no names of files. */
function namesIn(text: string): string[] {
  const literals = text.matchAll(/(['"`])((?:lentigo[-.]|mantine-color-scheme)[^'"`\n]*)\1/g);
  return [...literals]
    .map(([, , literal = '']) => literal)
    .filter((literal) => !/\.(json|csv|zip)$/.test(literal))
    .map((literal) => literal.replace(/[ -]?\$\{.*$/s, ''));
}

describe('the list of what is kept', () => {
  test('has every name of ours that the source has; a new one says whether it is forgotten', () => {
    const found = sources.flatMap((path) => namesIn(textOf(path)).map((name) => ({ path, name })));
    expect(new Set(found.map(({ name }) => name)).size).toBeGreaterThan(20);
    const unlisted = found.filter(({ name }) => !kept.includes(name) && !notStored.includes(name));
    expect(unlisted, 'add it to src/records/kept-here.ts').toEqual([]);
  });

  test('names nothing that no file stores any more', () => {
    const elsewhere = sources.filter((path) => path !== 'src/records/kept-here.ts');
    const found = new Set(elsewhere.flatMap((path) => namesIn(textOf(path))));
    // Workbox has this name by itself.
    const gone = kept.filter((name) => !found.has(name) && name !== 'workbox-precache');
    expect(gone).toEqual([]);
  });

  test('covers every file that stores anything', () => {
    const storing =
      /\b(openDB|openDatabase|keepOpen|deleteDB|indexedDB|caches|CacheStorage|(local|session)Storage|localStore|LocalStore|useLocalStorage)\b/;
    const unknown = sources
      .filter((path) => !plumbing.includes(path))
      .filter((path) => {
        const text = textOf(path);
        return storing.test(text) && !namesIn(text).some((name) => kept.includes(name));
      });
    expect(unknown, 'its names belong into src/records/kept-here.ts').toEqual([]);
  });
});

describe('forgetting everything', () => {
  const page = 'http://localhost/';
  const foreign = ['mine', 'someone-elses-cache'];
  let texts: Set<string>;
  let cacheKeys: Set<string>;
  const browser = () => ({
    texts: { remove: (name: string) => void texts.delete(name) },
    caches: {
      keys: async () => [...cacheKeys],
      delete: async (key: string) => cacheKeys.delete(key),
    },
  });
  const databaseNames = async () => (await indexedDB.databases()).map(({ name }) => name);

  beforeEach(async () => {
    texts = new Set([...keptNotes, ...keptSettings, ...foreign]);
    cacheKeys = new Set([
      'lentigo-files',
      `lentigo-on-demand ${page}`,
      `lentigo-samples ${page}`,
      `workbox-precache-v2-${page}`,
      ...foreign,
    ]);
    for (const name of Object.values(keptDatabases)) {
      const database = await openDB(name, 1, {
        upgrade: (made) => {
          made.createObjectStore('things');
        },
        blocking: (_current, _wanted, event) => (event.target as IDBDatabase).close(),
      });
      await database.put('things', 'something', 1);
    }
    expect(await databaseNames()).toHaveLength(Object.keys(keptDatabases).length);
  });

  test('leaves no database, and models and settings as they are', async () => {
    expect(await forgetAll({ program: false }, browser())).toEqual({ ok: true, value: null });
    expect(await databaseNames()).toEqual([]);
    expect([...texts]).toEqual([...keptSettings, ...foreign]);
    expect(cacheKeys.size).toBe(6);
  });

  test('takes models and settings along where that is asked for, and nothing of others', async () => {
    expect(await forgetAll({ program: true }, browser())).toEqual({ ok: true, value: null });
    expect([...texts]).toEqual(foreign);
    expect([...cacheKeys]).toEqual([`workbox-precache-v2-${page}`, ...foreign]);
  });

  test('says what holds it up, and forgets all the rest', async () => {
    const stubborn = await openDB(keptDatabases.references);
    vi.useFakeTimers({ toFake: ['setTimeout'] });
    const forgotten = forgetAll({ program: false }, browser());
    await vi.waitFor(() => expect(vi.getTimerCount()).toBeGreaterThan(0));
    await vi.runAllTimersAsync();
    vi.useRealTimers();
    expect(await forgotten).toMatchObject({ ok: false, failure: { code: 'storage-blocked' } });
    // It goes as soon as the other tab lets go.
    stubborn.close();
    await vi.waitFor(async () => expect(await databaseNames()).toEqual([]));
  });

  test('says so where the browser refuses its caches', async () => {
    const refusing = {
      ...browser(),
      caches: { ...browser().caches, keys: () => Promise.reject(new DOMException('', 'SecurityError')) },
    };
    const forgotten = await forgetAll({ program: true }, refusing);
    expect(forgotten).toMatchObject({ ok: false, failure: { code: 'storage-denied' } });
    expect(await databaseNames()).toEqual([]);
  });
});
