import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import jpeg from 'jpeg-js';
import { findBrowser, softwareGpuFlags } from '../scripts/browser';
import { root } from '../scripts/command';
import { mapChannels } from '../scripts/degrade';
import { findingOf, type Symptom, symptoms } from '../src/features/self-check/model/outcome';
import { expectAccessible } from './accessible';
import { en, expect, test } from './app';
import { cameraShowing, heldBackPhonePhotos, needsPhonePhotos } from './phone-photos';

const words = en.selfCheck;
const packageId = 'efficientnet-lite2-phone-symptoms';
const photos = heldBackPhonePhotos('NEV', 12);
const video = join(mkdtempSync(join(tmpdir(), 'lentigo-camera-')), 'mole.mjpeg');
const camera = cameraShowing(photos[0] ?? '', video);

test.use({
  viewport: { width: 390, height: 844 },
  reducedMotion: 'reduce',
  launchOptions: { executablePath: findBrowser() ?? undefined, args: [...softwareGpuFlags, ...camera] },
} as Parameters<typeof test.use>[0]);

test.beforeEach(async ({ page, app, site }) => {
  needsPhonePhotos();
  await app.open(site, 'self-check');
  // Only Chromium's own emulated GPU is slow enough to make this test long.
  await page.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
});

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true });

/** From the first screen to the photo; every symptom is answered No unless it is named. */
async function answer(page: Page, { age = '40', special = words.special.none, yes = [] as Symptom[] } = {}) {
  await page.getByRole('button', { name: new RegExp(words.path.lesion.name) }).click();
  await page.getByLabel(words.about.age).fill(age);
  await button(page, words.next).click();
  await page.locator('[data-place="back"]').first().click();
  await button(page, words.next).click();
  await button(page, special).click();
  for (const symptom of symptoms) await button(page, yes.includes(symptom) ? words.yes : words.no).click();
}

async function upload(page: Page, file: string | { name: string; mimeType: string; buffer: Buffer }) {
  const chooser = page.waitForEvent('filechooser');
  await button(page, words.photo.upload).click();
  await (await chooser).setFiles(file);
  await page
    .getByRole('button', { name: new RegExp(`${words.download.start}|${words.photo.check}`) })
    .click();
}

const outcome = (page: Page) => page.getByRole('heading', { level: 1 });

/**
 * ABCDE on the person's own photo: the edge inside the ring is drawn, and follows the ring; the outcome
 * stays.
 */
async function spotOutlined(page: Page): Promise<void> {
  const abcde = page.getByRole('region', { name: words.abcde.heading });
  const marks = abcde.getByRole('img', { name: words.abcde.marks });
  await expect(abcde.getByText(words.abcde.guessed)).toBeVisible();
  const edge = () => marks.locator('path').getAttribute('d');
  const before = await edge();
  const ring = abcde.getByRole('button', { name: words.abcde.roi });
  await ring.press('ArrowLeft');
  await expect.poll(edge).not.toBe(before);
  await expect(outcome(page)).toHaveText(words.outcome['see-a-doctor'].heading);
}

/** From here on the page keeps the tracks of the camera that it opens in `cameraTracks`. */
const keepCameraTracks = (page: Page) =>
  page.evaluate(() => {
    const { mediaDevices } = navigator;
    const open = mediaDevices.getUserMedia.bind(mediaDevices);
    mediaDevices.getUserMedia = async (options) => {
      const stream = await open(options);
      Object.assign(globalThis, { cameraTracks: stream.getTracks() });
      return stream;
    };
  });

