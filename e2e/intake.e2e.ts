import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import heic from '../src/engine/input/fixtures/heic.json' with { type: 'json' };
import {
  colourPixels,
  explicitLittle,
  jpegBaseline,
  makeDicom,
} from '../src/engine/input/fixtures/make-dicom';
import { type AppPage, en, expect, test } from './app';
import { heldBackPhotos, needsPhotos, withOrientation } from './photos';

/** What a visible-light DICOM file says of a patient, a name among it that nothing may repeat. */
const patient = {
  '00100010': ['PN', 'Secret^Name'],
  '00101010': ['AS', '045Y'],
  '00100040': ['CS', 'F'],
  '00180015': ['CS', 'UPPER_ARM'],
  '00200020': ['CS', 'L\\F'],
  '00280030': ['DS', '0.05\\0.05'],
} satisfies Parameters<typeof makeDicom>[0]['elements'];

/** A brown spot with a soft edge and some grain on skin: RGB, row by row. */
function spot(width: number, height: number): Uint8Array {
  const pixels = new Uint8Array(width * height * 3);
  for (let at = 0; at < width * height; at++) {
    const [x, y] = [at % width, Math.floor(at / width)];
    const far = Math.hypot((x - width / 2) / width, (y - height / 2) / height) * 4;
    const inside = 1 / (1 + Math.exp(12 * (far - 1)));
    const grain = ((x * 7919 + y * 104729) % 13) - 6;
    pixels.set(
      [205 - 100 * inside, 150 - 95 * inside, 125 - 85 * inside].map((value) => value + grain),
      3 * at,
    );
  }
  return pixels;
}

/** The size that the photo in the middle has. */
const shownSize = (page: Page, name: string) =>
  page
    .getByRole('img', { name: en.photo.alt.replace('{{name}}', name) })
    .evaluate(({ naturalWidth, naturalHeight }: HTMLImageElement) => [naturalWidth, naturalHeight]);

/** The upper three quarters of a square photo, as a JPEG. */
async function wide(page: Page, photo: string): Promise<Buffer> {
  const jpeg = await page.evaluate(
    async (base64) => {
      const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([bytes]));
      const canvas = document.createElement('canvas');
      canvas.width = 256;
      canvas.height = 192;
      canvas.getContext('2d')?.drawImage(bitmap, 0, 0);
      return canvas.toDataURL('image/jpeg', 0.95);
    },
    readFileSync(photo, 'base64'),
  );
  return Buffer.from(jpeg.split(',')[1] ?? '', 'base64');
}

async function expectFactsOfFile(app: AppPage): Promise<void> {
  await app.unfold(en.facts.heading);
  const facts = app.page.getByRole('region', { name: en.facts.heading });
  await expect(facts.getByRole('textbox', { name: /years/i })).toHaveValue('45');
  await expect(facts.getByRole('radio', { name: en.facts.female, exact: true })).toBeChecked();
  await expect(facts.getByRole('combobox', { name: /body/i })).toHaveValue(en.report.site.extremities);
  await expect(facts.getByText(en.facts.fromFile)).toHaveCount(3);
}

async function reportText(page: Page): Promise<string> {
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitem', { name: en.export.text }).click();
  await expect(page.getByText(en.export.copied)).toBeVisible();
  return page.evaluate(() => navigator.clipboard.readText());
}

test.beforeEach(async ({ app, site }) => {
  await app.open(site);
  await app.chooseBackend('wasm');
});

test('a baseline JPEG in a DICOM file: the answer is that of the JPEG, its facts are marked as read and stay here', async ({
  app,
  page,
}, testInfo) => {
  needsPhotos();
  const photo = heldBackPhotos('mel', 1)[0] ?? '';
  const file = testInfo.outputPath('IM00001');
  const elements = { ...patient, ...colourPixels(256, 256, 'YBR_FULL_422') };
  const fragments = [new Uint8Array(readFileSync(photo))];
  writeFileSync(file, makeDicom({ syntax: jpegBaseline, elements, pixels: { fragments } }));
  await app.drop(file);
  const ofDicom = await app.shownProbabilities();
  expect(await shownSize(page, 'IM00001')).toEqual([256, 256]);
  await expectFactsOfFile(app);
  await expect(app.answer).toContainText('(L\\F)');

  // Neither age nor name leaves, unless the facts are asked for; the name never does.
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  const bare = await reportText(page);
  expect(bare).toContain(en.app.disclaimer);
  expect(bare).not.toMatch(/\b45\b|Secret/);
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: en.export.withFileMetadata }).click();
  await page.keyboard.press('Escape');
  const whole = await reportText(page);
  expect(whole).toMatch(/\b45\b/);
  expect(whole).not.toContain('Secret');

  // Changed by hand, a fact is no longer the file's.
  const age = page.getByRole('textbox', { name: /years/i });
  await age.fill('46');
  await age.press('Enter');
  await expect(page.getByText(en.facts.fromFile)).toHaveCount(2);

  await app.pick(photo);
  await expect(page.getByRole('img', { name: photo.split('/').at(-1) ?? '' })).toBeVisible();
  expect(await app.shownProbabilities()).toEqual(ofDicom);
});

