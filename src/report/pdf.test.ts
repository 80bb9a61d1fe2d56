import { expect, test, vi } from 'vitest';
import images from '../core/fixtures/image-metadata.json';
import { data, en, isInstalled, jpeg, ko, koreanFont, made, report, run } from './fixtures/pdf';
import { pdfReports } from './pdf';
import { PdfPages } from './pdf-pages';

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

test.each([
  ['en', en],
  ['ko', ko],
] as const)(
  'a model of several answers is described once, its name is with each: %s',
  async (language, words) => {
    const labels: string[] = [];
    const { row } = PdfPages.prototype;
    const spy = vi.spyOn(PdfPages.prototype, 'row').mockImplementation(function (
      this: PdfPages,
      ...given: Parameters<typeof row>
    ) {
      // Every section is gone through once more before, for its height.
      if (!Reflect.get(this, 'measuring')) labels.push(given[0]);
      row.apply(this, given);
    });
    /** How often these rows are on the pages. */
    const rows = async (reports: ReturnType<typeof report>[]) => {
      labels.length = 0;
      await made(data({ reports, words, language }));
      const times = (label: string) => labels.filter((drawn) => drawn === label).length;
      const { name, limits, licence } = words.model;
      return { name: times(name), limits: times(limits), licence: times(licence) };
    };
    const one = report();
    const other = report({ source: { ...one.source, card: { ...one.source.card, version: '9.9.9' } } });
    expect(await rows([one])).toEqual({ name: 1, limits: 1, licence: 1 });
    expect(await rows([one, one, one])).toEqual({ name: 4, limits: 1, licence: 1 });
    // Another model has limits of its own, with its one answer.
    expect(await rows([one, other, one])).toEqual({ name: 4, limits: 2, licence: 2 });
    spy.mockRestore();
  },
);
