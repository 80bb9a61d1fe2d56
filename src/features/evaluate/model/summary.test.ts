import { expect, test } from 'vitest';
import type { ImageAnswer } from '../../../core/evaluation/answer';
import { failure } from '../../../core/failure';
import { finish, type Steps } from '../../../core/steps';
import { emptySummary, summing, withAnswer, withKept, withoutFailed } from './summary';

const images = Array.from({ length: 5000 }, (_, index) => ({
  path: `${index}.jpg`,
  size: 1,
  label: 'nv',
  columns: {},
  group: `${index}`,
  mask: null,
}));
const answer = (path: string, fails: boolean): ImageAnswer => ({
  path,
  answers: { m: fails ? failure('file-unsupported') : { ok: true, probabilities: [1], milliseconds: 1 } },
  overlap: null,
  maskFailure: null,
});
/** Every tenth failed, the last hundred not asked yet. Counts how often it is asked. */
class Counted extends Map<string, ImageAnswer> {
  looks = 0;
  override get(path: string) {
    this.looks += 1;
    return super.get(path);
  }
  override *[Symbol.iterator]() {
    for (const each of super.entries()) {
      this.looks += 1;
      yield each;
    }
    return undefined;
  }
}
const answers = new Counted(
  images.slice(0, 4900).map(({ path }, index) => [path, answer(path, index % 10 === 3)]),
);

test('how many failed, the first hundred of them, and where the run stopped', () => {
  const { failed, failures, next } = finish(summing(images, answers));
  expect(failed).toBe(490);
  expect(failures.map(({ path }) => path)).toEqual(
    images.filter((_, index) => index % 10 === 3 && index < 1000).map(({ path }) => path),
  );
  expect(next).toBe('4900.jpg');
  expect(finish(summing([], answers))).toEqual(emptySummary);
});

test('one more answer is counted without a look at the others', () => {
  const one = withAnswer(emptySummary, answer('a.jpg', true));
  expect(one).toMatchObject({ failed: 1, failures: [{ path: 'a.jpg' }] });
  expect(withAnswer(one, answer('b.jpg', false))).toEqual(one);
});

test('failed ones are left out, and what another tab answered is taken in', () => {
  expect(finish(withoutFailed(answers)).size).toBe(4900 - 490);
  const own = new Map([['3.jpg', answer('3.jpg', true)]]);
  const all = finish(withKept(own, answers));
  expect(all.size).toBe(4900 - 490 + 1);
  expect([...all.keys()][0]).toBe('3.jpg');
});

const works: Record<string, () => Steps<unknown>> = {
  'the summary': () => summing(images, answers),
  'leaving out failed ones': () => withoutFailed(answers),
  'taking in others': () => withKept(new Map(), answers),
};

test.each(Object.entries(works))('%s: no more than 500 images a step', (_, make) => {
  answers.looks = 0;
  let most = 0;
  let sum = 0;
  for (const steps = make(); !steps.next().done; answers.looks = 0) {
    most = Math.max(most, answers.looks);
    sum += answers.looks;
  }
  expect(most).toBeLessThanOrEqual(500);
  expect(sum).toBeGreaterThan(4000);
});
