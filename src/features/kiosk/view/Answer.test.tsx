// @vitest-environment happy-dom
import { fireEvent, screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
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

test('what the list is worth stands behind its sign, without shares that flatter', async () => {
  const sign = text('answer.meaningOf', { subject: text('verdict.list.heading') });
  const worth = async (card: Card) => {
    const { unmount } = renderPart(<Answer analysis={exampleAnalysis()} card={card} />);
    fireEvent.click(screen.getByRole('button', { name: sign }));
    const said = (await screen.findByText(/^The list is built/)).textContent;
    unmount();
    return said;
  };
  const held = 'On test photos the list held Melanoma';
  expect(await worth(exampleCard)).toContain(held);
  const { calibration } = exampleCard;
  expect(calibration).not.toBeNull();
  if (calibration)
    expect(await worth({ ...exampleCard, calibration: { ...calibration, fittedOn: 'test' } })).not.toContain(
      held,
    );
});
