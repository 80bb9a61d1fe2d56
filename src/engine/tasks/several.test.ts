import '@tensorflow/tfjs-backend-cpu';
import { beforeAll, expect, test } from 'vitest';
import type { TinyPackage } from '../testing/build-package';
import { goldenPackage } from '../testing/golden-package';
import { failureOf, logitsOf, openEngine, unwrapped } from '../testing/open-engine';
import { tinyFusion } from '../testing/tiny-fusion';
import { tinySegmenter } from '../testing/tiny-segmenter';

const packageIds = ['tiny-classifier', 'tiny-fusion'];
const photo = 'spots 90 60 25';
let packages: TinyPackage[];

beforeAll(async () => {
  packages = [await goldenPackage(), await goldenPackage(tinyFusion), await goldenPackage(tinySegmenter)];
});

test('several packages share decoding and mask, and say what each says alone', async () => {
  const { analyse, analyseAll, log, next } = openEngine(packages);
  const metadata = { age: 40 };
  const call = next();
  const answers = unwrapped(await analyseAll(photo, { packageIds, metadata }, call));
  expect(answers.map(({ packageId }) => packageId)).toEqual(packageIds);
  const stages = log.filter((line) => line.startsWith(`${call} `));
  expect(stages.filter((line) => line.endsWith(' decode'))).toHaveLength(1);
  expect(stages.filter((line) => line.endsWith(' segment'))).toHaveLength(1);
  for (const { packageId, answer } of answers) {
    const alone = unwrapped(await analyse(photo, { packageId, metadata }));
    const together = unwrapped(answer);
    expect(logitsOf(together)).toEqual(logitsOf(alone));
    expect(together.square).toEqual(alone.square);
    expect(together.lesion?.mask).toEqual(alone.lesion?.mask);
  }
});

test('the failure of one is its own', async () => {
  const { analyseAll } = openEngine(packages);
  const answers = unwrapped(
    await analyseAll(photo, { packageIds: ['none', 'tiny-classifier', 'tiny-segmenter'] }),
  );
  expect(answers.map(({ answer }) => failureOf(answer)?.code ?? 'ok')).toEqual([
    'package-unknown',
    'ok',
    'package-invalid',
  ]);
});

test('giving up ends all of them; a broken photo is refused once', async () => {
  const { analyseAll, engine, next, server } = openEngine(packages);
  const call = next();
  const answer = analyseAll(photo, { packageIds }, call);
  engine.cancel(call);
  expect(failureOf(await answer)?.code).toBe('cancelled');
  server.requests.length = 0;
  expect(failureOf(await analyseAll('broken', { packageIds }))?.code).toBe('file-unreadable');
  expect(server.requests).toEqual([]);
});
