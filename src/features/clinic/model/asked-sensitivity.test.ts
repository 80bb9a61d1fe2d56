import type { FhirResource } from 'fhir/r4';
import { describe, expect, test } from 'vitest';
import { formatDate } from '../../../core/date-locale';
import { parseDocument } from '../../../core/report/json';
import { reportContent } from '../../../report/content';
import { csvOf, type ExportWords, jsonOf, rowOf, textOf } from '../../../report/exports';
import { canRead, data, made, pagesOf, report } from '../../../report/fixtures/pdf';
import { dicomStudy } from '../../../report/health/dicom';
import { fhirBundle } from '../../../report/health/fhir';
import { exampleSource, fileOf, wordsOf } from '../../../report/health/fixtures/source';
import { caseEntryOf } from './case-entry';
import { card, decision, photo, sentences, wanted } from './testing/asked-sensitivity';
import { exportedPhoto, noContext } from './testing/exported-photo';
import { triageAnswer } from './triage-row';

/**
 * A sensitivity of 95 % is asked for, which flags a photo that the model's own threshold does not: the same threshold,
 * flag and words are in all that is shown, kept and exported. The clinic's own screen: asked-sensitivity.test.tsx.
 */

const languages = ['en', 'ko'] as const;
type Language = (typeof languages)[number];

/** What leaves the clinic. */
const exported = () => exportedPhoto(photo, card, wanted);
const how = (language: Language): ExportWords => ({
  words: wordsOf(language).words,
  language,
  disclaimer: { en: wordsOf('en').words.disclaimer, ko: wordsOf('ko').words.disclaimer },
  written: (time) => formatDate(time, language),
  titleOf: (id) => id,
});

/** In whole sentences, with one digit after the point. */
const said = (language: Language) => [
  ...Object.values(sentences[language]),
  { en: '15.0 %. Photos are flagged from 12.3 % on.', ko: '15.0%. 12.3%부터 주의 표시를 합니다.' }[language],
];
const line = (language: Language) =>
  ({
    en: 'Flagged: 15.0 % against\u00a012.3 %. Cannot be ruled out: Nevus, Melanoma.',
    ko: '주의 표시됨: 15.0%(기준\u00a012.3%). 배제할 수 없음: 모반, 흑색종.',
  })[language];
/** The two classes of the example are all that it has. */
const all = (language: Language) =>
  line(language)
    .replace('Cannot be ruled out', 'No class can be ruled out')
    .replace('배제할 수 없음', '어느 분류도 배제할 수 없음');

test('the queue', () => {
  const models = { packageId: card.id, previousPackageId: null, sensitivity: wanted, cardOf: () => card };
  const answer = triageAnswer(photo, models);
  expect(answer).toMatchObject({ flagged: true, noResult: false, unsure: false });
  expect(answer.margin).toBeCloseTo(0.15 - 0.123);
});

test('a saved case, as a number', () => {
  const entry = caseEntryOf(photo, new Blob(), noContext, {
    takenAt: '',
    cardOf: () => card,
    sensitivity: wanted,
  });
  expect(entry.analyses.map((analysis) => analysis.decision)).toEqual([decision]);
});

test('the file of an analysis and the table, as numbers', async () => {
  const json = await jsonOf(exported(), how('en'), false);
  const parsed = json.ok ? parseDocument(await json.value.text()) : json;
  expect(parsed.ok && parsed.value.analysis.decision).toEqual(decision);
  const [head, row] = (await csvOf([rowOf(exported())], how('en')).text()).split('\r\n');
  const cells = Object.fromEntries(
    (head ?? '').split(',').map((name, index) => [name, (row ?? '').split(',')[index]]),
  );
  expect(cells).toMatchObject({
    ...{ p_positive: '0.15', threshold: '0.123', above_threshold: 'true', wanted_sensitivity: '0.95' },
    ...{ positive_classes: 'mel', conformal_set: 'nv', listed_for_flag: 'mel' },
  });
});

describe.each(languages)('in %s', (language) => {
  const { words, health } = wordsOf(language);
  const source = () => {
    const { analysis, card } = exported();
    return exampleSource({ analysis, card, words, health, language });
  };

  test('the text', () => {
    const text = textOf(exported(), how(language));
    for (const part of said(language)) expect(text).toContain(part);
  });

  test('what a PDF draws, in its own report and in the list of several', () => {
    const content = reportContent({ ...exported(), date: '' }, words, language);
    expect(content.lead).toBe(`${sentences[language].flagged}.`);
    const answer = [content.lead, ...content.answer].join(' ');
    for (const part of said(language)) expect(answer).toContain(part);
    expect(content.line).toBe(all(language));
  });

  test.skipIf(!canRead)('the PDF of a session and that of a patient', async () => {
    const reports = [1, 2].map(() => report({ source: { ...exported(), date: '' } }));
    const patientWords = fileOf('patient', language).patientPage;
    const about = { place: null, pin: null, lastPhoto: null, histology: null, answer: null };
    const patient = {
      ...{ words: patientWords.report, about: [], summary: '', letters: { left: 'L', right: 'R' } },
      lesions: [{ number: 1, label: 'Lesion 1', report: 0, ...about }],
      createdAt: '2025-05-01T00:00:00.000Z',
    };
    const files = [data({ reports, words, language }), data({ reports, patient, words, language })];
    for (const file of files) {
      const [first = '', ...others] = pagesOf(await made(file)).map((page) => page.replaceAll(' ', ''));
      expect(first).toContain(all(language).replace(/\s/g, ''));
      for (const part of said(language)) expect(others[0]).toContain(part.replaceAll(' ', ''));
    }
  });

  test('FHIR, in words and as codes', () => {
    const resources = (fhirBundle(source()).entry ?? []).map(({ resource }) => resource as FhirResource);
    const report = resources.find((resource) => resource.resourceType === 'DiagnosticReport');
    for (const part of said(language))
      expect(report).toMatchObject({ conclusion: expect.stringContaining(part) });
    const flag = resources.find(
      (resource) => resource.resourceType === 'Observation' && resource.code.text === health.flagged,
    );
    expect(flag).toMatchObject({
      valueBoolean: true,
      component: [
        { valueQuantity: { value: 0.15 } },
        { valueQuantity: { value: 0.123 } },
        { valueCodeableConcept: { coding: [{ code: 'threshold-asked' }] } },
        { valueQuantity: { value: wanted } },
      ],
    });
  });

  test('the structured report of DICOM, in words and as codes', () => {
    const dataset = JSON.stringify(dicomStudy(source(), null).at(-1)?.dataset);
    const numbers = ['"FloatingPointValue":0.15', '"FloatingPointValue":0.123', '"FloatingPointValue":0.95'];
    for (const part of [...said(language), ...numbers, '"threshold-asked"']) expect(dataset).toContain(part);
  });
});
