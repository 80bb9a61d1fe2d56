import 'fake-indexeddb/auto';
import { createHash } from 'node:crypto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { exampleAnalysis } from '../core/fixtures/analysis';
import type { Cases } from './cases';
import { databaseName } from './database';
import { entry, lesion, photo } from './fixtures/records';
import { databaseOf, start } from './fixtures/stored-cases';
import { splitAnalysis } from './record';
import { createSimilarCases, shownNeighbours } from './similar-cases';

let cases: Cases;
beforeEach(() => {
  cases = start();
});
afterEach(async () => {
  await cases.forgetEverything();
  await deleteDB(databaseName);
});

const { provenance } = exampleAnalysis();
const histology = { label: 'mel', recordedAt: '2025-01-02T00:00:00.000Z', notes: '' };
/** A unit vector in the plane, by its angle in degrees. */
const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** Lesions with a known histology, each with a photo that lies so many degrees aside. */
async function keep(degrees: readonly number[], by = provenance): Promise<void> {
  const written = await cases.put({
    lesions: degrees.map((angle) => lesion(`at ${angle}`, { histology })),
    photos: degrees.map((angle) => photo(`photo ${angle}`, [`at ${angle}`])),
    entries: degrees.map((angle) => {
      const whole = exampleAnalysis({ embedding: at(angle), provenance: by });
      return entry(`entry ${angle}`, `photo ${angle}`, `at ${angle}`, {
        analysis: splitAnalysis('', whole).analysis,
      });
    }),
  });
  if (!written.ok) throw new Error(written.failure.code);
}

const degreesTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);
const similar = () => createSimilarCases(cases);
const asked = exampleAnalysis({ embedding: at(0) });

async function find(from = similar(), image: Blob | null = null) {
  const found = await from.find(asked, image);
  if (!found.ok) throw new Error(found.failure.code);
  return found.value;
}

test('the nearest lesions come with diagnosis and distance, from twenty lesions on', async () => {
  await keep(degreesTo(19));
  expect(await find()).toEqual({ lesions: 19, compared: 19, neighbours: [] });
  await keep([20]);
  const { neighbours, compared } = await find();
  expect(compared).toBe(20);
  expect(neighbours).toHaveLength(shownNeighbours);
  expect(neighbours.map(({ of }) => of.lesion)).toEqual(['at 1', 'at 2', 'at 3', 'at 4', 'at 5']);
  expect(neighbours[0]?.of.diagnosis).toBe('mel');
  expect(neighbours[0]?.distance).toBeCloseTo(1 - Math.cos(Math.PI / 180), 6);
});

test('another version is counted and never compared', async () => {
  await keep(degreesTo(30), { ...provenance, packageHash: 'b'.repeat(64) });
  expect(await find()).toEqual({ lesions: 30, compared: 0, neighbours: [] });
});

test("the photo's own lesion is neither shown nor counted", async () => {
  await keep(degreesTo(21));
  const image = new Blob(['the very file']);
  const sha256 = createHash('sha256').update('the very file').digest('hex');
  await cases.put({ photos: [photo('photo 1', ['at 1'], { sha256 })] });
  const { neighbours, lesions, compared } = await find(similar(), image);
  expect({ lesions, compared }).toEqual({ lesions: 20, compared: 20 });
  expect(neighbours[0]?.of.lesion).toBe('at 2');
});

test('records are read once, and again after they have changed', async () => {
  await keep(degreesTo(25));
  const database = await databaseOf(cases);
  const read = vi.spyOn(database, 'diagnosed');
  const from = similar();
  await find(from);
  await find(from);
  expect(read).toHaveBeenCalledTimes(1);
  await cases.put({ lesions: [lesion('at 1')] });
  expect((await find(from)).neighbours[0]?.of.lesion).toBe('at 2');
  expect(read).toHaveBeenCalledTimes(2);
});

test('a database that cannot be read is a failure, and is tried again', async () => {
  await keep(degreesTo(25));
  const database = await databaseOf(cases);
  const from = similar();
  vi.spyOn(database, 'diagnosed').mockRejectedValueOnce(new DOMException('no', 'UnknownError'));
  expect(await from.find(asked, null)).toMatchObject({ ok: false, failure: { code: 'storage-broken' } });
  expect((await find(from)).compared).toBe(25);
});
