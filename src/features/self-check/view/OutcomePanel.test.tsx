// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import { expect, test } from 'vitest';
import { createStore } from 'zustand/vanilla';
import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { exampleAnalysis, exampleCard, exampleSiteCalibration } from '../../../core/fixtures/analysis';
import { fakeServices, renderPart, text } from '../../../ui/testing/render';
import type { SelfCheckAnswers } from '../model/outcome';
import type { SelfCheck, SelfCheckPath, SelfCheckState } from '../model/self-check';
import { AcneResult } from './AcneResult';
import { LesionResult } from './LesionResult';

const site = exampleSiteCalibration(exampleCard.id, 'b'.repeat(64));
const siteName = text('siteMark', { name: site.name });
const calm: SelfCheckAnswers = {
  age: 40,
  sex: null,
  place: 'back',
  special: 'none',
  symptoms: { changed: 'no', grew: 'no', bleed: 'no', itch: 'no', hurt: 'no', elevation: 'no' },
};

/** The result of a photo that is flagged, but for the changes, and of the answers. */
function renderResult(path: SelfCheckPath, answers: SelfCheckAnswers, changes: Partial<Analysis> = {}) {
  const services = fakeServices();
  const domain = path === 'acne' ? 'acne' : 'phone';
  const card = { ...exampleCard, domain } as Card;
  services.runtime.store.setState({ cards: { state: 'ready', value: [card] } });
  const analysis = exampleAnalysis({ conformalSet: ['nv'], ...changes });
  const state: SelfCheckState = {
    path,
    step: 'answer',
    answers,
    photo: null,
    unreadable: null,
    run: { state: 'done', analysis },
  };
  const check = { store: createStore(() => state), image: () => null } as unknown as SelfCheck;
  const { container } = renderPart(
    path === 'acne' ? <AcneResult check={check} /> : <LesionResult check={check} />,
    services,
  );
  return container.querySelector('[data-outcome]')?.textContent ?? '';
}

test.each(['lesion', 'acne'] as const)(
  'the calibration of the site stands under the outcome of %s, where it judged the photo',
  (path) => {
    expect(renderResult(path, calm, { siteCalibration: site })).toContain(siteName);
  },
);

test.each(['lesion', 'acne'] as const)('and nothing does under that of %s where none judged it', (path) => {
  expect(renderResult(path, calm)).not.toContain('calibration');
});

test('an outcome of the answers alone is nobody’s calibration', () => {
  expect(renderResult('lesion', { ...calm, age: 12 }, { siteCalibration: site })).not.toContain(
    'calibration',
  );
  expect(screen.queryByText(siteName)).toBeNull();
});

test('what would be a reason to see a doctor soon is said only to whoever is not told so already', () => {
  const later = text('selfCheck.changes');
  expect(renderResult('lesion', calm, { decision: null })).toContain(later);
  expect(renderResult('lesion', calm)).not.toContain(later);
  expect(renderResult('lesion', { ...calm, special: 'nail' })).not.toContain(later);
});
