import { expect, test } from 'vitest';
import { failure } from '../../../core/failure';
import { exampleCard } from '../../../core/fixtures/analysis';
import { settled } from '../../../engine/testing/settled';
import { createAgreementRun, unasked } from './agreement-run';
import { openWorkbench } from './testing/open-workbench';
import type { WorkbenchPhoto } from './workbench-photo';

const ids = ['nets', 'other'];

/** Two photos that the first model has answered for. */
async function twoAnswered() {
  const bench = openWorkbench();
  const { workbench, add, load, finish, list } = bench;
  await list(ids.map((id) => ({ ...exampleCard, id })));
  workbench.choosePackage('nets');
  const photos = await add('a', 'b');
  await load();
  await finish(0);
  await finish(1);
  return { ...bench, photos, agreement: createAgreementRun(workbench) };
}

test('asks one photo after the other for what is missing, and keeps it with the other answers', async () => {
  const { photos, photoOf, agreement, analyses, load, finish } = await twoAnswered();
  expect(photos.map((id) => photoOf(id)?.runs.nets?.state)).toEqual(['done', 'done']);
  const ended = agreement.start(ids);
  await settled();
  expect(agreement.store.getState().progress).toEqual({ done: 0, count: 2 });
  await load();
  expect(analyses.slice(2).map(({ request }) => request.packageId)).toEqual(['other']);
  expect(analyses[2]?.request.background).toBe(true);
  await finish(2);
  expect(agreement.store.getState().progress).toEqual({ done: 1, count: 2 });
  await finish(3);
  await ended;
  expect(agreement.store.getState().progress).toBeNull();
  expect(photos.map((id) => photoOf(id)?.runs.other?.state)).toEqual(['done', 'done']);
  // Nothing is left to ask.
  await agreement.start(ids);
  expect(analyses).toHaveLength(4);
});

test('once stopped it asks nothing more, and leaves the other answers as they are', async () => {
  const { photos, photoOf, agreement, analyses, load } = await twoAnswered();
  const ended = agreement.start(ids);
  await settled();
  await load();
  agreement.stop();
  await ended;
  expect(agreement.store.getState().progress).toBeNull();
  expect(analyses).toHaveLength(3);
  expect(photoOf(photos[0])?.runs).toMatchObject({
    nets: { state: 'done' },
    other: { state: 'failed', failure: { code: 'cancelled' } },
  });
  expect(photoOf(photos[1] ?? '')?.runs.other).toBeUndefined();
});

test('a photo that was turned away is not asked about again; what failed otherwise is', async () => {
  const { photos, photoOf, agreement, analyses, load } = await twoAnswered();
  const ended = agreement.start(ids);
  await settled();
  await load();
  for (const [index, code] of [
    [2, 'file-unreadable'],
    [3, 'internal'],
  ] as const) {
    analyses[index]?.end(failure(code));
    await settled();
  }
  await ended;
  const left = () => photos.map((id) => unasked(photoOf(id) as WorkbenchPhoto, ids));
  expect(left()).toEqual([[], ['other']]);
  void agreement.start(ids);
  await settled();
  expect(agreement.store.getState().progress).toEqual({ done: 0, count: 1 });
});
