// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { targetsOf } from '../../../core/evaluation/measured';
import { bandedCurves } from '../../../core/metrics/banded-curves';
import { type ClassifierSample, measureClassifier } from '../../../core/metrics/classifier';
import { renderPart, text } from '../../../ui/testing/render';
import { Curves } from './Curves';
import { blocksOf } from './report-blocks';

const truth = Array.from({ length: 50 }, (_, index) => (index % 10 < 3 ? 1 : 0));
const sample: ClassifierSample = {
  classes: ['nv', 'mel'],
  truth,
  probabilities: truth.map((label, index) => {
    const mel = ((index * 0.618) % 1) * 0.7 + 0.3 * label;
    return [1 - mel, mel];
  }),
  groups: truth.map((_, index) => String(index)),
  decision: { classes: [1], threshold: 0.213 },
};

function draw() {
  const figures = measureClassifier(sample, { resamples: 5 });
  const curves = bandedCurves(targetsOf(sample), sample.groups, { resamples: 5 });
  const names = ['Nevus', 'Melanoma'];
  const { container } = renderPart(
    <Curves packageId="tiny" sample={sample} names={names} figures={figures} curves={curves} fields={{}} />,
  );
  return () => blocksOf(container).map((block) => ('text' in block ? block.text : block.kind));
}

test('a report says which class, threshold and prevalence its figures are of', () => {
  const report = draw();
  const said = report();
  const basis = said.indexOf('Positive: Melanoma; threshold 0.213; prevalence 30.0\u00a0%.');
  // Right before the figures, which it is about.
  expect(said[basis + 1]).toBe('figures');
  expect(said).toContain('At threshold 0.213, by part');
});

test('it follows what is chosen', () => {
  const report = draw();
  fireEvent.change(screen.getByLabelText(text('evaluate.target')), { target: { value: 'nv' } });
  expect(report()).toContain('Positive: Nevus; threshold 0.500; prevalence 70.0\u00a0%.');
});

test('a threshold that is chosen on these images is said to flatter, in the report too', () => {
  const report = draw();
  expect(report().join()).not.toContain(text('evaluate.pointChosen'));
  const slider = screen.getByRole('slider');
  fireEvent.keyDown(slider, { key: 'ArrowRight' });
  expect(report().join()).toContain(text('evaluate.pointChosen'));
});