test('the camera takes a good photo by itself, and a spot that has bled is for a doctor', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['camera']);
  await expectAccessible(page, 'start');
  await answer(page, { yes: ['bleed'] });
  await keepCameraTracks(page);
  await button(page, words.photo.camera).click();
  // The real photo in front of the camera is sharp, bright and shows a spot: nobody taps.
  await expect(page.getByRole('heading', { name: words.photo.looked })).toBeVisible();
  await expect(page.getByText(/[\d.]+\sMB/)).toBeVisible();
  // The camera's light is out as soon as the photo is taken.
  const tracks = await page.evaluate(() =>
    (globalThis as unknown as { cameraTracks: MediaStreamTrack[] }).cameraTracks.map(
      ({ readyState }) => readyState,
    ),
  );
  expect(tracks).toEqual(['ended']);
  await expectAccessible(page, 'photo taken');
  await button(page, words.download.start).click();
  await expect(outcome(page)).toHaveText(words.outcome['see-a-doctor'].heading);
  await expect(page.getByText(words.reason.bleed)).toBeVisible();
  await expect(page.getByRole('heading', { name: words.limits.heading })).toBeVisible();
  await spotOutlined(page);
  // Numbers only behind "details".
  await expect(page.getByRole('table')).toBeHidden();
  await page.getByText(words.details.open).click();
  await expect(page.getByRole('table')).toBeVisible();
  await expectAccessible(page, 'outcome');

  const pdf = page.waitForEvent('download');
  await button(page, words.take.pdf).click();
  expect(readFileSync(await (await pdf).path(), 'latin1')).toMatch(/^%PDF-/);
  const reminder = page.waitForEvent('download');
  await button(page, words.take.appointment).click();
  expect(readFileSync(await (await reminder).path(), 'utf8')).toContain('BEGIN:VEVENT');

  // Nothing is stored, because nobody asked for it.
  expect(
    await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)),
  ).not.toContain('lentigo-cases');
});

test('a refused permission is shown with its remedy, and a file does as well', async ({ page }) => {
  await answer(page, { yes: ['itch'] });
  await button(page, words.photo.camera).click();
  await expect(page.getByText(en.failure['camera-denied'].sentence)).toBeVisible();
  await expectAccessible(page, 'camera refused');
  await upload(page, photos[0] ?? '');
  await expect(outcome(page)).not.toHaveText(words.outcome['nothing-stands-out'].heading);
  await expect(page.getByText(words.reason.itch)).toBeVisible();
});

test('calm answers: nothing stands out in a photo that the model calls a mole, and a dark one is not judged', async ({
  page,
}) => {
  // The rules decide, so any photo that the model is sure of will do: the first such one that no training has
  // seen.
  const facts = {
    age: 40,
    region: 'back',
    ...Object.fromEntries(symptoms.map((symptom) => [symptom, 'no'])),
  };
  let calm: string | null = null;
  for (const path of photos) {
    const found = await page.evaluate(
      async ({ base64, packageId, facts: metadata }) => {
        const { engine } = globalThis.lentigo;
        const blob = new Blob([Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))]);
        const [analysis, cards] = [
          await engine.analyse(blob, { packageId, metadata }),
          await engine.packages(),
        ];
        const card = cards.ok ? cards.value.find(({ id }) => id === packageId) : undefined;
        if (!analysis.ok || !card) return null;
        // Rasters do not cross over well, and no rule reads them.
        return { analysis: { ...analysis.value, activation: null, attention: null, lesion: null }, card };
      },
      { base64: readFileSync(path, 'base64'), packageId, facts },
    );
    const finding = found && findingOf(found.analysis, found.card);
    const harmless = (id: string) => id === 'nev' || id === 'sek';
    if (finding?.kind === 'judged' && !finding.flagged && finding.remaining.every(harmless)) {
      calm = path;
      break;
    }
  }
  expect(calm, 'no held-back mole that the model is sure of').not.toBeNull();

  await answer(page);
  await upload(page, calm ?? '');
  await expect(outcome(page)).toHaveText(words.outcome['nothing-stands-out'].heading);
  await expect(page.getByText(en.app.disclaimer).first()).toBeVisible();

  // The same answers with a photo that shows next to nothing: no outcome, and how to do better.
  await button(page, words.back).click();
  await button(page, words.photo.another).click();
  const { width, height, data } = jpeg.decode(readFileSync(calm ?? ''), { useTArray: true });
  const dark = mapChannels({ width, height, channels: 4, data }, (value) => value * 0.08);
  const rgba = Buffer.alloc(4 * width * height, 255);
  for (let i = 0; i < width * height; i++) rgba.set(dark.data.subarray(3 * i, 3 * i + 3), 4 * i);
  await upload(page, {
    name: 'dark.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from(jpeg.encode({ width, height, data: rgba }, 95).data),
  });
  await expect(outcome(page)).toHaveText(words.outcome.none.heading);
  await expect(page.getByText(en.failure['photo-dark'].remedy)).toBeVisible();
  await expectAccessible(page, 'not judged');
  await button(page, words.notJudged.again).click();
  await expect(page.getByRole('heading', { name: words.photo.heading })).toBeVisible();
});

