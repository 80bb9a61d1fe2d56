// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import type { ExplanationStep } from '../model/explanation';
import { StepWords } from './StepWords';

/** Evidence in the middle alone, for either class. */
const planes = ['nv', 'mel'].map((classId) => ({
  classId,
  values: Float32Array.from({ length: 9 }, (_, at) => Number(at === 4)),
}));
const activation = { width: 3, height: 3, planes };

const lesion = {
  ...{ segmenter: null, lesions: [], chosen: 0, nothing: null, morphology: null, milliseconds: 1 },
  mask: { width: 2, height: 2, data: new Uint8Array(4).fill(1) },
};

const draw = (changes: Partial<Analysis>, step: ExplanationStep = 'attention') =>
  renderPart(
    <StepWords
      step={step}
      analysis={exampleAnalysis({ activation, lesion, attention: null, ...changes })}
      card={exampleCard}
      synthetic={false}
      credit=""
    />,
  );

test('the map of a flagged photo is said to be of what it is flagged for, not of the answer', () => {
  draw({});
  expect(screen.getByText(text('kiosk.step.attention.flagged', { name: 'Melanoma' }))).toBeDefined();
  expect(screen.queryByText(text('kiosk.step.attention.sentence'))).toBeNull();
});

test('a map that points at nothing is not drawn, and the clinic’s sentence says why', () => {
  const values = new Float32Array(9).fill(1);
  draw({ activation: { width: 3, height: 3, planes: [{ classId: 'mel', values }] } });
  const sentence = `${text('report.photo.doubt.flat')} ${text('kiosk.step.attention.notDrawn')}`;
  expect(screen.getByText(sentence)).toBeDefined();
});

test('a map that no outline can be held against is not drawn, and that is said', () => {
  draw({ lesion: null });
  const sentence = `${text('kiosk.step.attention.unplaced')} ${text('kiosk.step.attention.notDrawn')}`;
  expect(screen.getByText(sentence)).toBeDefined();
});

test('without a flag it is of the answer', () => {
  draw({ decision: { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null } });
  expect(screen.getByText(text('kiosk.step.attention.sentence'))).toBeDefined();
});

test.each(['mask', 'answer'] as const)(
  'at the stage %s it is said that one of several spots was looked at',
  (step) => {
    const one = { area: 4 } as unknown as NonNullable<Analysis['lesion']>['lesions'][number];
    const words = text('kiosk.oneOfSpots', { found: 2 });
    draw({ lesion: { ...lesion, lesions: [one] } }, step);
    expect(screen.queryByText(words)).toBeNull();
    draw({ lesion: { ...lesion, lesions: [one, one] } }, step);
    expect(screen.getByText(words)).toBeDefined();
  },
);
