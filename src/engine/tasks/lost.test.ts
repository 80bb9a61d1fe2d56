import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage, startCpu } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinySegmenter } from '../testing/tiny-segmenter';

const request = { packageId: 'tiny-classifier' };

/** An engine whose GPU is lost in the first `times` passes of the classifier, or of another stage. */
async function openUnlucky(times: number, atStage = 'network', ...others: TinyPackage[]) {
  const state = { starts: 0, left: times, lose: (_reason: string) => {} };
  const webgpu = async () => {
    state.starts += 1;
    const lost = new Promise<string>((resolve) => {
      state.lose = resolve;
    });
    return { ...(await startCpu('webgpu')), lost };
  };
  const engine = openEngine([await goldenPackage(), ...others], { webgpu }, (stage) => {
    if (stage !== atStage || state.left === 0) return;
    state.left -= 1;
    state.lose('unplugged');
  });
  return { ...engine, state };
}

test('a device lost in the pass: a new one, the package again, the photo once more, and the answer says so', async () => {
  const { analyse, state } = await openUnlucky(1);
  const analysis = unwrapped(await analyse('200 120 90', request));
  expect(state.starts).toBe(2);
  expect(analysis.provenance.backend).toBe('webgpu');
  expect(analysis.degradations).toEqual([
    { stage: 'network', failure: { code: 'device-lost', detail: { reason: 'unplugged' } } },
  ]);
  expect(unwrapped(await analyse('200 120 90', request)).degradations).toEqual([]);
});

test('lost while lesions are looked for: the mask is had all the same, and the answer says so', async () => {
  const { analyse, state } = await openUnlucky(1, 'segment', await goldenPackage(tinySegmenter));
  const analysis = unwrapped(await analyse('spots 90 60 25', request));
  expect(state.starts).toBe(2);
  expect(analysis.lesion?.lesions).toHaveLength(1);
  expect(analysis.degradations).toMatchObject([{ stage: 'network', failure: { code: 'device-lost' } }]);
});

test('lost twice in a row: set aside for WASM, which answers, and both say so', async () => {
  const { engine, next, analyse, state } = await openUnlucky(Number.POSITIVE_INFINITY);
  const analysis = unwrapped(await analyse('200 120 90', request));
  expect(state.starts).toBe(2);
  expect(analysis.provenance.backend).toBe('wasm');
  expect(analysis.degradations).toMatchObject([{ stage: 'network', failure: { code: 'device-lost' } }]);
  expect(unwrapped(await engine.backend(next())).skippedBackends).toEqual([
    { name: 'webgpu', reason: 'keeps-being-lost', detail: { reason: 'unplugged', times: 2 } },
  ]);
  expect(unwrapped(await analyse('200 120 90', request)).degradations).toEqual([]);
  // Whoever asks for it again gets it tried again.
  expect(unwrapped(await engine.pinBackend(next(), null)).name).toBe('webgpu');
  expect(state.starts).toBe(3);
});

test('lost now and then, with answers in between, it stays', async () => {
  const { analyse, state } = await openUnlucky(1);
  for (let round = 1; round <= 3; round++) {
    expect(unwrapped(await analyse('200 120 90', request)).provenance.backend).toBe('webgpu');
    expect(state.starts).toBe(1 + round);
    state.left = 1;
  }
});

test('lost twice for one photo where it is pinned: no substitute, and the next photo is served', async () => {
  const { engine, next, analyse, state } = await openUnlucky(2);
  await engine.pinBackend(next(), 'webgpu');
  expect(failureOf(await analyse('200 120 90', request))?.code).toBe('device-lost');
  expect(state.starts).toBe(2);
  expect(unwrapped(await analyse('200 120 90', request)).degradations).toEqual([]);
});

test.each([
  [1, 'webgpu', 2],
  [2, 'wasm', 2],
] as const)('lost %i times while a model is loaded: it is loaded on %s', async (times, name, starts) => {
  const { engine, next, state } = await openUnlucky(times, 'self-test');
  const loaded = unwrapped(await engine.load(next(), request.packageId));
  expect(loaded.backend.name).toBe(name);
  expect(state.starts).toBe(starts);
});
