// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderPart } from '../../../ui/testing/render';
import { Answer } from './Answer';

const said = (inDistribution: boolean, refused = false) => {
  const outOfDistribution = { score: 13, threshold: 12.3, inDistribution, refused };
  const { container, unmount } = renderPart(
    <Answer analysis={exampleAnalysis({ outOfDistribution })} card={exampleCard} />,
  );
  const text = container.textContent;
  unmount();
  return text;
};

test('a visitor is told that a photo is unusual, as a clinician is; a refused one has no result', () => {
  expect(said(false)).toContain('Unusual for this model');
  expect(said(true)).not.toContain('Unusual');
  expect(said(false, true)).toMatch(/No confident result/);
  expect(said(false, true)).not.toContain('Unusual');
});