test('an uncompressed DICOM file is opened, and measured by its own scale', async ({
  app,
  page,
}, testInfo) => {
  const file = testInfo.outputPath('spot.dcm');
  const elements = {
    ...patient,
    ...colourPixels(320, 240, 'RGB'),
    '00280008': ['IS', '2'] as ['IS', string],
  };
  const photo = spot(320, 240);
  writeFileSync(
    file,
    makeDicom({
      syntax: explicitLittle,
      elements,
      pixels: Buffer.concat([photo, photo.map((value) => 255 - value)]),
    }),
  );
  await app.drop(file);
  await expect.poll(() => shownSize(page, 'spot.dcm')).toEqual([320, 240]);
  await expectFactsOfFile(app);
  await page.getByRole('button', { name: en.viewer.keys.measure, exact: true }).click();
  await expect(page.getByText('0.05 mm a pixel')).toBeVisible();
  await app.answer
    .getByRole('button', { name: en.answer.again })
    .or(app.answer.getByRole('button', { name: en.answer.overrule }))
    .click();
  await expect(app.answer.getByText('It holds 2 pictures')).toBeVisible();
});

test('a HEIC photo is opened by our own decoder', async ({ app, page }) => {
  await app.pick({ name: 'phone.heic', mimeType: 'image/heic', buffer: Buffer.from(heic.plain, 'base64') });
  // It is tiny: the gate says so, of the photo and not of the file.
  await expect(app.answer.getByText(en.failure['photo-size'].sentence)).toBeVisible();
  expect(await shownSize(page, 'phone.heic')).toEqual([64, 48]);
});

test('a folder that is dropped gives its photos, those in its folders too, and nothing else', async ({
  app,
  page,
}, testInfo) => {
  needsPhotos();
  const [first = '', second = ''] = heldBackPhotos('nv', 2);
  const folder = testInfo.outputPath('visit');
  mkdirSync(join(folder, 'left arm'), { recursive: true });
  cpSync(first, join(folder, 'b.jpg'));
  cpSync(second, join(folder, 'left arm', 'a.jpg'));
  writeFileSync(join(folder, 'notes.csv'), 'a,b\n');
  writeFileSync(join(folder, '.thumbs'), 'x');
  await app.drop(folder);
  const queue = page.getByRole('region', { name: en.viewer.queue.region });
  await expect(queue.getByRole('listitem')).toHaveCount(2);
  await expect(queue.getByText('2 of 2 answered')).toBeVisible();
  await expect(queue.getByText('a.jpg')).toBeVisible();
  await expect(queue.getByText('b.jpg')).toBeVisible();
});

test('a photo turned by EXIF stands upright, is answered so, and leaves without EXIF', async ({
  app,
  page,
}) => {
  needsPhotos();
  const jpeg = await wide(page, heldBackPhotos('mel', 1)[0] ?? '');
  const exported = async (item: string) => {
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('menuitem', { name: item }).click();
    return readFileSync(await (await download).path());
  };
  const pick = async (name: string, orientation: number) => {
    await app.pick({ name, mimeType: 'image/jpeg', buffer: withOrientation(jpeg, orientation) });
    await app.shownProbabilities();
  };
  await pick('turned.jpg', 6);
  expect(await shownSize(page, 'turned.jpg')).toEqual([192, 256]);
  await app.unfold(en.pane.about);
  await expect(app.answer.getByText(/192\D+256/).first()).toBeVisible();
  const turned = await exported(en.export.photo);
  expect(turned.includes('eXIf')).toBe(false);
  // A PNG, whose size stands in its head: drawn upright.
  expect([turned.readUInt32BE(16), turned.readUInt32BE(20)]).toEqual([192, 256]);

  await pick('upright.jpg', 1);
  await expect.poll(() => shownSize(page, 'upright.jpg')).toEqual([256, 192]);
  const clean = await exported(en.export.photo);
  expect(clean.includes('Exif')).toBe(false);
  expect(clean.subarray(-1000).equals(jpeg.subarray(-1000))).toBe(true);
  const overlay = await exported(en.export.overlay);
  expect(overlay.subarray(0, 2).toString('hex')).toBe('ffd8');
  expect(overlay.includes('Exif')).toBe(false);
});
