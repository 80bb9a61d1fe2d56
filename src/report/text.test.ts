import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Analysis } from '../core/analysis';
import {
  exampleAnalysis,
  exampleCard,
  exampleOutline,
  exampleSiteCalibration,
} from '../core/fixtures/analysis';
import { answerText, writtenProbability } from './answer';
import type { ReportSource } from './content';
import { reportText } from './text';
import type { FormWords, ReportWords, VerdictWords } from './words';

const fileOf = (part: string) =>
  JSON.parse(readFileSync(new URL(`../app/languages/${part}.en.json`, import.meta.url), 'utf8'));
const { verdict }: { verdict: VerdictWords } = fileOf('verdict');
const { unaskedLesions }: Pick<ReportWords, 'unaskedLesions'> = fileOf('unasked-lesions');
const { viewer }: { viewer: { form: FormWords } } = fileOf('viewer');

// The words of a verdict and of a lesion's form are the real ones; the others are plain, so that what is filled in stands out.
const words: ReportWords = {
  title: 'Title',
  several: '',
  disclaimer: '',
  created: 'Created {{date}}',
  page: '',
  unknown: 'unknown',
  photo: {
    whole: '',
    square: '',
    outline: '',
    map: '',
    doubt: { flat: '', outside: '' },
    scale: '{{scale}} mm',
    bar: '',
  },
  case: {
    heading: 'Case',
    alias: 'Patient',
    lesion: 'Lesion',
    age: 'Age',
    sex: 'Sex',
    site: 'Site',
    impression: 'Impression',
    impressionBefore: '{{label}}, before',
    impressionAfter: '{{label}}, after',
    histology: 'Histology',
    notes: 'Notes',
  },
  sex: { female: 'female', male: 'male', other: 'other' },
  site: { 'upper-body': 'Upper body' },
  verdict,
  answer: {
    heading: 'Answer',
    coarse: 'Merged {{answers}}',
    unusual: 'Unusual',
    facts: 'Facts {{facts}}',
    otherLesions: {
      flagged: { one: 'Another flagged.', several: '{{count}} others flagged.' },
      line: 'Lesion {{number}} of {{count}}: {{answer}}.',
      decided: {
        flagged: 'flagged, {{probability}} against {{threshold}}',
        'not-flagged': 'not flagged, {{probability}} against {{threshold}}',
      },
      noResult: 'no result',
      undecided: 'no threshold',
    },
    degradation: { lesion: 'No outline', network: 'Ran again' },
  },
  gate: {
    overruled: 'Overruled.',
    refuse: { size: '', dark: '', overexposed: '', flat: '', blur: 'Blurred.', skin: '' },
    warn: { size: 'Small.', dark: '', overexposed: '', flat: '', blur: '', skin: '' },
  },
  unaskedLesions,
  table: { heading: 'Table' },
  form: viewer.form,
  signature: { who: '', date: '', signature: '' },
  model: {
    heading: 'Model',
    name: 'Name',
    data: 'Data',
    results: 'Measured on {{count}}',
    interval: '{{measure}} {{value}} {{low}} {{high}}',
    measure: {
      accuracy: 'right',
      balancedAccuracy: 'balanced',
      auc: 'AUC',
      malignantAuc: 'malignant AUC',
      sensitivityAt90Specificity: 'sensitivity',
      specificityAt90Sensitivity: 'specificity',
    },
    licence: 'Licence',
    limits: 'Not for',
  },
  provenance: {
    heading: 'Provenance',
    app: 'App',
    package: 'Package',
    member: 'Network',
    backend: 'Backend',
    preprocessing: 'Preprocessing',
    photo: 'Photo',
    photoValue: '{{width}} x {{height}}',
    square: 'Square',
    squareValue: '{{side}} {{left}} {{top}}',
  },
};

const source: ReportSource = {
  analysis: exampleAnalysis(),
  card: exampleCard,
  photoName: 'arm.jpg',
  scale: 0.05,
  case: {
    alias: 'P-1',
    lesion: 'Left arm',
    age: 45,
    sex: 'female',
    site: 'upper-body',
    impression: { label: 'nv', beforeAnswer: true },
    histology: null,
    notes: 'first\nHISTOLOGY: mel',
  },
  date: '2025-03-04 14:06',
};
const disclaimer = { en: 'Not a device.', ko: '의료기기 아님.' };
const write = (changes: Partial<ReportSource> = {}, language: 'en' | 'ko' = 'en') =>
  reportText({ ...source, ...changes }, words, language, disclaimer);

