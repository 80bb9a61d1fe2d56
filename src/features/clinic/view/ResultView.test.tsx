// @vitest-environment happy-dom
import { fireEvent, screen, within } from '@testing-library/react';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { text } from '../../../ui/testing/render';
import { ResultView } from './ResultView';
import { renderClinic } from './testing/render-clinic';

const refused = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
const below = { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null };

const draw = (changes: Partial<Analysis> = {}, card: Card = exampleCard) =>
  renderClinic(<ResultView analysis={exampleAnalysis(changes)} card={card} />);
const headings = () => screen.getAllByRole('heading').map(({ textContent }) => textContent);
const numbers = () => screen.queryByRole('table', { name: text('answer.probabilities') });

test('the flag leads, then what cannot be ruled out, then the classes', () => {
  draw();
  expect(headings().slice(0, 3)).toEqual([
    text('verdict.headline.flagged'),
    text('verdict.list.heading'),
    text('answer.probabilities'),
  ]);
});

test('a flagged photo is never headed by what is benign, however probable that is', () => {
  draw({ conformalSet: ['nv'] });
  for (const heading of headings()) expect(heading).not.toContain('Nevus');
  const [list] = screen.getAllByRole('list');
  expect(within(list as HTMLElement).getByText('Melanoma')).toBeDefined();
});

test('without a result there are no numbers and no list until somebody insists', async () => {
  draw({ outOfDistribution: refused, decision: below });
  expect(headings()[0]).toBe(text('verdict.headline.no-result'));
  expect(headings()).not.toContain(text('verdict.list.heading'));
  expect(headings()).not.toContain(text('verdict.headline.not-flagged'));
  expect(numbers()).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: text('answer.showNumbers') }));
  await screen.findByRole('table', { name: text('answer.probabilities') });
});

test('a flag is said beside "no confident result"', () => {
  draw({ outOfDistribution: refused });
  expect(headings().slice(0, 2)).toEqual([
    text('verdict.headline.no-result'),
    text('verdict.flaggedAllTheSame'),
  ]);
});

test('without a threshold the most probable class leads', () => {
  draw({ decision: null }, { ...exampleCard, decision: null });
  expect(headings()[0]).toMatch(/Nevus, 70.%/);
});

test('an answer by another version of the model says so once, with no worth of its list', () => {
  const worth = () => screen.queryByRole('button', { name: new RegExp(text('verdict.list.heading')) });
  const { unmount } = draw();
  expect(worth()).not.toBeNull();
  unmount();
  draw({}, { ...exampleCard, version: '1.1.0' });
  expect(headings()[0]).toBe(text('verdict.headline.flagged'));
  const said = text('verdict.otherVersion.version', { version: '1.0.0', here: '1.1.0' });
  expect(screen.getAllByText(said)).toHaveLength(1);
  expect(worth()).toBeNull();
});

test('classes of one thing are shown together first, and each by itself on demand', () => {
  const name = { en: 'Any spot', ko: '모든 점' };
  draw({}, { ...exampleCard, merge: [{ id: 'spot', name, classes: ['nv', 'mel'] }] });
  expect(within(numbers() as HTMLElement).getAllByRole('row')).toHaveLength(1);
  fireEvent.click(screen.getByLabelText(text('answer.fine')));
  expect(within(numbers() as HTMLElement).getAllByRole('row')).toHaveLength(2);
});
