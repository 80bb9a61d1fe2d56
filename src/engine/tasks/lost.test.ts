import '@tensorflow/tfjs-backend-cpu';
import { expect, test } from 'vitest';
import { goldenPackage, startCpu } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';

const request = { packageId: 'tiny-classifier' };

/** An engine whose GPU is lost in the first `times` network passes. */
async function openUnlucky(times: number) {
  const state = { starts: 0, left: times, lose: (_reason: string) => {} };
  const webgpu = async () => {
    state.starts += 1;
    const lost = new Promise<string>((resolve) => {
      state.lose = resolve;
    });
    return { ...(await startCpu('webgpu')), lost };
  };
  const engine = openEngine([await goldenPackage()], { webgpu }, (stage) => {
    if (stage !== 'network' || state.left === 0) return;
    state.left -= 1;
    state.lose('unplugged');
  });
  return { ...engine, state };
}

test('a device lost in the pass: a new one, the package anew, the photo once more, and the answer says so', async () => {
  const { analyse, state } = await openUnlucky(1);
  const analysis = unwrapped(await analyse('200 120 90', request));
  expect(state.starts).toBe(2);
  expect(analysis.provenance.backend).toBe('webgpu');
  expect(analysis.setbacks).toEqual([
    { stage: 'network', failure: { code: 'device-lost', detail: { reason: 'unplugged' } } },
  ]);
  expect(unwrapped(await analyse('200 120 90', request)).setbacks).toEqual([]);
});

test('lost twice for one photo: no third time; the next photo is served', async () => {
  const { analyse, state } = await openUnlucky(2);
  expect(failureOf(await analyse('200 120 90', request))?.code).toBe('device-lost');
  expect(state.starts).toBe(2);
  expect(unwrapped(await analyse('200 120 90', request)).setbacks).toEqual([]);
});