test('under a nail: a doctor, without a photo and without a number', async ({ page }) => {
  await answer(page, { special: words.special.nail });
  await expect(outcome(page)).toHaveText(words.outcome['see-a-doctor'].heading);
  await expect(page.getByText(words.details.open)).toBeHidden();
});

test('under 18: somebody looks at it, without a photo and without a number', async ({ page }) => {
  await answer(page, { age: '15' });
  await expect(outcome(page)).toHaveText(words.outcome['have-it-looked-at'].heading);
  await expect(page.getByText(words.reason.young)).toBeVisible();
  await expect(page.getByText(words.details.open)).toBeHidden();
});

test('keeping a photo to compare, only when asked', async ({ page }) => {
  await answer(page, { yes: ['changed'] });
  await upload(page, photos[0] ?? '');
  await button(page, words.save.open).click();
  await button(page, words.save.action).click();
  await expect(page.getByText(words.save.done)).toBeVisible();
  // Three months later, so to speak.
  await button(page, words.forget.action).click();
  await answer(page, { yes: ['changed'] });
  await upload(page, photos[1] ?? '');
  await button(page, words.save.open).click();
  await page.getByRole('combobox', { name: words.save.which }).click();
  await page.getByRole('option').nth(1).click();
  await expect(page.getByRole('figure').getByRole('img')).toHaveCount(2);
  // Nobody is asked what they have just said, and an urgent answer does not wait for a comparison.
  await expect(page.getByText(words.save.look)).toHaveCount(0);
});

test('acne: a type with what it is, and its limits', async ({ page }) => {
  await page.getByRole('button', { name: new RegExp(words.path.acne.name) }).click();
  await upload(page, photos[0] ?? '');
  await expect(page.getByRole('heading', { name: en.acne.types })).toBeVisible();
  await expect(page.getByRole('heading', { name: words.limits.heading })).toBeVisible();
  await expectAccessible(page, 'acne');
});

test('a camera that goes away is reported, and a photo in the format of an iPhone does as well', async ({
  page,
  context,
}) => {
  await context.grantPermissions(['camera']);
  await keepCameraTracks(page);
  await page.getByRole('button', { name: new RegExp(words.path.acne.name) }).click();
  await button(page, words.photo.camera).click();
  await page.waitForFunction(() => 'cameraTracks' in globalThis);
  await page.evaluate(() => {
    for (const track of (globalThis as unknown as { cameraTracks: MediaStreamTrack[] }).cameraTracks) {
      track.stop();
      // A stop of one's own says nothing.
      track.dispatchEvent(new Event('ended'));
    }
  });
  await expect(page.getByText(en.failure['camera-lost'].sentence)).toBeVisible();

  const chooser = page.waitForEvent('filechooser');
  await button(page, words.photo.upload).click();
  const { plain } = JSON.parse(readFileSync(join(root, 'src/engine/input/fixtures/heic.json'), 'utf8'));
  const buffer = Buffer.from(plain, 'base64');
  await (await chooser).setFiles({ name: 'IMG_0001.HEIC', mimeType: 'image/heic', buffer });
  const photo = page.getByRole('img', { name: /IMG_0001/ });
  await expect(photo).toBeVisible();
  expect(await photo.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(64);
});
