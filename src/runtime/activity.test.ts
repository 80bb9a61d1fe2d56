import { afterEach, expect, test, vi } from 'vitest';
import { type Result, success } from '../core/failure';
import type { Engine } from '../engine/engine';
import { fakeEngine } from '../engine/testing/fake-engine';
import { createActivity } from './activity';

function open(pause = 0) {
  const ends: (() => void)[] = [];
  const keep = () => new Promise<Result<null>>((resolve) => ends.push(() => resolve(success(null))));
  const activity = createActivity(pause);
  const engine = activity.watch(fakeEngine({ prefetch: keep }));
  return {
    ...activity,
    end: () => ends.shift()?.(),
    run: () => engine.prefetch('a'),
  };
}

afterEach(() => void vi.useRealTimers());

test('busy from the first call until the last has ended', async () => {
  vi.useFakeTimers();
  const { store, run, end, idle } = open();
  await idle();
  const first = run();
  const second = run();
  expect(store.getState().busy).toBe(true);
  end();
  await first;
  await vi.runAllTimersAsync();
  expect(store.getState().busy).toBe(true);
  end();
  await second;
  await vi.runAllTimersAsync();
  await idle();
  expect(store.getState().busy).toBe(false);
});

test('the pause between two photos of a batch is no end', async () => {
  vi.useFakeTimers();
  const { run, end, idle } = open(2000);
  let ended = false;
  const first = run();
  void idle().then(() => {
    ended = true;
  });
  end();
  await first;
  await vi.advanceTimersByTimeAsync(1500);
  const second = run();
  await vi.advanceTimersByTimeAsync(5000);
  expect(ended).toBe(false);
  end();
  await second;
  await vi.advanceTimersByTimeAsync(2000);
  expect(ended).toBe(true);
});

test('whoever waits may give up', async () => {
  const { run, idle } = open();
  void run();
  const controller = new AbortController();
  const waiting = idle(controller.signal);
  controller.abort(new Error('not now'));
  await expect(waiting).rejects.toThrow('not now');
});

test('an evaluation of outlines is work, as every other pass over a photo is', async () => {
  const never = () => new Promise<never>(() => {});
  const photo = new Blob();
  for (const call of [
    (engine: Engine) => engine.analyse(photo, { packageId: 'a' }),
    (engine: Engine) => engine.analyseAll(photo, { packageIds: ['a'] }),
    (engine: Engine) => engine.findLesions(photo, { segmenterId: 'a' }),
  ]) {
    const activity = createActivity(0);
    void call(activity.watch(fakeEngine({ analyse: never, analyseAll: never, findLesions: never })));
    expect(activity.store.getState().busy).toBe(true);
  }
});
