import { describe, expect, test } from 'vitest';
import { exampleAnalysis, exampleOutline, examplePanelMember } from '../core/fixtures/analysis';
import { pinOf } from '../core/patient/body-point';
import { canRead, data, en, ko, made, pagesOf, report } from './fixtures/pdf';
import { fileOf } from './health/fixtures/source';
import type { LesionRow, PatientOverview } from './pdf-patient';
import type { ReportWords } from './words';

describe.skipIf(!canRead)('the text, read back with pdftotext', () => {
  test('a flagged lesion beside the one shown, in both languages', async () => {
    const other = {
      ...{ number: 2, of: 2, square: { left: 300, top: 0, side: 100 }, noResult: false },
      ...{
        flag: { flagged: true, probability: 0.6, threshold: 0.34 },
        classes: ['mel'],
        listed: 'one' as const,
      },
    };
    const { source } = report();
    const of = (language: 'en' | 'ko', words: ReportWords) =>
      data({ reports: [report({ source: { ...source, otherLesions: [other] } })], words, language });
    const english = pagesOf(await made(of('en', en))).join(' ');
    expect(english).toContain('Another lesion of this photo is flagged.');
    expect(english).toContain('Lesion 2 of 2 of this photo: flagged, 60.0 % against 34.0 %.');
    const korean = pagesOf(await made(of('ko', ko))).join(' ');
    expect(korean).toContain(ko.answer.otherLesions.flagged.one);
  });

  test('in English, with Korean inside', async () => {
    const pages = pagesOf(await made(data()));
    const text = pages.join(' ');
    for (const part of [
      en.title,
      'Analysed 2025-03-04 14:06',
      '환자 12 – café',
      'nv (written',
      'No class can be ruled out: Nevus, Melanoma.',
      'Malignant classes together (Melanoma): 30.0 %. Photos are flagged from 21.0 % on.',
      'flagged 90 % of such lesions (sensitivity) and left 81 % of the others unflagged (specificity).',
      'Melanoma (malignant)',
      '70.0 %',
      'right class 0.91 (0.89 to 0.93)',
      'a'.repeat(40),
      '600 x 450 px, 0.0500 mm a pixel',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('in Korean', async () => {
    const text = pagesOf(await made(data({ words: ko, language: 'ko' }))).join(' ');
    for (const part of [
      'Lentigo: 피부 사진 분석',
      '흑색종 (악성)',
      '어느 분류도 배제할 수 없음: 모반, 흑색종.',
      '모델 패키지, SHA-256',
      '확인한 사람',
    ]) {
      expect(text).toContain(part);
    }
  });

  test('an answer with outline, case and panel takes one page', async () => {
    const member = (id: string) => examplePanelMember(id, 0.3, true);
    const analysis = exampleAnalysis({ lesion: exampleOutline(0.1), panel: [member('a'), member('b')] });
    for (const [words, language] of [[en, 'en'] as const, [ko, 'ko'] as const]) {
      const pages = pagesOf(
        await made(
          data({ reports: [report({ source: { ...report().source, analysis } })], words, language }),
        ),
      );
      expect(pages).toHaveLength(1);
      expect(pages[0]).toContain('4.0 mm');
      expect(pages[0]).toContain(words.signature.signature);
    }
  });

  test('several answers: a list of all, then a page for each', async () => {
    const pages = pagesOf(await made(data({ reports: [report(), report(), report()] })));
    expect(pages).toHaveLength(4);
    expect(pages[0]).toContain('Lentigo: analyses of 3 skin photos');
    expect(pages[0]).toContain('3. 환자 12 – café, Left arm, arm.jpg');
    expect(pages[0]?.split('Flagged: 30.0 % against 21.0 %')).toHaveLength(4);
    for (const page of pages.slice(1)) expect(page).toContain('Melanoma (malignant)');
  });

  test("a patient's report: the body with a number a lesion, a row for each, then a page for each answer", async () => {
    for (const [language, words] of [
      ['en', en],
      ['ko', ko],
    ] as const) {
      const texts = fileOf('patient', language).patientPage;
      const pin = pinOf({ site: 'back', side: null, spot: null });
      const lesion = (number: number, changes: Partial<LesionRow> = {}): LesionRow => ({
        number,
        label: `Lesion ${number}`,
        place: 'Back',
        pin,
        lastPhoto: '1 May 2025',
        histology: null,
        report: null,
        answer: null,
        ...changes,
      });
      const patient: PatientOverview = {
        words: texts.report,
        about: [{ label: words.case.alias, value: 'K-17' }],
        summary: 'Two lesions.',
        lesions: [
          lesion(1, { report: 0 }),
          lesion(2, { pin: null, histology: 'Nevus' }),
          lesion(3, { answer: 'Kept flag.' }),
        ],
        letters: { left: 'L', right: 'R' },
        createdAt: '2025-05-01T00:00:00.000Z',
      };
      const pages = pagesOf(await made(data({ patient, words, language })));
      expect(pages).toHaveLength(2);
      for (const part of [
        'K-17',
        'Two lesions.',
        '1. Lesion 1, Back',
        texts.report.noAnswer,
        'Kept flag.',
        texts.report.notOnMap,
        'Nevus',
      ])
        expect(pages[0]).toContain(part);
      expect(pages[0]).toContain(words.disclaimer);
      expect(pages[1]).toContain(words.signature.signature);
      // A patient without any answer has a page of their own all the same.
      const none = pagesOf(
        await made(data({ reports: [], patient: { ...patient, lesions: [lesion(1)] }, words, language })),
      );
      expect(none).toHaveLength(1);
    }
  });

  test('a section that does not fit goes to the next page as a whole, never a lone row of it', async () => {
    for (let lines = 1; lines < 40; lines += 2) {
      const notes = Array.from({ length: lines }, () => 'Line').join('\n');
      const pages = pagesOf(await made(data({}, notes)));
      for (const part of [en.provenance, en.model]) {
        const first = 'app' in part ? part.app : part.data;
        const last = 'app' in part ? part.square : part.limits;
        expect(pages.findIndex((page) => page.includes(first))).toBe(
          pages.findIndex((page) => page.includes(last)),
        );
      }
    }
  });

  test('many pages: nothing is lost, and every one carries the disclaimer in both languages and its number', async () => {
    const notes = Array.from({ length: 250 }, (_, index) => `Line ${index} 줄`).join('\n');
    const pages = pagesOf(await made(data({}, notes)));
    expect(pages.length).toBeGreaterThan(4);
    pages.forEach((page, index) => {
      expect(page).toContain(en.disclaimer);
      expect(page).toContain(ko.disclaimer);
      expect(page).toContain(`Page ${index + 1} of ${pages.length}`);
    });
    const text = pages.join(' ');
    for (let line = 0; line < 250; line++) expect(text).toContain(`Line ${line} 줄`);
  });

  test('every syllable, rare ones too; file names in single letters; what no font has is a box', async () => {
    const text = pagesOf(await made(data({}, `뷁쀍힣 ${'한글'.normalize('NFD')} 😀 ﷽`))).join(' ');
    expect(text).toContain('뷁쀍힣 한글 □ □');
  });
});
