import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { exampleAnalysis } from '../core/fixtures/analysis';
import type { Cases } from './cases';
import { databaseName } from './database';
import { fakeWorker } from './fixtures/fake-worker';
import { entry, lesion } from './fixtures/records';
import { start } from './fixtures/stored-cases';
import { splitAnalysis } from './record';
import { createRemoteSimilar, type RemoteSimilar } from './remote-similar';
import { createSimilarInWorker } from './similar-in-worker';

let cases: Cases;
const workers: { close(): void }[] = [];
beforeEach(() => {
  cases = start();
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.close();
  await cases.forgetEverything();
  await deleteDB(databaseName);
});

/** A worker with the records of this browser. */
function similarWorker(side: RemoteSimilar = createRemoteSimilar()) {
  const fake = fakeWorker(side);
  workers.push(fake);
  return fake;
}

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
const histology = { label: 'mel', recordedAt: '2025-01-02T00:00:00.000Z', notes: '' };
const asked = exampleAnalysis({ embedding: at(0) });

async function keep(degrees: readonly number[]): Promise<void> {
  const written = await cases.put({
    lesions: degrees.map((angle) => lesion(`at ${angle}`, { histology })),
    entries: degrees.map((angle) =>
      entry(`entry ${angle}`, `photo ${angle}`, `at ${angle}`, {
        analysis: splitAnalysis('', exampleAnalysis({ embedding: at(angle) })).analysis,
      }),
    ),
  });
  if (!written.ok) throw new Error(written.failure.code);
}

async function nearest(similar: ReturnType<typeof createSimilarInWorker>) {
  const found = await similar.find(asked, null);
  if (!found.ok) throw new Error(found.failure.code);
  return found.value.neighbours.map(({ of }) => of.lesion);
}

test('the nearest lesions come out of the worker, and a write is seen by the next question', async () => {
  await keep(Array.from({ length: 20 }, (_, index) => index + 10));
  const { worker } = similarWorker();
  const similar = createSimilarInWorker(cases, () => worker);
  expect((await nearest(similar))[0]).toBe('at 10');
  await keep([5]);
  expect((await nearest(similar))[0]).toBe('at 5');
});

test('the worker lets go of the cases where they are forgotten, and opens them again', async () => {
  await keep(Array.from({ length: 20 }, (_, index) => index + 10));
  const { worker } = similarWorker();
  const similar = createSimilarInWorker(cases, () => worker);
  await nearest(similar);
  expect(await cases.forgetEverything()).toMatchObject({ ok: true });
  expect(await similar.find(asked, null)).toMatchObject({ ok: true, value: { lesions: 0, neighbours: [] } });
});

test('a worker that dies is said, and the next question begins another', async () => {
  const begin = [
    similarWorker({ find: () => new Promise(() => {}), changed: () => {} }),
    similarWorker({
      find: async () => ({ ok: true, value: { lesions: 7, compared: 0, neighbours: [] } }),
      changed: () => {},
    }),
  ];
  let begun = 0;
  const similar = createSimilarInWorker(cases, () => begin[begun++]?.worker as Worker);
  const first = similar.find(asked, null);
  begin[0]?.errors.dispatchEvent(Object.assign(new Event('error'), { message: 'out of memory' }));
  expect(await first).toMatchObject({ ok: false, failure: { code: 'worker-died' } });
  expect(await similar.find(asked, null)).toMatchObject({ ok: true, value: { lesions: 7 } });
});

test('a browser that begins no worker fails the question, and nothing else', async () => {
  const similar = createSimilarInWorker(cases, () => {
    throw new Error('no workers here');
  });
  expect(await similar.find(asked, null)).toMatchObject({ ok: false, failure: { code: 'internal' } });
});
