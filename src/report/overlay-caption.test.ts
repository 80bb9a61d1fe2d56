import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleAnalysis, exampleCard } from '../core/fixtures/analysis';
import { overlayCaption } from './overlay-caption';
import type { ReportWords } from './words';

const wordsOf = (language: string): ReportWords['photo'] =>
  JSON.parse(readFileSync(new URL(`../app/languages/report.${language}.json`, import.meta.url), 'utf8'))
    .report.photo;

const caption = (
  changes: Parameters<typeof exampleAnalysis>[0] = {},
  language: 'en' | 'ko' = 'en',
  scale: number | null = null,
) => overlayCaption(exampleAnalysis(changes), exampleCard, { words: wordsOf(language), language, scale });
const map = (values: number[]) => ({
  width: values.length,
  height: 1,
  planes: ['nv', 'mel'].map((classId) => ({ classId, values: new Float32Array(values) })),
});
const pointed = map([9, 0, 0, 0, 0, 0, 0, 0]);

test('a caption names what is drawn, and the flagged class of a flagged photo', () => {
  // 70 % nevus, 30 % melanoma, flagged from 21 % on.
  expect(caption({ activation: pointed })).toBe(
    'The square that the model saw, the map of the evidence for Melanoma.',
  );
  expect(caption({ activation: null })).toBe('The square that the model saw.');
  expect(caption({ activation: pointed }, 'ko')).toContain('흑색종');
});

test('a caption says where a map is worth little', () => {
  expect(caption({ activation: map([5, 5, 5, 5, 5, 5, 5, 5]) })).toContain(wordsOf('en').doubt.flat);
});

test('a caption says how long the bar is', () => {
  expect(caption({ activation: null }, 'en', 0.05)).toBe(
    'The square that the model saw. The bar is 10 mm long.',
  );
});
