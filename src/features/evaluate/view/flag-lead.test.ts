import type { TFunction } from 'i18next';
import { expect, test } from 'vitest';
import { answering } from '../../../core/evaluation/gallery';
import { sampleOf } from '../../../core/evaluation/sample';
import type { QualityCheck } from '../../../core/quality/gate';
import { finish } from '../../../core/steps';
import { flagLead } from './flag-lead';

const t = ((key: string) => key.split('.').at(-1)) as unknown as TFunction;

const model = {
  packageId: 'tiny',
  classes: ['nv', 'mel'],
  decision: { positive: ['mel'], threshold: 0.21 },
  labels: { mel: 'mel' },
};
/** What leads the answer for a melanoma that was taken for a nevus, at this probability of a melanoma. */
function lead(mel: number, refused?: QualityCheck['check'][]): string[] {
  const image = { path: 'a.jpg', size: 1, label: 'mel', columns: {}, group: 'a', mask: null };
  const answer = {
    ok: true as const,
    probabilities: [1 - mel, mel],
    milliseconds: 1,
    ...(refused && { refused }),
  };
  const said = { path: 'a.jpg', answers: { tiny: answer }, overlap: null, maskFailure: null };
  const answers = new Map([['a.jpg', said]]);
  const answered = finish(answering(model, sampleOf(model, [image], answers), answers));
  return answered.map((item) => flagLead(t, item));
}

test('flagged or not leads an answer', () => {
  expect(lead(0.3)).toEqual(['flagged. ']);
  expect(lead(0.1)).toEqual(['not-flagged. ']);
  expect(flagLead(t, { flagged: null, refused: false })).toBe('');
});

test('where the clinic would give no result that leads, and nothing is called not flagged', () => {
  expect(lead(0.1, ['distribution'])).toEqual(['no-result. ']);
  expect(lead(0.3, ['distribution'])).toEqual(['no-result. flaggedAllTheSame. ']);
  expect(flagLead(t, { flagged: null, refused: true })).toBe('no-result. ');
});
