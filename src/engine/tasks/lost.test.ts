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

test('lost twice for one photo: no third time; the next photo is served', async () => {
  const { analyse, state } = await openUnlucky(2);
  expect(failureOf(await analyse('200 120 90', request))?.code).toBe('device-lost');
  expect(state.starts).toBe(2);
  expect(unwrapped(await analyse('200 120 90', request)).degradations).toEqual([]);
});
