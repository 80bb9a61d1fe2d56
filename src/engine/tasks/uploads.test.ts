import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { afterEach, beforeAll, expect, test, vi } from 'vitest';
import { NetworkInputs } from '../input/inputs';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage, startCpu } from '../testing/golden-package';
import { decodeDrawn, failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyFusion } from '../testing/tiny-fusion';
import { tinyPackage } from '../testing/tiny-package';
import { tinySegmenter } from '../testing/tiny-segmenter';

const photo = 'spots 90 60 25';
const packageIds = ['tiny-classifier', 'sister', 'tiny-fusion'];
let packages: TinyPackage[];

const called = (id: string, make: typeof tinyPackage, change = {}) =>
  goldenPackage((logits) => make(logits, { id, ...change }));

beforeAll(async () => {
  packages = [
    await goldenPackage(),
    await called('sister', tinyPackage),
    await goldenPackage(tinyFusion),
    await goldenPackage(tinySegmenter),
  ];
});

afterEach(() => vi.restoreAllMocks());

/** Counts what is carried to the back end in the shape of a photo of `size`, from now on. */
function countUploads(size: number): () => number {
  const write = vi.spyOn(tf.backend(), 'write');
  return () => write.mock.calls.filter(([, shape]) => shape.slice(1).join() === `${size},${size},3`).length;
}

/** With all packages loaded, so that no golden sample is counted. */
async function openLoaded() {
  const opened = openEngine(packages);
  unwrapped(await opened.analyseAll(photo, { packageIds }));
  return opened;
}

test('packages that take a photo in the same way share one upload', async () => {
  const { analyse, analyseAll } = await openLoaded();
  const uploads = countUploads(8);
  const answers = unwrapped(await analyseAll(photo, { packageIds }));
  expect(answers.map(({ answer }) => answer.ok)).toEqual([true, true, true]);
  expect(uploads()).toBe(1);
  for (const packageId of packageIds) unwrapped(await analyse(photo, { packageId }));
  expect(uploads()).toBe(4);
});

test('so do the eight views of a steadier answer', async () => {
  const { analyseAll } = await openLoaded();
  const uploads = countUploads(8);
  unwrapped(await analyseAll(photo, { packageIds, testTimeAugmentation: true }));
  expect(uploads()).toBe(1);
});

test('another scale of the numbers is another upload', async () => {
  const other = await called('other', tinyPackage, {
    input: { ...packages[0]?.card.input, mean: [0, 0, 0] },
  });
  const { analyseAll } = openEngine([...packages, other]);
  const request = { packageIds: [...packageIds, 'other'] };
  unwrapped(await analyseAll(photo, request));
  const uploads = countUploads(8);
  unwrapped(await analyseAll(photo, request));
  expect(uploads()).toBe(2);
});

test('a square photo is one input for a segmenter and a classifier that see it in the same way', async () => {
  const letterbox = { ...(packages[0] as TinyPackage).card.input, fit: 'letterbox' as const };
  const cut = { ...letterbox, fit: 'centre-square' as const };
  const square = new NetworkInputs(await decodeDrawn(new Blob(['square'])));
  expect(square.of(letterbox).values).toBe(square.of(cut).values);
  const wide = new NetworkInputs(await decodeDrawn(new Blob(['spots'])));
  expect(wide.of(letterbox).values).not.toEqual(wide.of(cut).values);
});

test('nothing of it stays: answered, failed, given up, or lost with its device', async () => {
  let lose = (_reason: string) => {};
  let losses = 0;
  const webgpu = async () => {
    const lost = new Promise<string>((resolve) => {
      lose = resolve;
    });
    return { ...(await startCpu('webgpu')), lost };
  };
  let atNetwork = (_call: string) => {};
  const { engine, analyseAll, next } = openEngine(packages, { webgpu }, (stage, call) => {
    if (stage === 'network') atNetwork(call);
  });
  const all = { packageIds: [...packageIds, 'none', 'tiny-segmenter'], metadata: { age: 40 } };
  unwrapped(await analyseAll(photo, all));
  const { numTensors, numBytes } = tf.memory();
  const inUse = () => {
    const now = tf.memory();
    return [now.numTensors - numTensors, now.numBytes - numBytes];
  };
  unwrapped(await analyseAll(photo, { ...all, testTimeAugmentation: true }));
  expect(inUse()).toEqual([0, 0]);

  const call = next();
  atNetwork = (id) => engine.cancel(Number(id));
  expect(failureOf(await analyseAll(photo, all, call))?.code).toBe('cancelled');
  expect(inUse()).toEqual([0, 0]);

  // The second package of the call loses the device on which the first one's upload lies.
  atNetwork = () => {
    losses += 1;
    if (losses === 2) lose('unplugged');
  };
  const answers = unwrapped(await analyseAll(photo, all));
  expect(answers.map(({ answer }) => failureOf(answer)?.code ?? 'ok')).toEqual([
    'ok',
    'ok',
    'ok',
    'package-unknown',
    'package-invalid',
  ]);
  atNetwork = () => {};
  unwrapped(await analyseAll(photo, all));
  expect(inUse()).toEqual([0, 0]);
});
