// @vitest-environment happy-dom
import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { beforeEach, expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import {
  exampleAnalysis,
  exampleCard,
  exampleOutline,
  examplePanelMember,
} from '../../../core/fixtures/analysis';
import { text } from '../../../ui/testing/render';
import { openPhoto } from '../model/testing/triage-rows';
import { AnswerPane } from './AnswerPane';
import { renderClinic } from './testing/render-clinic';

const other: Card = { ...exampleCard, id: 'other', title: { en: 'Another', ko: '다른 모델' } };

/** The pane for a photo with this answer; `beside`: the other model's. */
function draw(changes: Partial<Analysis> = {}, beside: Partial<Analysis> | null = null) {
  const analysis = exampleAnalysis(changes);
  const runs = {
    [exampleCard.id]: { state: 'done', analysis } as const,
    ...(beside && { other: { state: 'done', analysis: exampleAnalysis(beside) } as const }),
  };
  return renderClinic(
    <AnswerPane photo={openPhoto('spot', { runs })} cards={[exampleCard, other]} card={exampleCard} />,
  );
}

const section = (heading: string) => screen.getByRole('region', { name: heading });
const toggle = (heading: string) => screen.getByRole('button', { name: heading, expanded: undefined });
const isOpen = (heading: string) => toggle(heading).getAttribute('aria-expanded') === 'true';
const headings = () => [
  text('answer.probabilities'),
  text('facts.heading'),
  text('pane.threshold'),
  text('viewer.lesion.heading'),
  text('pane.comparison'),
  text('pane.about'),
];
/** Sections stay as they were left, for the tests after this one too. */
function foldAll() {
  for (const heading of headings()) if (isOpen(heading)) fireEvent.click(toggle(heading));
}

const outline = exampleOutline(0.1);
const warned = {
  lesion: outline.morphology && { ...outline, morphology: { ...outline.morphology, cutOff: true } },
  outOfDistribution: { score: 13, threshold: 12.3, inDistribution: false, refused: false },
  gate: {
    accepted: true,
    overruled: true,
    checks: [{ check: 'blur', passed: true, value: 1, limit: 2, severity: 'warn' }],
  },
  panel: [examplePanelMember('a', 0.1, false), examplePanelMember('b', 0.4, true)],
} satisfies Partial<Analysis>;
const unflagged = {
  probabilities: [
    { id: 'nv', logit: 0, raw: 0.95, calibrated: 0.95 },
    { id: 'mel', logit: 0, raw: 0.05, calibrated: 0.05 },
  ],
  decision: { positive: ['mel'], probability: 0.05, threshold: 0.21, above: false, wanted: null },
} satisfies Partial<Analysis>;

beforeEach(() => {
  draw({ lesion: outline });
  foldAll();
  cleanup();
});

test('a folded section says in a line what is in it', () => {
  draw({ lesion: outline });
  expect(section(text('answer.probabilities')).textContent).toContain('Nevus 70\u00a0% · Melanoma 30\u00a0%');
  expect(section(text('viewer.lesion.heading')).textContent).toMatch(
    /A\s[\d.]+.* · B\s[\d.]+.* · C\s\d.* · D\s4(\.\d)?\smm/,
  );
  expect(section(text('facts.heading')).textContent).toContain(text('pane.factsGiven', { count: 0 }));
  expect(section(text('pane.comparison')).textContent).toContain(text('pane.notCompared'));
  expect(section(text('pane.threshold')).textContent).toContain(text('answer.sensitivity'));
});

test('no flag and no warning is in a folded section', () => {
  draw(warned, unflagged);
  const shown = [
    text('verdict.caution.flagged'),
    text('answer.overruled'),
    text('viewer.qualityWarnings.blur'),
    text('viewer.form.cutOff'),
    text('viewer.compare.flag'),
    text('viewer.compare.spread', { points: 25 }),
  ].map((words) => screen.getByText(words));
  shown.push(screen.getByRole('heading', { name: text('verdict.headline.flagged') }));
  shown.push(screen.getByText(/^Unusual for this model/));
  shown.push(screen.getByText(/^On their own, 1 of the 2 networks would flag/));
  for (const warning of shown) expect(warning.closest('[data-folded]'), warning.textContent ?? '').toBeNull();
});

test('a section that was opened is open for the next photo', () => {
  draw();
  expect(isOpen(text('pane.about'))).toBe(false);
  fireEvent.click(toggle(text('pane.about')));
  expect(isOpen(text('pane.about'))).toBe(true);
  cleanup();
  draw({ createdAt: '2026-01-01T00:00:00.000Z' });
  expect(isOpen(text('pane.about'))).toBe(true);
  expect(screen.getByText('For tests only.').closest('[data-folded]')).toBeNull();
});

test('what the model must not be used for, and that it is no medical device, is part of every answer', () => {
  draw({ outOfDistribution: { score: 20, threshold: 12.3, inDistribution: false, refused: true } });
  expect(screen.getByText('For tests only.')).toBeDefined();
  expect(screen.getAllByText(text('app.disclaimer')).length).toBeGreaterThan(0);
});

test('a field of the facts keeps what is typed while the answer comes and goes', () => {
  const { redraw } = draw();
  const age = () => screen.getByRole<HTMLInputElement>('textbox', { name: /years/i });
  fireEvent.change(age(), { target: { value: '6' } });
  const before = age();
  for (const runs of [{}, { [exampleCard.id]: { state: 'running', progress: null } as const }]) {
    redraw(<AnswerPane photo={openPhoto('spot', { runs })} cards={[exampleCard]} card={exampleCard} />);
    expect(age()).toBe(before);
    expect(age().value).toBe('6');
  }
});

test('a threshold that is read off the curve of the test photos is said to flatter, folded and open', () => {
  const { workbench } = draw();
  act(() => workbench.setSensitivity(0.95));
  const threshold = () => section(text('pane.threshold'));
  const asked = text('verdict.targetChosen', { target: '95\u00a0%' });
  expect(threshold().textContent).toContain(asked);
  expect(threshold().textContent).not.toContain(text('answer.sensitivityMeaning'));
  fireEvent.click(toggle(text('pane.threshold')));
  expect(threshold().textContent).toContain(text('verdict.flatters'));
  expect(threshold().textContent).toContain(text('viewer.sensitivity.chosenOnCurve'));
});

test('a threshold that was chosen on other photos stands with its interval on the test photos', () => {
  const decision = exampleCard.decision as NonNullable<Card['decision']>;
  const estimate = { value: 0.93, low: 0.89, high: 0.961 };
  const offered = { targetSensitivity: 0.95, threshold: 0.1, sensitivity: estimate, specificity: estimate };
  const card = { ...exampleCard, decision: { ...decision, thresholds: [offered] } };
  const runs = { [card.id]: { state: 'done', analysis: exampleAnalysis() } as const };
  const { workbench } = renderClinic(
    <AnswerPane photo={openPhoto('spot', { runs })} cards={[card]} card={card} />,
  );
  act(() => workbench.setSensitivity(0.95));
  fireEvent.click(toggle(text('pane.threshold')));
  const said = section(text('pane.threshold')).textContent;
  expect(said).toContain('93.0\u00a0% (89.0\u00a0% to 96.1\u00a0%)');
  expect(said).toContain(text('viewer.sensitivity.chosen'));
  expect(said).not.toContain(text('verdict.flatters'));
});
