import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import { oncePerFrame } from './once-per-frame';

/** A store, what its view tells, and the frames that the test lets pass. */
function open() {
  const store = createStore(() => 0);
  const frames: (() => void)[] = [];
  const view = oncePerFrame(store, (run) => frames.push(run));
  const told: [number, number][] = [];
  const stop = view.subscribe((now, before) => told.push([now, before]));
  return { store, view, told, stop, frame: () => frames.shift()?.() };
}

test('the first change is passed on at once, all others of the frame together', () => {
  const { store, view, told, frame } = open();
  for (const value of [1, 2, 3]) store.setState(value, true);
  expect(told).toEqual([[1, 0]]);
  expect(view.getState()).toBe(3);
  frame();
  expect(told.at(-1)).toEqual([3, 1]);
  frame();
  store.setState(4, true);
  expect(told).toEqual([
    [1, 0],
    [3, 1],
    [4, 3],
  ]);
});

test('a frame without a change tells nothing, and who left hears nothing', () => {
  const { store, told, stop, frame } = open();
  store.setState(1, true);
  frame();
  expect(told).toHaveLength(1);
  stop();
  store.setState(2, true);
  expect(told).toHaveLength(1);
});

test('a store has one view', () => {
  const { store, view } = open();
  expect(oncePerFrame(store)).toBe(view);
});
