// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { exampleCard } from '../../../core/fixtures/analysis';
import { renderPart } from '../../../ui/testing/render';
import type { MachineAnswer } from '../model/machine-answer';
import type { Question } from '../model/quiz';
import { MachineSaid } from './MachineSaid';

const answer: MachineAnswer = {
  ...{ photo: 'a', asked: 'b', packageId: exampleCard.id, first: 'nv', flagged: true, noResult: false },
  probabilities: [
    { id: 'nv', probability: 0.7 },
    { id: 'mel', probability: 0.3 },
  ],
  sum: { probability: 0.3, threshold: 0.21 },
  opinions: [],
};
const known = { diagnosis: 'mel' } as Question['known'];

function said(changes: Partial<MachineAnswer> = {}): string {
  const { container } = renderPart(
    <MachineSaid
      answer={{ ...answer, ...changes }}
      question={{ known, choice: 'nv' }}
      cards={{ card: exampleCard, tellsAll: true }}
    />,
  );
  return (container.querySelector('[class*="machine"]')?.textContent ?? '').replaceAll('\u00a0', ' ');
}

test('the flag leads with its numbers, then the most probable class', () => {
  expect(said()).toMatch(/^Flagged: 30 % against 21 %Most probable: .*Nevus, 70 %/);
});

test('between the two stands what cannot be ruled out', () => {
  expect(said({ listed: { classes: ['nv', 'mel'], words: 'some' } })).toMatch(
    /^Flagged: 30 % against 21 %Not ruled out: Melanoma, NevusMost probable: /,
  );
});

test('an answer that was kept without its sum is led by the flag, too', () => {
  const { sum: _, ...before } = answer;
  expect(said({ ...before, sum: undefined })).toMatch(/^FlaggedMost probable:/);
});

test('the most probable class leads where the package has no threshold', () => {
  expect(said({ flagged: null, sum: undefined })).toMatch(/^Most probable:/);
});

test('a flag is said of a photo without a result, with or without its sum', () => {
  expect(said({ noResult: true })).toMatch(/^No confident result\. Flagged all the same: 30 % against 21 %/);
});

test('a flag without its sum is said of a photo without a result', () => {
  expect(said({ noResult: true, sum: undefined })).toMatch(/^No confident result\. Flagged all the same/);
});

test('without a result and without a flag nothing comforts', () => {
  const text = said({ noResult: true, flagged: false });
  expect(text).toMatch(/^No confident result/);
  expect(text).not.toMatch(/flagged|%/i);
});
