import Papa from 'papaparse';
import { expect, test } from 'vitest';
import { exampleAnalysis, exampleOutline } from '../core/fixtures/analysis';
import { batchTable, type TableRow } from './table';

const disclaimer = { en: 'Not a medical device, not a diagnosis.', ko: '의료기기가 아닙니다.' };
const row = (changes: Partial<TableRow> = {}): TableRow => ({
  photoName: 'a.jpg',
  alias: null,
  lesion: null,
  impression: null,
  histology: null,
  analysis: exampleAnalysis(),
  ...changes,
});
const read = (csv: string) =>
  Papa.parse<Record<string, string>>(csv.slice(1), { header: true, skipEmptyLines: true }).data;

test('a byte order mark, CRLF, and one row an analysis', () => {
  const csv = batchTable([row(), row({ photoName: 'b.jpg' })], disclaimer);
  expect(csv.startsWith('\ufeffphoto,')).toBe(true);
  expect(csv.split('\r\n')).toHaveLength(4);
  expect(csv.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  expect(read(csv).map(({ photo }) => photo)).toEqual(['a.jpg', 'b.jpg']);
});

test('commas, quotes and line breaks come back as they were', () => {
  const photoName = 'left, "upper"\r\narm.jpg';
  expect(read(batchTable([row({ photoName })], disclaimer))[0]?.photo).toBe(photoName);
});

test.each(['=HYPERLINK("http://x")', '+1', '-1', '@SUM(A1)', '\tx', '\rx', '＝1'])(
  '%j cannot run as a formula',
  (text) => {
    const [first] = read(batchTable([row({ photoName: text, alias: text, histology: text })], disclaimer));
    expect([first?.photo, first?.patient, first?.histology]).toEqual([`'${text}`, `'${text}`, `'${text}`]);
  },
);

test('numbers stay numbers, negative ones too, and lose nothing', () => {
  const [first] = read(batchTable([row()], disclaimer));
  expect(Number(first?.logit_mel)).toBe(-1 / 3);
  expect(Number(first?.logit_nv)).toBe(0.1 + 0.2);
  expect(first?.p_positive).toBe('0.3');
});

test('models with other classes and facts share a table; what does not apply is empty', () => {
  const other = exampleAnalysis({
    probabilities: [{ id: 'bcc', logit: 1, raw: 1, calibrated: 1 }],
    decision: null,
    outOfDistribution: null,
  });
  const [first, second] = read(
    batchTable(
      [
        row({ analysis: exampleAnalysis({ modelMetadata: { used: { age: 45 }, missing: [] } }) }),
        row({ analysis: other }),
      ],
      disclaimer,
    ),
  );
  expect([first?.p_bcc, second?.p_bcc, second?.p_mel]).toEqual(['', '1', '']);
  expect([first?.fact_age, second?.fact_age]).toEqual(['45', '']);
  expect([second?.threshold, second?.ood_score]).toEqual(['', '']);
});

test('form, size and outline of the lesion, and what the check of the photo found', () => {
  const gate = {
    accepted: true,
    overruled: false,
    checks: [
      { check: 'blur' as const, passed: false, value: 1, limit: 2, severity: 'warn' as const },
      { check: 'size' as const, passed: true, value: 9, limit: 2, severity: 'none' as const },
    ],
  };
  const [first, second] = read(
    batchTable(
      [row({ analysis: exampleAnalysis({ lesion: exampleOutline(0.1), gate }) }), row()],
      disclaimer,
    ),
  );
  expect(first).toMatchObject({
    photo_check: 'passed warn:blur',
    lesion_share: '0.01',
    colours: '1',
    colours_present: 'black',
    lesion_cut_off: 'false',
    outline: 'M1 2L3.5 4L5 6Z',
  });
  expect(Number(first?.diameter_mm)).toBeCloseTo(4.06, 1);
  expect(Number(first?.area_px)).toBeGreaterThan(1200);
  expect([second?.photo_check, second?.diameter_mm, second?.outline]).toEqual(['', '', '']);
});

test('every row carries the disclaimer in both languages and the provenance', () => {
  for (const csvRow of read(batchTable([row(), row()], disclaimer))) {
    expect([csvRow.disclaimer_en, csvRow.disclaimer_ko]).toEqual([disclaimer.en, disclaimer.ko]);
    expect(csvRow).toMatchObject({
      package: 'tiny-classifier',
      package_sha256: 'a'.repeat(64),
      backend: 'wasm',
      preprocessing: '1',
    });
  }
});

test('no list is empty, in an analysis of before either', () => {
  const [first] = read(batchTable([row({ analysis: exampleAnalysis({ conformalSet: [] }) })], disclaimer));
  expect(first).toMatchObject({ conformal_set: 'nv', set_unsure: 'true', listed_for_flag: 'mel' });
});

test('an answer without a result says so, and a flag names a class of its own beside a benign set', () => {
  const outOfDistribution = { score: 20, threshold: 12.3, inDistribution: false, refused: true };
  const rows = [
    row({ analysis: exampleAnalysis({ outOfDistribution }) }),
    row({ analysis: exampleAnalysis({ conformalSet: ['nv'] }) }),
    row({ analysis: exampleAnalysis({ conformalSet: ['nv', 'mel'] }) }),
  ];
  expect(read(batchTable(rows, disclaimer))).toMatchObject([
    { no_result: 'true', above_threshold: 'true' },
    { no_result: 'false', conformal_set: 'nv', listed_for_flag: 'mel' },
    { no_result: 'false', conformal_set: 'nv mel', listed_for_flag: '' },
  ]);
});
