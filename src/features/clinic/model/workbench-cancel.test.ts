import { expect, test, vi } from 'vitest';
import { failure } from '../../../core/failure';
import { settled } from '../../../engine/testing/settled';
import { answerOf } from '../../../runtime/run';
import { answer, openWorkbench } from './testing/open-workbench';
import { lesionRunOf, withOwnAnswers } from './workbench-photo';

test('keeps the photo after a failure, and runs it again', async () => {
  const { workbench, runtime, loads, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  loads[0]?.end(failure('package-unavailable'));
  await settled();
  expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'package-unavailable' } });
  expect(runtime.store.getState().packages.nets?.state).toBe('failed');

  const second = workbench.analyse(id, 'nets');
  await settled();
  await load();
  await finish(0);
  await second;
  expect(run(id)?.state).toBe('done');
});

test('cancels a download, and can start it again at once', async () => {
  const { workbench, runtime, loads, run, add, load } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  workbench.cancel(id, 'nets');
  const second = runtime.load('nets');
  await settled();
  expect(run(id)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
  expect(loads).toHaveLength(2);
  expect(runtime.store.getState().packages.nets?.state).toBe('loading');
  await load();
  expect((await second).ok).toBe(true);
});

test('cancels one photo of many without ending the download that the others wait for', async () => {
  const { workbench, loads, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [first, second = ''] = await add('a', 'b');
  workbench.cancel(first, 'nets');
  await settled();
  expect(run(first)).toMatchObject({ state: 'failed', failure: { code: 'cancelled' } });
  expect(loads[0]?.options.signal?.aborted).toBe(false);
  await load();
  await finish(0);
  expect(run(second)?.state).toBe('done');
  // What was cancelled waits for the user.
  workbench.select(first);
  await settled();
  expect(run(first)?.state).toBe('failed');
});

test.each(['cancelled', 'internal'] as const)(
  'a run that ends as %s leaves the answer of before',
  async (code) => {
    const { workbench, analyses, photoOf, run, add, load, finish } = openWorkbench();
    workbench.choosePackage('nets');
    const [id] = await add('a');
    await load();
    await finish(0);
    void workbench.analyse(id, 'nets', { testTimeAugmentation: true });
    await settled();
    if (code === 'cancelled') workbench.cancel(id, 'nets');
    else analyses[1]?.end(failure(code));
    await settled();
    expect(run(id)).toMatchObject({ state: 'failed', failure: { code } });
    expect(answerOf(run(id))).toBe(answer);
    // So it does for the lesion that it is about, and through a run after it.
    const photo = photoOf(id);
    expect(photo && answerOf(lesionRunOf(photo, 'nets', answer.square))).toBe(answer);
    expect(photo && withOwnAnswers({ ...photo, squares: [answer.square] })).toMatchObject([
      { square: answer.square, run: { previous: answer } },
    ]);
    void workbench.analyse(id, 'nets');
    await settled();
    workbench.cancelAll();
    await settled();
    expect(answerOf(run(id))).toBe(answer);
  },
);

test('cancels all that waits and runs', async () => {
  const { workbench, run, add, load } = openWorkbench();
  workbench.choosePackage('nets');
  const ids = await add('a', 'b');
  await load();
  workbench.cancelAll();
  await settled();
  for (const id of ids) expect(run(id)).toMatchObject({ failure: { code: 'cancelled' } });
});

test('hands the engine three of many photos at a time, and starts none after all were cancelled', async () => {
  const { workbench, analyses, photoOf, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const ids = await add(...Array.from({ length: 40 }, (_, index) => `spot ${index}`));
  await load();
  expect(ids.every((id) => photoOf(id)?.url)).toBe(true);
  expect(analyses).toHaveLength(3);
  await finish(1);
  expect(analyses).toHaveLength(4);
  expect(ids.filter((id) => run(id))).toHaveLength(4);
  workbench.cancelAll();
  await settled();
  expect(analyses).toHaveLength(4);
  expect(ids.map((id) => run(id)?.state)).toEqual(['failed', 'done', ...Array(38).fill('failed')]);
  const [later = ''] = await add('later');
  await settled();
  expect(run(later)?.state).toBe('running');
});

test('selects the neighbour of a photo that is taken off, whose run ends', async () => {
  const { workbench, analyses, add, load } = openWorkbench();
  workbench.choosePackage('nets');
  const [first, second = '', third = ''] = await add('a', 'b', 'c');
  await load();
  workbench.select(second);
  workbench.remove(second);
  expect(workbench.store.getState()).toMatchObject({ selectedId: third });
  workbench.remove(third);
  expect(workbench.store.getState()).toMatchObject({ selectedId: first });
  expect(analyses[1]?.options.signal?.aborted).toBe(true);
});

test('ends what runs and releases the memory when it is cleared', async () => {
  const { workbench, analyses, photoOf, add, load } = openWorkbench();
  const revoke = vi.spyOn(URL, 'revokeObjectURL');
  workbench.choosePackage('nets');
  const [id] = await add('a');
  const url = photoOf(id)?.url;
  await load();
  workbench.clear();
  expect(analyses[0]?.options.signal?.aborted).toBe(true);
  expect(revoke).toHaveBeenCalledWith(url);
  expect(workbench.store.getState()).toMatchObject({ photos: [], selectedId: null });
});
