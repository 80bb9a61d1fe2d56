import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyPackage } from '../testing/tiny-package';

const request = { packageId: 'tiny-classifier', overruleGate: false };
let tiny: TinyPackage;

beforeAll(async () => {
  tiny = await goldenPackage();
});

test('a photo that the gate refuses gets the first cause as its failure, before anything is downloaded', async () => {
  const { analyse, server } = openEngine([tiny]);
  const failure = failureOf(await analyse('0 0 0', request));
  expect(failure?.code).toBe('photo-size');
  expect(failure?.detail).toMatchObject({ value: 10 });
  expect(String(failure?.detail.checks)).toMatch(/^size, .*dark/);
  expect(server.requests.some((path) => path.endsWith('.bin'))).toBe(false);
});

test('one that it accepts goes on, with what was found', async () => {
  const { analyse } = openEngine([tiny]);
  const { gate } = unwrapped(await analyse('grainy', request));
  expect(gate).toMatchObject({ accepted: true, overruled: false });
  expect(gate?.checks.map(({ check }) => check)).toContain('blur');
});

test('overruled it goes on, and the analysis keeps the mark', async () => {
  const { analyse } = openEngine([tiny]);
  const { gate } = unwrapped(await analyse('0 0 0', { ...request, overruleGate: true }));
  expect(gate).toMatchObject({ accepted: false, overruled: true });
});

test('a square that the user chose is asked instead of the whole photo', async () => {
  const { analyse } = openEngine([tiny]);
  const square = { left: 0, top: 0, side: 40 };
  expect(failureOf(await analyse('grainy', { ...request, square }))?.code).toBe('photo-size');
});

test('what is out of distribution is not accepted, and its numbers stay beside it', async () => {
  const strict = await goldenPackage((logits) =>
    tinyPackage(logits, {
      ood: { threshold: -2, acceptance: 0.95, auroc: {}, refusal: { threshold: -1, acceptance: 0.99 } },
    }),
  );
  const { analyse } = openEngine([strict]);
  const { gate, outOfDistribution, probabilities } = unwrapped(await analyse('grainy', request));
  expect(gate?.accepted).toBe(false);
  expect(gate?.checks.at(-1)).toMatchObject({
    check: 'distribution',
    severity: 'refuse',
    limit: -1,
    value: outOfDistribution?.score,
  });
  expect(probabilities).toHaveLength(2);
});
