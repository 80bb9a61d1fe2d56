import { expect, test } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { settled } from '../../../engine/testing/settled';
import { answer, gpu, openWorkbench, wasm } from './testing/open-workbench';

test('chooses the first classifier once the list has come, and another when the chosen one leaves the list', async () => {
  const { workbench, runtime, list } = openWorkbench();
  const segmenter = { ...exampleCard, id: 'outlines', task: 'segmentation' as const };
  const first = { ...exampleCard, id: 'first' };
  await list([segmenter, first, { ...exampleCard, id: 'second' }]);
  expect(workbench.store.getState().packageId).toBe('first');
  workbench.choosePackage('second');
  await runtime.refresh();
  expect(workbench.store.getState().packageId).toBe('second');
  await list([segmenter, first]);
  expect(workbench.store.getState().packageId).toBe('first');
});

test('starts with the package for dermoscopy that tells the most things apart, wherever it is in the list', async () => {
  const { workbench, list } = openWorkbench();
  const { classes } = exampleCard;
  const third = { ...(classes[0] as Card['classes'][number]), id: 'third' };
  const fourth = { ...third, id: 'fourth' };
  await list([
    { ...exampleCard, id: 'acne', domain: 'acne', classes: [...classes, third, fourth] },
    { ...exampleCard, id: 'two' },
    { ...exampleCard, id: 'three', classes: [...classes, third] },
  ]);
  expect(workbench.store.getState().packageId).toBe('three');
});

test('renews the answers of a package whose calibration of this site is kept or removed', async () => {
  const { workbench, runtime, analyses, run, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  await load();
  await finish(0);
  runtime.siteCalibrations.keep(exampleSiteCalibration('other', 'b'.repeat(64)));
  expect(analyses).toHaveLength(1);
  runtime.siteCalibrations.keep(exampleSiteCalibration('nets', 'b'.repeat(64)));
  await settled();
  expect(run(id)).toMatchObject({ state: 'running', previous: answer });
  expect(Object.keys(analyses[1]?.request.siteCalibrations ?? {})).toContain('nets');
  runtime.siteCalibrations.remove('nets');
  await settled();
  expect(Object.keys(analyses[2]?.request.siteCalibrations ?? {})).not.toContain('nets');
});

test('compares no package for another kind of photo', async () => {
  const { workbench, list } = openWorkbench();
  await list([
    { ...exampleCard, id: 'first' },
    { ...exampleCard, id: 'second' },
    { ...exampleCard, id: 'acne', domain: 'acne' },
  ]);
  workbench.compareWith(['second']);
  workbench.choosePackage('acne');
  expect(workbench.store.getState().compareWithIds).toEqual([]);
});

test('answers with several packages at once', async () => {
  const { workbench, analyses, photoOf, add, load, finish } = openWorkbench();
  workbench.choosePackage('nets');
  const [id] = await add('a');
  await load();
  await finish(0);
  workbench.compareWith(['other', 'third']);
  await settled();
  await load();
  await load();
  expect(photoOf(id)?.runs).toMatchObject({ other: { state: 'done' }, third: { state: 'done' } });
  expect(analyses).toHaveLength(1);
});

test('tells when a failed self-test moved the engine to another back end', async () => {
  const { runtime, load } = openWorkbench();
  await runtime.refresh();
  expect(runtime.store.getState().backend).toEqual({ state: 'ready', value: gpu });
  const ended = runtime.load('nets');
  await settled();
  await load();
  await ended;
  expect(runtime.store.getState().backend).toEqual({ state: 'ready', value: wasm });
});

test('forgets what was loaded on another back end', async () => {
  const { runtime, load } = openWorkbench();
  const ended = runtime.load('nets');
  await settled();
  await load();
  await ended;
  await runtime.pin('wasm');
  expect(runtime.store.getState()).toMatchObject({
    pinned: 'wasm',
    packages: {},
    backend: { value: wasm },
  });
});
