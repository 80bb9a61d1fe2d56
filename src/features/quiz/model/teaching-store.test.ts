import 'fake-indexeddb/auto';
import { openDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import type { MachineAnswer } from './machine-answer';
import type { Attempt } from './score';
import { createTeachingStore, forgetTeaching, teachingDatabaseName } from './teaching-store';

afterEach(() => forgetTeaching());

const attempt: Attempt = { photo: 'p', truth: 'nv', choice: 'benign', at: '2026-01-01T00:00:00.000Z' };
const answer: MachineAnswer = {
  ...{ photo: 'p', asked: 'hash', packageId: 'm', first: 'nv', flagged: null, noResult: false },
  ...{ probabilities: [{ id: 'nv', probability: 1 }], opinions: [] },
};
const set = (id: string, ...photos: string[]) => ({
  ...{ id, title: id, author: '', licence: '', version: '1', changedAt: '2026-01-01T00:00:00.000Z' },
  cases: photos.map((photo) => ({
    ...{ photo, name: null, title: null, credit: '', synthetic: false, diagnosis: null, structures: [] },
  })),
});

test('what cannot be read costs nothing else, is listed, and keeps its photos', async () => {
  const stored = createTeachingStore();
  const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];
  const photo = { type: 'image/png', bytes: new ArrayBuffer(1) };
  await stored.putSet(set('good', first), new Map([[first, photo]]));
  await stored.addAttempt(attempt);
  await stored.putAnswer(answer, null);
  await stored.putSet(set('odd', second), new Map([[second, photo]]));
  const database = await openDB(teachingDatabaseName);
  await database.put('sets', { ...set('odd'), cases: null });
  await database.add('attempts', { ...attempt, truth: 'wart' });
  await database.put('answers', { ...answer, probabilities: {} }, ['q', 'hash']);
  database.close();

  expect((await stored.sets()).map(({ id }) => id)).toEqual(['good']);
  expect(await stored.attempts()).toEqual([attempt]);
  expect(await stored.answers()).toEqual([answer]);
  expect((await stored.unreadable()).map(({ problem }) => problem.split(':')[0])).toEqual([
    'cases',
    'probabilities',
    'truth',
  ]);
  // Other sets can be changed, and nothing is dropped that may belong to the odd one.
  await stored.changeSet('good', (now) => now && { ...now, title: 'Changed' });
  expect(await stored.sets()).toMatchObject([{ title: 'Changed' }]);
  expect(await stored.photo(second)).not.toBeNull();
});
