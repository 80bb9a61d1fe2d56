import { describe, expect, test } from 'vitest';
import { failure } from '../../../core/failure';
import { exampleAnalysis, exampleCard, exampleLesion } from '../../../core/fixtures/analysis';
import type { Square } from '../../../core/geometry';
import { parseDocument } from '../../../core/report/json';
import { reportContent } from '../../../report/content';
import { csvOf, type ExportWords, jsonOf, rowOf, textOf } from '../../../report/exports';
import { dicomStudy } from '../../../report/health/dicom';
import { fhirBundle } from '../../../report/health/fhir';
import { exampleSource, wordsOf } from '../../../report/health/fixtures/source';
import { cleared } from '../../../report/may-leave';
import { caseEntryOf } from './case-entry';
import { reopenedFrom } from './reopened-photo';
import { answersOf } from './session/kept-photo';
import { exportedPhoto, noContext } from './testing/exported-photo';
import { lesionSquares, newWorkbenchPhoto, restoredPhoto, type WorkbenchPhoto } from './workbench-photo';

const at = (left: number): Square => ({ left, top: 0, side: 100 });
const answered = (square: Square, probability: number) => ({
  state: 'done' as const,
  analysis: exampleAnalysis({
    square,
    lesion: {
      ...{ segmenter: null, lesions: [10, 300].map(exampleLesion), chosen: 0, mask: null },
      ...{ nothing: null, morphology: null, milliseconds: 1 },
    },
    decision: { positive: ['mel'], probability, threshold: 0.21, above: probability >= 0.21, wanted: null },
  }),
});
/** Decided at the card's own threshold. */
const own = { cardOf: () => exampleCard, sensitivity: null };
/** The photo as the first of its two lesions is looked at, which is harmless; the second is not. */
const photo: WorkbenchPhoto = {
  ...newWorkbenchPhoto('p', { file: new Blob(), name: 'arm.jpg', source: 'file' }),
  runs: { [exampleCard.id]: answered(at(10), 0.05) },
  lesionRuns: [{ packageId: exampleCard.id, square: at(300), run: answered(at(300), 0.6) }],
};
const exported = (of: WorkbenchPhoto = photo) => exportedPhoto(of, exampleCard, null);
const how = (language: 'en' | 'ko'): ExportWords => ({
  words: wordsOf(language).words,
  language,
  disclaimer: { en: wordsOf('en').words.disclaimer, ko: wordsOf('ko').words.disclaimer },
  written: (time) => time,
  titleOf: (id) => id,
});
const said = {
  en: [
    'Not flagged. Another lesion of this photo is flagged.',
    'Lesion 2 of 2 of this photo: flagged, 60.0 % against 21.0 %.',
  ],
  ko: [
    '주의 표시 없음. 이 사진의 다른 병변에 주의 표시가 있습니다.',
    '이 사진의 병변 2개 중 2번: 주의 표시됨, 60.0%(기준\u00a021.0%).',
  ],
} as const;

test.each(['en', 'ko'] as const)(
  'text, PDF, FHIR and DICOM in %s say that the other lesion is flagged',
  (language) => {
    const answer = exported();
    const { words, health } = wordsOf(language);
    const content = reportContent({ ...answer, date: '' }, words, language);
    expect([content.lead, content.answer[0]?.slice(0, said[language][1].length)]).toEqual(said[language]);
    expect(content.line).toContain(said[language][0].split('. ')[1]);
    const { analysis, card, otherLesions } = answer;
    const source = exampleSource({ analysis, card, otherLesions, words, health, language });
    const fhir = fhirBundle(source).entry?.map(({ resource }) => resource);
    const report = fhir?.find((resource) => resource?.resourceType === 'DiagnosticReport');
    const dicom = dicomStudy(source, null).at(-1)?.dataset;
    // FHIR has plain spaces alone.
    for (const text of [textOf(answer, how(language)), JSON.stringify(report), JSON.stringify(dicom)])
      for (const part of said[language])
        expect(text?.replace(/\u00a0/g, ' ')).toContain(part.replace(/\u00a0/g, ' '));
  },
);