test('the whole text', () => {
  expect(write()).toBe(`Title
Created 2025-03-04 14:06

CASE
Patient: P-1
Lesion: Left arm
Age: 45
Sex: female
Site: Upper body
Impression: nv, before
Notes: first
    HISTOLOGY: mel

ANSWER
Flagged.
Malignant classes together (Melanoma): 30.0 %. Photos are flagged from 21.0 % on. A flag asks for a closer look. It is not a diagnosis.
The threshold was chosen to flag 90 % of such lesions. On test photos the threshold flagged 90 % of such lesions (sensitivity) and left 81 % of the others unflagged (specificity).
No class can be ruled out: Nevus, Melanoma.
The list is built so that each diagnosis is in it for at least 90 % of the photos of that diagnosis. On test photos the list held Melanoma for 91 of 100 photos of it.

TABLE
Nevus: 70.0 %
Melanoma (malignant): 30.0 %

MODEL
Name: Tiny 1.0.0 (One convolution)
Data: none (CC0-1.0)
Measured on 1200: right 0.91 0.89 0.93
Licence: Apache-2.0
Not for: For tests only.

PROVENANCE
App: Lentigo 0.1.0; Backend wasm, WASM SIMD, 2 threads; Preprocessing 1
Package: tiny-classifier 1.0.0, ${'a'.repeat(64)}
Photo: arm.jpg, 600 x 450, 0.0500 mm; Square 450 75 0

Not a device.
의료기기 아님.
`);
});

test('names are those of the language', () => {
  expect(write({}, 'ko')).toContain('흑색종 (malignant): 30.0%');
});

test('"no result" comes first and is said in words; a flag is said all the same, and no list', () => {
  const analysis = exampleAnalysis({
    outOfDistribution: { score: 20, threshold: 12.3, inDistribution: false, refused: true },
  });
  const text = write({ analysis });
  expect(text).toContain(`ANSWER\nNo confident result. Flagged all the same.\n${verdict.noResult}\n`);
  expect(text).toContain('Malignant classes together (Melanoma): 30.0 %. Photos are flagged from 21.0 % on.');
  expect(text).not.toContain('ruled out:');
});

test('of a photo without a result nothing is said that could comfort', () => {
  const analysis = exampleAnalysis({
    outOfDistribution: { score: 20, threshold: 12.3, inDistribution: false, refused: true },
    decision: { positive: ['mel'], probability: 0.1, threshold: 0.21, above: false, wanted: null },
  });
  const text = write({ analysis });
  expect(text).toContain(`ANSWER\nNo confident result.\n${verdict.noResult}\n\nTABLE`);
  expect(text).not.toMatch(/not flagged/i);
});

test('an unusual photo has its answer, with a warning after it', () => {
  const analysis = exampleAnalysis({
    outOfDistribution: { score: 14, threshold: 12.3, inDistribution: false, refused: false },
  });
  expect(write({ analysis })).toMatch(/ANSWER\nFlagged\.\n[\s\S]*\nUnusual\n/);
});

test('classes that a card merges are added up, beside the single ones', () => {
  const name = { en: 'Any mole', ko: '점' };
  const card = { ...exampleCard, merge: [{ id: 'mole', name, classes: ['nv', 'mel'] }] };
  expect(write({ card })).toContain('Merged Any mole >99.9 %');
  expect(write({ card })).toContain('Nevus: 70.0 %');
});

describe('a sensitivity that the user asked for', () => {
  const at = (threshold: number) =>
    write({
      analysis: exampleAnalysis({
        decision: { positive: ['mel'], probability: 0.3, threshold, above: true, wanted: 0.95 },
      }),
    });

  test("gets the figures of the card's curve and is marked", () => {
    expect(at(0)).toContain(
      'You asked for a threshold that is meant to flag 95 % of such lesions. On test photos the threshold flagged 100 %',
    );
  });

  test("never borrows the figures of the card's own threshold", () => {
    expect(at(0.25)).toContain('meant to flag 95 % of such lesions.\n');
    expect(at(0.25)).not.toContain('sensitivity of');
  });
});

test('a panel names its networks, with their hashes and who would flag', () => {
  const member = (packageId: string, probability: number, flagged: boolean) => ({
    packageId,
    packageVersion: '2.0.0',
    packageHash: packageId.repeat(64),
    weight: 0.5,
    logits: [0, 0],
    probability,
    flagged,
  });
  const text = write({
    analysis: exampleAnalysis({ panel: [member('a', 0.12, false), member('b', 0.48, true)] }),
    titleOf: (id) => `Network ${id}`,
  });
  expect(text).toContain('between 12.0 % and 48.0 % (standard deviation 18.0 percentage points)');
  expect(text).toContain('On their own, 1 of the 2 networks would flag the photo: Network b.');
  expect(text).toContain(`Network: a 2.0.0, ${'a'.repeat(64)}`);
});

