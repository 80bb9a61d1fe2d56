import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { exampleAnalysis, exampleCard, exampleOutline, examplePanelMember } from '../core/fixtures/analysis';
import images from '../core/fixtures/image-metadata.json';
import { encodePng } from '../core/image/png';
import { pinOf } from '../core/patient/body-point';
import { type PdfReport, type PdfSource, pdfReports } from './pdf';
import type { LesionRow, PatientOverview } from './pdf-patient';
import type { ReportWords } from './words';

// The real words, as files: cases imports no languages.
const fileOf = (part: string, language: string) =>
  JSON.parse(readFileSync(new URL(`../app/languages/${part}.${language}.json`, import.meta.url), 'utf8'));
const wordsOf = (language: string): { report: ReportWords } => ({
  report: {
    ...fileOf('report', language).report,
    ...fileOf('verdict', language),
    form: fileOf('viewer', language).viewer.form,
  },
});
const [en, ko] = [wordsOf('en'), wordsOf('ko')];

const koreanFont = readFileSync(
  createRequire(import.meta.url).resolve(
    '@expo-google-fonts/nanum-gothic/400Regular/NanumGothic_400Regular.ttf',
  ),
);
const jpeg = new Uint8Array(Buffer.from(images.bareJpeg, 'base64'));
const png = encodePng({ width: 60, height: 40, channels: 3, data: new Uint8Array(60 * 40 * 3).fill(190) });

const report = (changes: Partial<PdfReport> = {}, notes = 'A note.'): PdfReport => ({
  source: {
    analysis: exampleAnalysis(),
    card: exampleCard,
    photoName: 'arm.jpg',
    scale: 0.05,
    case: {
      alias: '환자 12 – café',
      lesion: 'Left arm',
      age: 45,
      sex: 'female',
      site: 'upper-body',
      impression: { label: 'nv', beforeAnswer: true },
      histology: null,
      notes,
    },
    date: '2025-03-04 14:06',
  },
  pictures: [
    { bytes: jpeg, caption: en.report.photo.whole },
    { bytes: png, caption: 'Overlay' },
  ],
  ...changes,
});
const data = (changes: Partial<PdfSource> = {}, notes?: string): PdfSource => ({
  reports: [report({}, notes)],
  words: en.report,
  language: 'en',
  disclaimer: { en: en.report.disclaimer, ko: ko.report.disclaimer },
  koreanFont,
  ...changes,
});

async function made(source: PdfSource): Promise<Uint8Array> {
  const result = await pdfReports(source);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return result.value;
}

function run(tool: string, pdf: Uint8Array, ...options: string[]): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-'));
  try {
    writeFileSync(join(folder, 'a.pdf'), pdf);
    const output = tool === 'pdftotext' ? ['-'] : [];
    return execFileSync(tool, [...options, join(folder, 'a.pdf'), ...output], { encoding: 'utf8' });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
/** A page a text, line breaks as spaces: a sentence is found wherever it was broken. */
const pagesOf = (pdf: Uint8Array) =>
  run('pdftotext', pdf, '-layout')
    .split('\f')
    .slice(0, -1)
    .map((page) => page.replace(/\s+/g, ' '));

function isInstalled(tool: string): boolean {
  try {
    execFileSync(tool, ['-v'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
// In CI a missing tool fails the tests; elsewhere they are shown as skipped.
const canRead = isInstalled('pdftotext') || process.env.CI === 'true';

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
    const english = pagesOf(await made(of('en', en.report))).join(' ');
    expect(english).toContain('Another lesion of this photo is flagged.');
    expect(english).toContain('Lesion 2 of 2 of this photo: flagged, 60.0 % against 34.0 %.');
    const korean = pagesOf(await made(of('ko', ko.report))).join(' ');
    expect(korean).toContain(ko.report.answer.otherLesions.flagged.one);
  });

  test('in English, with Korean inside', async () => {
    const pages = pagesOf(await made(data()));
    const text = pages.join(' ');
    for (const part of [
      en.report.title,
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
    const text = pagesOf(await made(data({ words: ko.report, language: 'ko' }))).join(' ');
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
    for (const [words, language] of [[en.report, 'en'] as const, [ko.report, 'ko'] as const]) {
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
      ['en', en.report],
      ['ko', ko.report],
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
        ...changes,
      });
      const patient: PatientOverview = {
        words: texts.report,
        about: [{ label: words.case.alias, value: 'K-17' }],
        summary: 'Two lesions.',
        lesions: [lesion(1, { report: 0 }), lesion(2, { pin: null, histology: 'Nevus' })],
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
      for (const part of [en.report.provenance, en.report.model]) {
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
      expect(page).toContain(en.report.disclaimer);
      expect(page).toContain(ko.report.disclaimer);
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

test.skipIf(!isInstalled('pdfimages') && process.env.CI !== 'true')('both pictures are in it', async () => {
  const listed = run('pdfimages', await made(data()), '-list')
    .trim()
    .split('\n')
    .slice(2);
  expect(listed.map((line) => line.trim().split(/\s+/).slice(3, 5))).toEqual([
    ['24', '16'],
    ['60', '40'],
  ]);
});

test('metadata of a picture stay out', async () => {
  const full = new Uint8Array(Buffer.from(images.jpeg, 'base64'));
  // As the fixture, but upright: the orientation is the one entry of the EXIF block with the value 6.
  const at = Buffer.from(full).indexOf(Buffer.from([0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, 6]));
  const little = Buffer.from(full).indexOf(Buffer.from([0x12, 0x01, 3, 0, 1, 0, 0, 0, 6, 0]));
  expect(Math.max(at, little)).toBeGreaterThan(0);
  full[at > 0 ? at + 9 : little + 8] = 1;
  const pdf = Buffer.from(
    await made(data({ reports: [report({ pictures: [{ bytes: full, caption: '' }] })] })),
  );
  expect(pdf.includes('Secret')).toBe(false);
});

test('a picture that would lie on its side, or is none, is refused', async () => {
  const refusal = async (bytes: Uint8Array) => {
    const result = await pdfReports(data({ reports: [report({ pictures: [{ bytes, caption: '' }] })] }));
    return result.ok ? null : result.failure.code;
  };
  expect(await refusal(new Uint8Array(Buffer.from(images.jpeg, 'base64')))).toBe('file-unsupported');
  expect(await refusal(new TextEncoder().encode('RIFF....WEBP'))).toBe('file-unsupported');
  expect(await refusal(jpeg.subarray(0, 100))).toBe('file-unreadable');
});

test('only the glyphs in use are embedded', async () => {
  expect((await made(data())).length).toBeLessThan(150_000);
  expect(koreanFont.length).toBeGreaterThan(2_000_000);
});

test('works without a case and without pictures', async () => {
  const pdf = await made(
    data({ reports: [report({ source: { ...report().source, case: null }, pictures: [] })] }),
  );
  expect(Buffer.from(pdf.subarray(0, 5)).toString()).toBe('%PDF-');
});

test('the same data give the same report', async () => {
  expect(Buffer.from(await made(data())).equals(Buffer.from(await made(data())))).toBe(true);
});
