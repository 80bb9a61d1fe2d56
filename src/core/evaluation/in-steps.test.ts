import { expect, test } from 'vitest';
import { exampleCard } from '../fixtures/analysis';
import { measuringAtThreshold } from '../metrics/threshold-groups';
import { finish, type Steps } from '../steps';
import type { ImageAnswer } from './answer';
import { readingFields } from './fields';
import { fillingGalleries } from './gallery';
import { sampleOf, sampling } from './sample';

const count = 4200;
const images = Array.from({ length: count }, (_, index) => ({
  path: `${index}.jpg`,
  size: 1,
  label: index % 3 ? 'nv' : 'mel',
  columns: { age: String(index % 90) },
  group: `L${index % 1000}`,
  mask: null,
}));
const judged = (packageId: string) => ({
  packageId,
  classes: ['nv', 'mel'],
  decision: { positive: ['mel'], threshold: 0.5 },
  conformal: exampleCard.calibration?.conformal ?? null,
  labels: { nv: 'nv', mel: 'mel' },
});
/** Counts how many images a step looks up. */
class Counted extends Map<string, ImageAnswer> {
  looks = 0;
  override get(path: string) {
    this.looks += 1;
    return super.get(path);
  }
}
const answers = new Counted(
  images.map(({ path }, index) => {
    const said = (mel: number) => ({ ok: true as const, probabilities: [1 - mel, mel], milliseconds: 1 });
    const byModel = { one: said((index % 97) / 97), two: said((index % 89) / 89) };
    return [path, { path, answers: byModel, overlap: null, maskFailure: null }];
  }),
);
const one = judged('one');
const sampled = sampleOf(one, images, answers);

const works: Record<string, () => Steps<unknown>> = {
  'the sample of a model': () => sampling(one, images, answers),
  'by what images are told apart': () => readingFields(images, answers),
  'the galleries': () => fillingGalleries(one, [judged('two')], sampled, images, answers),
};

test.each(Object.entries(works))('%s: no more than 500 images a step', (_, make) => {
  answers.looks = 0;
  let most = 0;
  for (const steps = make(); !steps.next().done; answers.looks = 0) most = Math.max(most, answers.looks);
  expect(most).toBeGreaterThan(0);
  // The step before the last of one list may be the first of the next.
  expect(most).toBeLessThanOrEqual(1000);
});

test('the parts at a threshold: no more than 500 scores a step', () => {
  const scores = sampled.sample.probabilities.map(([, mel]) => mel as number);
  let looks = 0;
  const watched = new Proxy(scores, {
    get(target, key, receiver) {
      if (typeof key === 'string' && /^\d+$/.test(key)) looks += 1;
      return Reflect.get(target, key, receiver);
    },
  });
  const { truth, groups } = sampled.sample;
  const about = { scores: watched, positive: truth.map((label) => label === 1), groups };
  const steps = measuringAtThreshold(about, 0.5, finish(readingFields(images, answers)));
  let most = 0;
  for (; !steps.next().done; looks = 0) most = Math.max(most, looks);
  expect(most).toBeGreaterThan(0);
  expect(most).toBeLessThanOrEqual(1000);
});
