// @vitest-environment happy-dom
import { screen } from '@testing-library/react';
import i18next from 'i18next';
import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { renderPart, text } from '../../../ui/testing/render';
import { Details } from './Details';
import { answerRows, verdictIn } from './doctor-letter';

const unflagged = {
  conformalSet: ['nv'],
  decision: { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null },
} satisfies Partial<Analysis>;
const novelty = (inDistribution: boolean, refused = false) =>
  exampleAnalysis({
    ...unflagged,
    outOfDistribution: { score: 13, threshold: 12.3, inDistribution, refused },
  });
const unusual = text('selfCheck.details.unusual');

/** The verdict's sentences in the details and in the doctor's letter: the same. */
function sentences(analysis: Analysis): string[] {
  const { container } = renderPart(<Details analysis={analysis} card={exampleCard} />);
  const shown = [...container.querySelectorAll('details > p')].map(({ textContent }) => textContent ?? '');
  const source = { language: 'en', i18n: i18next, titleOf: (id: string) => id } as const;
  const letter = verdictIn(analysis, exampleCard, source);
  // On the screen a number and its sign are not parted at the end of a line.
  expect(shown.slice(1, 1 + letter.length).map((line) => line.replaceAll('\u00a0', ' '))).toEqual(letter);
  return letter;
}

test('an unusual photo leads with being unusual, and nothing is listed as all that remains', () => {
  const lines = sentences(novelty(false));
  expect(lines[0]).toBe(unusual);
  expect(lines.join(' ')).not.toContain('ruled out: Nevus');
});

test('a photo like the known ones has its list, and a refused one the words of a refusal', () => {
  expect(sentences(novelty(true)).join(' ')).toMatch(/^Not flagged.*Cannot be ruled out: Nevus/);
  const refused = sentences(novelty(false, true));
  expect(refused[0]).toBe(`${text('verdict.headline.no-result')}.`);
  expect(refused).toContain(text('verdict.noResult'));
  expect(screen.queryAllByText(unusual)).toEqual([]);
});

test('what was left open stays "Not said" on the doctor’s page, and "don’t know" stays an answer', () => {
  const asked = { changed: null, grew: null, bleed: 'yes', itch: null, hurt: null, elevation: null } as const;
  const answers = { age: null, sex: null, place: null, special: null, symptoms: asked };
  const rows = answerRows({ answers, card: null, language: 'en', i18n: i18next });
  const [notSaid, unknown] = [text('selfCheck.about.sexUnknown'), text('selfCheck.unknown')];
  expect(rows.slice(0, 4).map(({ value }) => value)).toEqual([notSaid, notSaid, unknown, unknown]);
  expect(rows.slice(4).map(({ value }) => value)).toEqual(
    [null, null, 'yes', null, null, null].map((said) => (said ? text('selfCheck.yes') : unknown)),
  );
});