test('a table and a file of the analysis say it as numbers', async () => {
  const table = await csvOf([rowOf(exported())], how('en')).text();
  expect(table).toContain('other_lesion_flagged,other_lesions');
  expect(table).toMatch(/,true,"lesion 2 of 2: flagged, 0.6 against 0.21",/);
  const json = await jsonOf(exported(), how('en'), false);
  const parsed = json.ok ? parseDocument(await json.value.text()) : json;
  expect(parsed.ok && parsed.value.otherLesions).toMatchObject([
    { number: 2, of: 2, square: at(300), flag: { flagged: true, probability: 0.6, threshold: 0.21 } },
  ]);
});

/** The second lesion has no answer. */
const unanswered = { ...photo, lesionRuns: [] };
const unaskedSaid = {
  en: '1 more lesion of this photo was found and has no answer: number 2 of 2 (not asked).',
  ko: '이 사진에서 병변 1개를 더 찾았으나 답이 없습니다: 2개 중 2번(묻지 않음).',
} as const;

test.each(['en', 'ko'] as const)(
  'text, PDF, FHIR and DICOM in %s say that a lesion was found and not asked about',
  (language) => {
    const answer = exported(unanswered);
    const { words, health } = wordsOf(language);
    const content = reportContent({ ...answer, date: '' }, words, language);
    expect(content.answer).toContain(unaskedSaid[language]);
    expect(content.line).toContain(unaskedSaid[language].split(':')[0]);
    const { analysis, card, unaskedLesions } = answer;
    const source = exampleSource({ analysis, card, unaskedLesions, words, health, language });
    const fhir = fhirBundle(source).entry?.map(({ resource }) => resource);
    const report = fhir?.find((resource) => resource?.resourceType === 'DiagnosticReport');
    const dicom = dicomStudy(source, null).at(-1)?.dataset;
    for (const text of [textOf(answer, how(language)), JSON.stringify(report), JSON.stringify(dicom)])
      expect(text).toContain(unaskedSaid[language]);
  },
);

test('a table, a file of the analysis and a case say it too', async () => {
  const answer = exported(unanswered);
  const table = await csvOf([rowOf(answer)], how('en')).text();
  expect(table).toContain('other_lesions,unasked_lesions');
  expect(table).toContain(',lesion 2 of 2: not-asked,');
  const json = await jsonOf(answer, how('en'), false);
  const parsed = json.ok ? parseDocument(await json.value.text()) : json;
  const unasked = [{ reason: 'not-asked', numbers: [2], of: 2, limit: null }];
  expect(parsed.ok && parsed.value.unaskedLesions).toEqual(unasked);
  const entry = caseEntryOf(unanswered, new Blob(), noContext, { takenAt: '', ...own });
  expect(entry.unaskedLesions).toEqual({ [exampleCard.id]: unasked });
});

test('a photo of one lesion says nothing of others', async () => {
  const one = answered(at(10), 0.05);
  const lesion = { ...one.analysis.lesion, lesions: [exampleLesion(10)] } as typeof one.analysis.lesion;
  const analysis = { ...one.analysis, lesion };
  const alone = exported({ ...unanswered, runs: { [exampleCard.id]: { ...one, analysis } } });
  expect(textOf(alone, how('en'))).not.toContain('of this photo');
  expect(await csvOf([rowOf(alone)], how('en')).text()).not.toContain('lesion 2');
});

test('a file that is opened again says and exports the other lesion as it was said', async () => {
  const json = await jsonOf(exported(), how('en'), false);
  const parsed = json.ok ? parseDocument(await json.value.text()) : json;
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
  const { photo: again } = restoredPhoto(reopenedFrom(parsed.value, new Blob(['x'])));
  expect(lesionSquares(again, exported().analysis)).toHaveLength(2);
  const second = exported(again);
  expect(second.otherLesions).toEqual(exported().otherLesions);
  expect(second.unaskedLesions).toEqual([]);
  for (const part of said.en) expect(textOf(second, how('en'))).toContain(part);
  const entry = caseEntryOf(again, new Blob(), noContext, { takenAt: '', ...own });
  expect(entry.otherLesions).toMatchObject({ [exampleCard.id]: [{ number: 2, flag: { flagged: true } }] });
});

