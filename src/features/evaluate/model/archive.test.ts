import 'fake-indexeddb/auto';
import { deleteDB, openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { archiveName, createArchive } from './archive';
import { newRun } from './run';

afterEach(() => deleteDB(archiveName));

const image = (path: string) => ({ path, size: 1, label: 'nv', columns: {}, group: path, mask: null });
const run = () => ({
  ...newRun({
    name: 'archive',
    models: [{ packageId: 'm', classes: ['nv', 'mel'], decision: null, labels: { nv: 'nv' } }],
    images: [image('a.jpg'), image('b.jpg')],
    outlines: false,
    segmenterId: null,
  }),
  /** Of a later version. */
  later: 'stays',
});
const answer = (path: string): ImageAnswer => ({
  path,
  answers: { m: { ok: true, probabilities: [0.25, 0.75], milliseconds: 1 } },
  overlap: null,
  maskFailure: null,
});

test('thousands of answers are all read, those that cannot be read counted, in parts', async () => {
  const archive = createArchive();
  const good = run();
  await archive.putRun(good);
  const database = await openDB(archiveName);
  const transaction = database.transaction('answers', 'readwrite');
  const paths = Array.from({ length: 4500 }, (_, index) => `${index}.jpg`);
  for (const path of paths) void transaction.store.put(answer(path), [good.id, path]);
  void transaction.store.put({ path: 'odd', answers: null }, [good.id, 'odd']);
  void transaction.store.put(answer('a.jpg'), ['another run', 'a.jpg']);
  await transaction.done;
  database.close();
  const { answers, unreadable } = await archive.answers(good.id);
  expect([...answers.keys()].sort()).toEqual([...paths].sort());
  expect(unreadable).toBe(1);
});

test('a run or an answer that cannot be read costs no other, is listed, and stays stored', async () => {
  const archive = createArchive();
  const good = run();
  await archive.putRun(good);
  await archive.putAnswer(good.id, answer('a.jpg'));
  const database = await openDB(archiveName);
  const odd = { id: 'odd', name: 'Ward 3', images: 'none', part: { shard: null } };
  await database.put('runs', odd);
  await database.put('answers', { path: 'b.jpg', answers: null }, [good.id, 'b.jpg']);
  const { runs, unreadable } = await archive.runs();
  expect(runs).toMatchObject([{ id: good.id, later: 'stays' }]);
  expect(unreadable).toEqual([{ name: 'Ward 3', problem: expect.stringMatching(/^schema: /), value: odd }]);
  const read = await archive.answers(good.id);
  expect([...read.answers]).toEqual([['a.jpg', answer('a.jpg')]]);
  expect(read.unreadable).toBe(1);
  // A part can still be claimed beside it.
  const part = { shard: { index: 1, count: 2 }, total: 2, fingerprint: 'f'.repeat(64) };
  expect(await archive.claim({ ...run(), part }, [])).toBe(true);
  expect(await database.get('runs', 'odd')).toEqual(odd);
  database.close();
});
