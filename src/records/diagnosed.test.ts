import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleAnalysis } from '../core/fixtures/analysis';
import { type CaseDatabase, type Changes, databaseName, openCases } from './database';
import { entry, lesion, photo } from './fixtures/records';
import { splitAnalysis } from './record';

let database: CaseDatabase;
beforeEach(async () => {
  const opened = await openCases();
  if (!opened.ok) throw new Error(opened.failure.code);
  database = opened.value;
});
afterEach(async () => {
  database.close();
  await deleteDB(databaseName);
});

const version = { packageId: 'nets', packageHash: 'f'.repeat(64) };
const found = { label: 'mel', recordedAt: '2025-01-02T00:00:00.000Z', notes: '' };
const gone = '2025-02-01T00:00:00.000Z';

async function keep(changes: Changes): Promise<void> {
  const written = await database.write(changes);
  if (!written.ok) throw new Error(written.failure.code);
}

/** An entry of a lesion with an embedding by this package. */
function seen(id: string, lesionId: string, embedding: number[] | null, by = version) {
  const { provenance } = exampleAnalysis();
  const { analysis } = splitAnalysis(
    id,
    exampleAnalysis({ embedding, provenance: { ...provenance, ...by } }),
  );
  return entry(id, `photo of ${id}`, lesionId, { analysis });
}

test('every photo of a lesion with a known histology is there, with its diagnosis', async () => {
  await keep({
    lesions: [lesion('a', { histology: found, label: 'Left arm' }), lesion('b')],
    photos: [photo('photo of 1', ['a'])],
    entries: [seen('1', 'a', [1, 0]), seen('2', 'a', [0.6, 0.8]), seen('3', 'b', [0, 1])],
  });
  expect(await database.diagnosed(version)).toEqual({
    lesions: ['a'],
    photos: [
      {
        photoId: 'photo of 1',
        lesion: 'a',
        name: 'Left arm',
        diagnosis: 'mel',
        vector: new Float32Array([1, 0]),
      },
      {
        photoId: 'photo of 2',
        lesion: 'a',
        name: 'Left arm',
        diagnosis: 'mel',
        vector: new Float32Array([0.6, 0.8]),
      },
    ],
  });
});

test('what another package or version saw, and what was deleted, is counted and not compared', async () => {
  const other = (changes: Partial<typeof version>) => ({ ...version, ...changes });
  await keep({
    lesions: [
      lesion('version', { histology: found }),
      lesion('package', { histology: found }),
      lesion('none', { histology: found }),
      lesion('entry gone', { histology: found }),
      lesion('gone', { histology: found, deletedAt: gone }),
    ],
    entries: [
      seen('1', 'version', [1, 0], other({ packageHash: '0'.repeat(64) })),
      seen('2', 'package', [1, 0], other({ packageId: 'other' })),
      seen('3', 'none', null),
      { ...seen('4', 'entry gone', [1, 0]), deletedAt: gone },
      seen('5', 'gone', [1, 0]),
    ],
  });
  expect(await database.diagnosed(version)).toEqual({
    lesions: ['entry gone', 'none', 'package', 'version'],
    photos: [],
  });
});

test('a record that is damaged costs no other', async () => {
  const damaged = seen('1', 'a', ['x'] as unknown as number[]);
  await keep({
    lesions: [lesion('a', { histology: found }), lesion('b', { histology: found })],
    entries: [damaged, seen('2', 'b', [1, 0])],
  });
  expect((await database.diagnosed(version)).photos.map(({ lesion }) => lesion)).toEqual(['b']);
});

test('many lesions are read in pieces, none twice, and a signal ends it', async () => {
  const ids = Array.from({ length: 1203 }, (_, index) => `lesion-${String(index).padStart(4, '0')}`);
  await keep({
    lesions: ids.map((id) => lesion(id, { histology: found })),
    entries: ids.map((id) => seen(id, id, [1, 0])),
  });
  const all = await database.diagnosed(version);
  expect(all.photos.map(({ lesion }) => lesion)).toEqual(ids);
  expect((await database.diagnosed(version, AbortSignal.abort())).photos).toEqual([]);
});