test('a case keeps what was said of the other lesion', () => {
  const entry = caseEntryOf(photo, new Blob(), noContext, { takenAt: '', ...own });
  expect(entry.otherLesions).toMatchObject({ [exampleCard.id]: [{ number: 2, flag: { flagged: true } }] });
});

test('an answer leaves while it is renewed, and where that came to nothing; a case keeps the latter', () => {
  const { analysis: previous } = answered(at(10), 0.6);
  const running = { state: 'running', progress: null, previous } as const;
  const failed = { state: 'failed', failure: failure('cancelled').failure, previous } as const;
  for (const run of [running, failed]) {
    const { analysis } = exported({ ...photo, runs: { [exampleCard.id]: run } });
    expect(analysis.decision).toMatchObject({ above: true, probability: 0.6 });
  }
  const ended = { ...photo, runs: { [exampleCard.id]: failed } };
  const entry = caseEntryOf(ended, new Blob(), noContext, { takenAt: '', ...own });
  expect(entry.analyses).toEqual([previous]);
  expect(answersOf(ended).analyses).toEqual([previous]);
});

describe('once the photo is saved to a case', () => {
  const names = { patient: 'K-17', lesion: 'Left forearm', side: 'left' as const };
  const saved = { lesionId: 'l1', photoId: 'h1', ...names };
  const answer = () => exported({ ...photo, saved });

  test('text, PDF and table have patient and lesion', async () => {
    const content = reportContent({ ...answer(), date: '' }, how('en').words, 'en');
    expect(content.caseRows.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['K-17', 'Left forearm']),
    );
    expect(textOf(answer(), how('en'))).toContain('K-17');
    const table = await csvOf([rowOf(answer())], how('en')).text();
    expect(table).toContain('arm.jpg,K-17,Left forearm,');
    expect(await csvOf([rowOf(exported())], how('en')).text()).toContain('arm.jpg,,,');
  });

  test('a file of the analysis has them, and so has what is opened from it', async () => {
    const json = await jsonOf(answer(), how('en'), false);
    const parsed = json.ok ? parseDocument(await json.value.text()) : json;
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.failure));
    expect(parsed.value.case).toEqual({ patient: 'K-17', lesion: 'Left forearm', side: 'left' });
    const { photo: again } = restoredPhoto(reopenedFrom(parsed.value, new Blob(['x'])));
    expect(again.saved).toEqual({ ...saved, fromFile: true });
    expect(exported(again).case).toMatchObject({ alias: 'K-17', lesion: 'Left forearm' });
  });

  test('a side that a DICOM file said leaves only where that is asked for; one that a person chose, always', () => {
    const said = { ...photo.origin, side: 'left' as const, fromFile: ['side' as const] };
    const leaving = (side: 'left' | 'right', asked = false) =>
      cleared(exported({ ...photo, saved: { ...saved, side }, origin: said }), asked).case?.side;
    expect(leaving('left')).toBeNull();
    expect(leaving('left', true)).toBe('left');
    expect(leaving('right')).toBe('right');
    expect(cleared(answer(), false).case?.side).toBe('left');
  });

  test('health records have them where names are asked for', () => {
    const { case: about } = answer();
    const made = (named: boolean) => {
      const source = exampleSource({ case: about, named });
      return [JSON.stringify(fhirBundle(source)), JSON.stringify(dicomStudy(source, null).at(-1)?.dataset)];
    };
    for (const text of made(true)) expect(text).toContain('K-17');
    expect(made(true)[0]).toContain('Left forearm');
    for (const text of made(false)) expect(text).not.toContain('K-17');
  });
});
