import { expect, test } from 'vitest';
import { exampleAnalysis, examplePanelMember } from '../core/fixtures/analysis';
import { type ExportWords, textOf } from './exports';
import { exportable } from './fixtures/exportable';
import { wordsOf } from './health/fixtures/source';

const how = (language: 'en' | 'ko', changes: Partial<ExportWords> = {}): ExportWords => ({
  words: wordsOf(language).words,
  language,
  disclaimer: { en: wordsOf('en').words.disclaimer, ko: wordsOf('ko').words.disclaimer },
  written: (time) => time,
  titleOf: (id) => id,
  ...changes,
});

test.each([
  ['en', 'would flag the photo: Second network.'],
  ['ko', '둘째 신경망'],
] as const)('a report in %s names the networks of a panel by their titles', (language, said) => {
  const titles = { en: 'Second network', ko: '둘째 신경망' };
  const panel = [examplePanelMember('a', 0.12, false), examplePanelMember('b', 0.48, true)];
  const answer = exportable({ analysis: exampleAnalysis({ panel }) });
  const text = textOf(answer, how(language, { titleOf: (id) => (id === 'b' ? titles[language] : id) }));
  expect(text).toContain(said);
});
