import { expect, test } from 'vitest';
import type { Analysis } from '../../../core/analysis';
import { exampleAnalysis, exampleCard } from '../../../core/fixtures/analysis';
import { entry, lesion, photo } from '../../../records/fixtures/records';
import { type RecordLesion, splitAnalysis } from '../../../records/record';
import { isFlaggedBy, measureAgreement } from './agreement';
import type { Case } from './search';

const isFlagged = (label: string) => ({ mel: true, nv: false })[label] ?? null;
const at = '2025-01-01T00:00:00.000Z';

/** A case in which `impression`, `model` and `histology` said what is given; null where one said nothing. */
function lesionCase(
  impression: string | null,
  model: string | null,
  histology: string | null,
  changes: Partial<RecordLesion> = {},
): Case {
  const mel = model === 'mel' ? 0.9 : 0.1;
  const analysis = exampleAnalysis({
    probabilities: [
      { id: 'nv', logit: 0, raw: 1 - mel, calibrated: 1 - mel },
      { id: 'mel', logit: 0, raw: mel, calibrated: mel },
    ],
    decision: { positive: ['mel'], probability: mel, threshold: 0.21, above: mel >= 0.21, wanted: null },
  });
  return caseOf(
    lesion('l', {
      impressions: impression
        ? [{ photoId: 'h', label: impression, recordedAt: at, beforeAnswer: true }]
        : [],
      histology: histology ? { label: histology, recordedAt: at, notes: '' } : null,
      ...changes,
    }),
    model ? analysis : null,
  );
}
const caseOf = (of: RecordLesion, analysis: Analysis | null): Case => ({
  lesion: of,
  patient: null,
  photos: [photo('h', ['l'])],
  entries: analysis ? [entry('e', 'h', 'l', { analysis: splitAnalysis('e', analysis).analysis })] : [],
});
const count = (cases: Case[]) => measureAgreement(cases, 'tiny-classifier', isFlagged);

test('counts by hand', () => {
  const counted = count([
    lesionCase('mel', 'mel', 'mel'),
    lesionCase('nv', 'mel', 'mel'),
    lesionCase('nv', 'nv', 'nv'),
    lesionCase('mel', 'nv', null),
    lesionCase('scar', 'nv', 'nv'),
    lesionCase(null, null, 'mel'),
  ]);
  expect(counted.impressionAndModel).toEqual({ count: 5, sameLabel: 2, comparable: 4, sameSide: 2 });
  expect(counted.impressionAndHistology).toEqual({ count: 4, sameLabel: 2, comparable: 3, sameSide: 2 });
  expect(counted.modelAndHistology).toEqual({ count: 4, sameLabel: 4, comparable: 4, sameSide: 4 });
  expect(counted.model).toEqual({
    toFlag: 2,
    flagged: 2,
    sensitivity: 1,
    others: 2,
    notFlagged: 2,
    specificity: 1,
  });
  expect(counted.impression).toEqual({
    toFlag: 2,
    flagged: 1,
    sensitivity: 0.5,
    others: 1,
    notFlagged: 1,
    specificity: 1,
  });
});

test('one diagnosis by the ids of two packages is one', () => {
  expect(count([lesionCase('nevus', 'nv', 'nev')])).toMatchObject({
    impressionAndModel: { count: 1, sameLabel: 1 },
    modelAndHistology: { count: 1, sameLabel: 1 },
  });
});

test('without histology there is no sensitivity, not one of 0 or 1', () => {
  expect(count([lesionCase('mel', 'mel', null)]).model).toMatchObject({
    sensitivity: null,
    specificity: null,
  });
});

test('an impression that was written after the answer does not count', () => {
  const late = lesionCase('mel', 'mel', null, {
    impressions: [{ photoId: 'h', label: 'mel', recordedAt: at, beforeAnswer: false }],
  });
  expect(count([late]).impressionAndModel.count).toBe(0);
});

test('of several impressions, the newest', () => {
  const changed = lesionCase('', 'mel', null, {
    impressions: [
      { photoId: 'h', label: 'mel', recordedAt: '2025-02-01T00:00:00.000Z', beforeAnswer: true },
      { photoId: 'h', label: 'nv', recordedAt: at, beforeAnswer: true },
    ],
  });
  expect(count([changed]).impressionAndModel).toMatchObject({ count: 1, sameLabel: 1 });
});

test('"no result" is no opinion of the model', () => {
  const unsure = exampleAnalysis({ conformalSet: ['nv'], unsure: true });
  const outOfDistribution = exampleAnalysis({
    outOfDistribution: { score: 20, threshold: 12.3, inDistribution: false, refused: true },
  });
  const known = lesionCase('mel', null, 'mel').lesion;
  expect(count([caseOf(known, outOfDistribution)]).modelAndHistology.count).toBe(0);
  expect(count([caseOf(known, unsure)]).modelAndHistology.count).toBe(1);
});

test("the model's side is its decision at the threshold, not its most probable class", () => {
  // nv 0.7, mel 0.3: above the threshold of 0.21.
  const flagged = caseOf(lesionCase(null, null, 'mel').lesion, exampleAnalysis());
  expect(count([flagged]).modelAndHistology).toEqual({ count: 1, sameLabel: 0, comparable: 1, sameSide: 1 });
});

test('decisions at a sensitivity that was asked for are mixed into no figure', () => {
  const asked = { positive: ['mel'], probability: 0.1, threshold: 0.05, above: true, wanted: 0.98 };
  const own = lesionCase(null, 'nv', 'nv');
  const both = {
    ...own,
    entries: [...caseOf(own.lesion, exampleAnalysis({ decision: asked })).entries, ...own.entries],
  };
  expect(count([both]).model).toMatchObject({ others: 1, notFlagged: 1 });
  const alone = caseOf(own.lesion, exampleAnalysis({ decision: asked }));
  expect(count([alone]).model).toMatchObject({ others: 0, specificity: null });
  expect(count([alone]).modelAndHistology).toMatchObject({ count: 1, comparable: 0 });
});

test('what is to be flagged is what the package flags; without a threshold, what is not benign', () => {
  const { classes } = exampleCard;
  const akiec = { ...(classes[0] as (typeof classes)[number]), id: 'akiec', kind: 'premalignant' as const };
  const card = { ...exampleCard, classes: [...classes, akiec] };
  expect(['mel', 'nv', 'akiec', 'wart'].map((label) => isFlaggedBy(card, label))).toEqual([
    true,
    false,
    false,
    null,
  ]);
  expect(isFlaggedBy({ ...card, decision: null }, 'akiec')).toBe(true);
});

test('only the package asked for', () => {
  expect(
    measureAgreement([lesionCase('mel', 'mel', 'mel')], 'other', isFlagged).modelAndHistology.count,
  ).toBe(0);
});