test('an answer by another version of the model has its words, and no figure of the version that is here', () => {
  const text = write({ card: { ...exampleCard, version: '1.1.0' } });
  expect(text.match(/Judged by version 1.0.0 of the model; the one here is 1.1.0/g)).toHaveLength(1);
  expect(text).toContain('No class can be ruled out: Nevus, Melanoma.');
  expect(text).not.toMatch(/The list is built|On test photos|The threshold was chosen|Measured on/);
  expect(text).not.toContain('Tiny 1.1.0');
});

test('what the model was told, in words, with what it was not told', () => {
  const text = (en: string) => ({ en, ko: en });
  const card = {
    ...exampleCard,
    metadata: {
      width: 6,
      fields: [
        { id: 'age', name: text('Age'), kind: 'bins' as const, offset: 0, size: 3, edges: [0, 40] },
        {
          id: 'sex',
          name: text('Sex'),
          kind: 'choice' as const,
          offset: 3,
          size: 3,
          choices: [{ id: 'f', name: text('Female'), values: [] }],
        },
      ],
    },
  };
  const told = (known: Record<string, string | number>) =>
    write({ card, analysis: exampleAnalysis({ modelMetadata: { used: known, missing: [] } }) });
  expect(told({ age: 45, sex: 'f' })).toContain('Facts Age 45, Sex Female');
  expect(told({})).toContain('Facts Age unknown, Sex unknown');
});

test('what went otherwise than asked is said', () => {
  const failure = { code: 'package-unavailable' as const, detail: {} };
  const analysis = exampleAnalysis({ degradations: [{ stage: 'lesion', failure }] });
  expect(write({ analysis })).toContain('No outline\n');
});

test('that the check of the photo was overruled, why, and what else it noticed', () => {
  const check = (name: 'blur' | 'size', severity: 'refuse' | 'warn') => ({
    ...{ check: name, passed: severity === 'warn', value: 1, limit: 2, severity },
  });
  const checks = [check('blur', 'refuse'), check('size', 'warn')];
  const gate = { accepted: false, overruled: true, checks };
  const { line, sentences } = answerText(
    { analysis: exampleAnalysis({ gate }), card: exampleCard },
    words,
    'en',
  );
  expect(sentences).toEqual(expect.arrayContaining(['Overruled. Blurred.', 'Small.']));
  expect(line).toContain('Overruled.');
  expect(write({ analysis: exampleAnalysis({ gate }) })).toContain('Overruled. Blurred.');
  expect(write()).not.toContain('Overruled.');
});

test('the line of an answer names the calibration of the site that it is by', () => {
  const siteCalibration = exampleSiteCalibration(exampleCard.id, 'a'.repeat(64));
  const lineOf = (analysis: Analysis) => answerText({ analysis, card: exampleCard }, words, 'en').line;
  expect(lineOf(exampleAnalysis({ siteCalibration }))).toContain('“Ward 3”');
  expect(lineOf(exampleAnalysis())).not.toContain('calibration of this site');
});

test('form and size of the lesion, in millimetres where a scale is set', () => {
  const form = (millimetresPerPixel: number | null) =>
    write({ analysis: exampleAnalysis({ lesion: exampleOutline(millimetresPerPixel) }) });
  expect(form(0.1)).toContain('Largest diameter: 4.0 mm (under 6 mm)');
  expect(form(0.2)).toContain('Largest diameter: 8.0 mm (6 mm or more)');
  expect(form(null)).toContain('Largest diameter: 40 px (set a scale for millimetres)');
  expect(form(0.1)).toContain('Colours: 1 (usual)\n');
  expect(write()).not.toContain('Largest diameter');
});

test('no case, no case section', () => {
  expect(write({ case: null })).not.toContain('CASE');
});

test.each([
  [1, '>99.9 %'],
  [0.9996, '>99.9 %'],
  [0.9994, '99.9 %'],
  [0.0004, '<0.1 %'],
  [0.0005, '0.1 %'],
  [0, '<0.1 %'],
])('%f is written %s', (probability, text) => {
  expect(writtenProbability(probability, 'en')).toBe(text);
});
