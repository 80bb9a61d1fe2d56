import { describe, expect, test } from 'vitest';
import { exampleAnalysis, exampleCard } from '../core/fixtures/analysis';
import type { ReportSource } from './content';
import { wordsOf } from './health/fixtures/source';
import { otherLesionsCell, unaskedLesionsCell } from './other-lesions';
import { reportText } from './text';

const { words } = wordsOf('en');
const source = {
  analysis: exampleAnalysis(),
  card: exampleCard,
  photoName: null,
  scale: null,
  case: null,
  date: '',
};
const write = (changes: Partial<ReportSource>) =>
  reportText({ ...source, ...changes }, words, 'en', { en: '', ko: '' });

describe('other lesions of the photo', () => {
  const calm = exampleAnalysis({
    decision: { positive: ['mel'], probability: 0.05, threshold: 0.21, above: false, wanted: null },
  });
  const other = (number: number, probability: number, refused = false) => ({
    ...{ number, of: 3, square: { left: 300, top: 0, side: 100 }, noResult: refused },
    flag: { flagged: probability >= 0.21, probability, threshold: 0.21 },
    ...{ classes: ['mel'], listed: 'one' as const },
  });

  test('a flagged one is said beside what leads, and its numbers before those of the one shown', () => {
    const text = write({ analysis: calm, otherLesions: [other(2, 0.6), other(3, 0.1)] });
    expect(text).toContain(
      'Not flagged. Another lesion of this photo is flagged.\nLesion 2 of 3 of this photo: flagged, 60.0 % against 21.0 %. Cannot be ruled out: Melanoma.\nLesion 3 of 3 of this photo: not flagged, 10.0 % against 21.0 %.',
    );
  });

  test('one that is not flagged stands after the answer and does not lead', () => {
    const text = write({ analysis: calm, otherLesions: [other(3, 0.1)] });
    expect(text).toContain('Not flagged.\nMalignant classes');
    expect(text).toContain('Lesion 3 of 3 of this photo: not flagged');
  });

  test('without a result nothing is ruled out, and a flag is said all the same', () => {
    const text = write({ analysis: calm, otherLesions: [other(2, 0.6, true), other(3, 0.1, true)] });
    expect(text).toContain(
      'Lesion 2 of 3 of this photo: no confident result, flagged, 60.0 % against 21.0 %.\n',
    );
    expect(text).toContain('Lesion 3 of 3 of this photo: no confident result.\n');
  });

  test('several flagged ones are counted', () => {
    expect(write({ otherLesions: [other(2, 0.6), other(3, 0.5)] })).toContain(
      'Flagged. 2 other lesions of this photo are flagged.',
    );
  });

  test('a cell of a table says the same in numbers', () => {
    expect(otherLesionsCell([other(2, 0.6, true), other(3, 0.1), other(3, 0.1, true)])).toBe(
      'lesion 2 of 3: no result, flagged, 0.6 against 0.21; lesion 3 of 3: not flagged, 0.1 against 0.21; lesion 3 of 3: no result',
    );
  });

  test('of numbers that would look equal more digits are written', () => {
    expect(write({ otherLesions: [other(2, 0.2099)] })).toContain('not flagged, 20.99 % against 21.00 %');
  });
});

describe('lesions of the photo without an answer', () => {
  const beyond = { reason: 'limit' as const, numbers: [9, 10], of: 10, limit: 8 };
  const failed = { reason: 'failed' as const, numbers: [3], of: 10, limit: null };

  test('are counted and named, with the reason', () => {
    expect(write({ unaskedLesions: [beyond, failed] })).toContain(
      '3 more lesions of this photo were found and have no answer: number 9, 10 of 10 (not asked: only the first 8 are asked by themselves); number 3 of 10 (the analysis failed).\n',
    );
    expect(write({ unaskedLesions: [failed] })).toContain(
      '1 more lesion of this photo was found and has no answer: number 3 of 10 (the analysis failed).',
    );
  });

  test('of a file that does not say where the limit was, only that they were not asked is said', () => {
    expect(write({ unaskedLesions: [{ ...beyond, limit: null }] })).toContain(
      'number 9, 10 of 10 (not asked).',
    );
  });

  test('are in a cell of a table, and nothing is said of them where there are none', () => {
    expect(unaskedLesionsCell([beyond, failed])).toBe('lesion 9 10 of 10: limit 8; lesion 3 of 10: failed');
    expect(write({ unaskedLesions: [] })).not.toContain('no answer');
  });
});
