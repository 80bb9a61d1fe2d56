import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { root } from '../scripts/command';
import { en, expect } from './app';
import { downloaded } from './case-steps';
import { test } from './tiny-app';

/** The photo in the PDF report has the colours of the page: other profiles, CMYK, white behind what is transparent. */

const cases = join(root, '../shared/cases');
const photos = [
  ['31-display-p3-report/p3.jpg', 'image/jpeg'],
  ['31-display-p3-report/p3.png', 'image/png'],
  ['22-jpeg-cmyk/cmyk.jpg', 'image/jpeg'],
  ['20-png-transparent/cut-out.png', 'image/png'],
] as const;

/** The JPEGs of a PDF, as they stand in it. */
function jpegsIn(pdf: Buffer): Buffer[] {
  const found: Buffer[] = [];
  for (let at = pdf.indexOf('DCTDecode'); at >= 0; at = pdf.indexOf('DCTDecode', at + 1)) {
    const start = pdf.indexOf(Buffer.from([0xff, 0xd8, 0xff]), at);
    found.push(pdf.subarray(start, pdf.indexOf('endstream', start)));
  }
  return found;
}

/** Runs in the page: the mean distance of two pictures' samples (0 to 255), each drawn on white as the viewer does. */
async function distance(page: Page, [one, other]: readonly [Buffer, string][]): Promise<number | null> {
  const given = [one, other].map((each) => each && { base64: each[0].toString('base64'), type: each[1] });
  return page.evaluate(async (pictures) => {
    const all = [];
    for (const picture of pictures) {
      if (!picture) return null;
      // Not fetched: the page's policy lets nothing be.
      const bytes = Uint8Array.from(atob(picture.base64), (each) => each.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes], { type: picture.type }));
      const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
      const context = canvas.getContext('2d') as OffscreenCanvasRenderingContext2D;
      context.fillStyle = '#fff';
      context.fillRect(0, 0, canvas.width, canvas.height);
      context.drawImage(bitmap, 0, 0);
      all.push(context.getImageData(0, 0, canvas.width, canvas.height).data);
    }
    const [first, second] = all as [Uint8ClampedArray, Uint8ClampedArray];
    if (first.length !== second.length) return null;
    let sum = 0;
    for (let at = 0; at < first.length; at++) sum += Math.abs((first[at] ?? 0) - (second[at] ?? 0));
    return sum / first.length;
  }, given);
}

for (const [path, type] of photos) {
  test(`${path}: the PDF shows the photo as the page does`, async ({ app, page, tinySite }) => {
    test.skip(!existsSync(cases), 'without ../shared/cases');
    const buffer = readFileSync(join(cases, path));
    await app.open(tinySite);
    await app.chooseBackend('wasm');
    await app.pick({ name: path.slice(path.indexOf('/') + 1), mimeType: type, buffer });
    // White around a cut-out is no light of the photo's.
    await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeVisible();
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    const { bytes } = await downloaded(page, () =>
      page.getByRole('menuitem', { name: en.export.pdf }).click(),
    );
    const distances = [];
    for (const jpeg of jpegsIn(bytes))
      distances.push(
        await distance(page, [
          [buffer, type],
          [jpeg, 'image/jpeg'],
        ]),
      );
    // The overlay lies beside it; a picture with the numbers of another colour space is 5 and more away.
    const closest = Math.min(...distances.filter((each) => each !== null));
    expect(closest).toBeLessThan(2);
  });
}
