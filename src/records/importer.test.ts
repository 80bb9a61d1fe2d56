import 'fake-indexeddb/auto';
import { existsSync, readFileSync } from 'node:fs';
import { strToU8, zipSync } from 'fflate';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { maxImpressions } from './archive-read';
import { openCases } from './database';
import { fakeWorker } from './fixtures/fake-worker';
import { importInWorker } from './import-in-worker';
import { createImporter, type Importer } from './importer';
import { readDirectory, unpack } from './zip-directory';

const opened: { forgetEverything(): Promise<unknown> }[] = [];
const open = async () => {
  const database = await openCases({ name: 'import' });
  if (database.ok) opened.push(database.value);
  return database;
};
afterEach(async () => {
  for (const database of opened.splice(0)) await database.forgetEverything();
});

/** Small archives that stopped or broke the page; a folder that not every checkout has. */
const cases = new URL('../../../shared/cases/62-case-archives/', import.meta.url);
const archive = (name: string) => new Blob([readFileSync(new URL(`${name}.zip`, cases))]);
const nothing = () => {};

describe.skipIf(!existsSync(cases))('archives of ../shared/cases/62-case-archives', () => {
  const imported = async (name: string) => {
    const importer = createImporter(open);
    const preview = await importer.read(archive(name), nothing);
    if (!preview.ok) throw new Error(preview.failure.code);
    expect(await importer.write(false)).toMatchObject({ ok: true });
    const database = await open();
    if (!database.ok) throw new Error(database.failure.code);
    return { preview: preview.value, records: (await database.value.read()).records };
  };

  test('a plain one comes in whole', async () => {
    const { preview, records } = await imported('plain');
    expect(preview).toMatchObject({ fresh: { patients: 1, lesions: 2, photos: 2, entries: 2 }, skipped: 0 });
    expect(records.photos).toHaveLength(2);
  });

  test('ids that an address would change come in, and lead to each other', async () => {
    const { preview, records } = await imported('id-plus');
    expect(preview).toMatchObject({ fresh: { patients: 1, lesions: 2, photos: 2, entries: 2 }, skipped: 0 });
    const lesion = records.lesions.find(({ id }) => id === '+');
    expect(records.patients.map(({ id }) => id)).toContain(lesion?.patientId);
    expect(records.photos.some(({ lesionIds }) => lesionIds.includes('+'))).toBe(true);
  });

  test('a class that stands twice costs its analysis alone, and is named', async () => {
    const { preview, records } = await imported('class-twice');
    expect(preview.firstSkipped).toMatchObject([{ what: 'entries.json, record 1', reason: 'invalid' }]);
    expect(preview.firstSkipped[0]?.detail).toContain('a class stands twice');
    expect(records.entries.map(({ id }) => id)).toEqual(['e2']);
  });

  test('of 10,000 impressions the last thousand come in, and that is said', async () => {
    const { preview, records } = await imported('10000-impressions');
    expect(preview.firstSkipped).toMatchObject([
      { what: 'lesion l1', reason: 'impressions-left-out', detail: '9000' },
    ]);
    const [lesion] = records.lesions;
    expect(lesion?.impressions).toHaveLength(maxImpressions);
    expect(lesion?.impressions.at(-1)?.label).toBe('nv9999');
  });

  test('an entry that holds more than it says is given up at that byte', async () => {
    const bomb = archive('bomb-lying-size');
    const entry = (await readDirectory(bomb)).get('images/0');
    if (!entry) throw new Error('no such entry');
    await expect(unpack(bomb, entry)).rejects.toThrow('more than it says');
    expect(await createImporter(open).read(bomb, nothing)).toMatchObject({ ok: true, value: { skipped: 4 } });
  });
});

describe('limits are read before anything is unpacked', () => {
  const zip = (files: Record<string, Uint8Array>) => new Uint8Array(zipSync(files));
  /** The archive with another unpacked size in its directory, for the file that is packed first. */
  function claiming(bytes: number): Blob {
    const whole = zip({ 'lentigo.json': strToU8('{}') });
    const view = new DataView(whole.buffer);
    view.setUint32(view.getUint32(whole.length - 6, true) + 24, bytes, true);
    return new Blob([whole]);
  }

  test('a file that says that it holds a gigabyte is refused', async () => {
    const unpacking = vi.spyOn(globalThis, 'DecompressionStream');
    expect(await createImporter(open).read(claiming(2 ** 30), nothing)).toMatchObject({
      ok: false,
      failure: { code: 'archive-too-large', detail: { file: 'lentigo.json' } },
    });
    expect(unpacking).not.toHaveBeenCalled();
    unpacking.mockRestore();
  });

  test('of an entry that is stored as it is no byte is read until it is wanted', async () => {
    const bytes = crypto.getRandomValues(new Uint8Array(1000));
    const whole = new Blob([new Uint8Array(zipSync({ 'images/a': [bytes, { level: 0 }], b: strToU8('b') }))]);
    const entries = await readDirectory(whole);
    expect([...entries.keys()]).toEqual(['images/a', 'b']);
    const image = await unpack(whole, entries.get('images/a') as never);
    expect(new Uint8Array(await image.arrayBuffer())).toEqual(bytes);
    expect(await (await unpack(whole, entries.get('b') as never)).text()).toBe('b');
  });
});

describe('in a worker', () => {
  const waiting: Importer = { read: () => new Promise(() => {}), write: () => new Promise(() => {}) };

  test('progress comes through, and the answer', async () => {
    const progress: number[] = [];
    const { worker, close } = fakeWorker<Importer>({
      ...waiting,
      async read(_file, onProgress) {
        await onProgress(0.5);
        return { ok: false, failure: { code: 'archive-newer', detail: {} } };
      },
    });
    const running = importInWorker(() => worker);
    expect(await running.read(new Blob(), (fraction) => progress.push(fraction))).toMatchObject({
      ok: false,
      failure: { code: 'archive-newer' },
    });
    expect(progress).toEqual([0.5]);
    close();
  });

  test('it can be given up at once, and a worker that dies is said', async () => {
    const first = fakeWorker(waiting);
    const running = importInWorker(() => first.worker);
    const read = running.read(new Blob(), nothing);
    running.end();
    expect(await read).toMatchObject({ ok: false, failure: { code: 'cancelled' } });

    const second = fakeWorker(waiting);
    const dying = importInWorker(() => second.worker).write(false);
    second.errors.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
    expect(await dying).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
    first.close();
    second.close();
  });
});

/** As it was exported, and as Safari and Finder left it. */
const zippedAgain = new URL('../../../shared/cases/18-archive-zipped-again/', import.meta.url);

test.skipIf(!existsSync(zippedAgain))(
  'an archive that was packed again comes in as the one exported',
  async () => {
    const preview = async (name: string) => {
      const file = new Blob([readFileSync(new URL(`${name}.zip`, zippedAgain))]);
      return createImporter(open).read(file, nothing);
    };
    const exported = await preview('as-exported');
    expect(exported.ok).toBe(true);
    expect(await preview('zipped-again-by-finder')).toEqual(exported);
  },
);

test('two archives in one file are none: which of them was meant is not guessed', async () => {
  const file = new Blob([
    new Uint8Array(zipSync({ 'a/lentigo.json': strToU8('{}'), 'b/lentigo.json': strToU8('{}') })),
  ]);
  expect(await createImporter(open).read(file, nothing)).toMatchObject({
    ok: false,
    failure: { code: 'archive-unreadable' },
  });
});
