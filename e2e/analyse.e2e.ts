import { readFileSync } from 'node:fs';
import { type AppPage, en, expect, expectClose, probabilitiesOf, test } from './app';
import { heldBackPhotos, needsPhotos, withOrientation } from './photos';

/** Class ids of the card by the names that the page shows. */
const classIds = { nv: /nevus/i, mel: /melanoma/i };

/** The page rounds to whole percent and never says 0 or 100. */
function expectShown(shown: Record<string, string>, probabilities: Record<string, number>): void {
  for (const [id, name] of Object.entries(classIds)) {
    const [, percent = ''] = Object.entries(shown).find(([label]) => name.test(label)) ?? [];
    const number = Number(/\d+/.exec(percent)?.[0]);
    expect(
      Math.abs(number - 100 * (probabilities[id] ?? Number.NaN)),
      `${id}: ${percent}`,
    ).toBeLessThanOrEqual(1);
  }
}

async function photo(dx: 'nv' | 'mel'): Promise<string> {
  const [path] = heldBackPhotos(dx, 1);
  if (!path) throw new Error(`The held-back side has no ${dx}.`);
  return path;
}

test.beforeEach(async ({ app, site }) => {
  needsPhotos();
  await app.open(site);
});

test('a real photo dropped on the page: WebGPU and WASM agree', { tag: '@webgpu' }, async ({ app, page }) => {
  // Shaders are compiled in software here, and the self-test and three photos run on them.
  test.slow();
  const melanoma = await photo('mel');
  await app.chooseBackend('webgpu');
  await app.drop(melanoma);
  const onWebgpu = await app.shownProbabilities();
  await expect(app.backendButton).toHaveAccessibleName(/WebGPU/);
  await expect(page.getByRole('img', { name: /^The photo / })).toBeVisible();
  // Before the page leaves WebGPU: to come back to it compiles every shader again.
  const webgpu = await app.analyse(melanoma, 'webgpu');

  await app.chooseBackend('wasm');
  await expect(app.backendButton).toHaveAccessibleName(/WASM/);
  await app.unfold(en.pane.about);
  await app.answer.getByRole('button', { name: en.answer.again }).click();
  await expect(app.answer.getByText(/WASM/).first()).toBeVisible();
  const onWasm = await app.shownProbabilities();

  const wasm = await app.analyse(melanoma, 'wasm');
  expectClose(probabilitiesOf(webgpu), probabilitiesOf(wasm), 1e-3);
  expectShown(onWebgpu, probabilitiesOf(webgpu));
  expectShown(onWasm, probabilitiesOf(wasm));
});

for (const how of ['pick', 'paste'] as const) {
  test(`a photo by ${how}`, async ({ app }) => {
    const nevus = await photo('nv');
    await app.chooseBackend('wasm');
    await app[how](nevus);
    expectShown(await app.shownProbabilities(), probabilitiesOf(await app.analyse(nevus, 'wasm')));
  });
}

test('EXIF orientation turns the photo upright', async ({ app }) => {
  const wide = await wideJpeg(app, readFileSync(await photo('mel')));
  const turned = await app.analyse(withOrientation(wide, 6), 'wasm');
  const flat = await app.analyse(wide);
  const clockwise = await app.analyse(await rotated(app, wide, 90));
  const anticlockwise = await app.analyse(await rotated(app, wide, -90));
  expect(flat.photo).toEqual({ width: 256, height: 160 });
  expect(turned.photo).toEqual({ width: 160, height: 256 });
  expectClose(probabilitiesOf(turned), probabilitiesOf(clockwise), 1e-4);
  // Or the comparison would hold whichever way the photo is turned.
  const difference = (probabilitiesOf(clockwise).mel ?? 0) - (probabilitiesOf(anticlockwise).mel ?? 0);
  expect(Math.abs(difference)).toBeGreaterThan(1e-3);
});

/** The photo's upper 256x160 pixels, half of them darkened so that no two sides are alike, as a JPEG. */
function wideJpeg(app: AppPage, photo: Buffer): Promise<Buffer> {
  return draw(app, photo, 'image/jpeg', 0);
}

/** A photo turned by quarter turns, without loss. */
function rotated(app: AppPage, photo: Buffer, degrees: 90 | -90): Promise<Buffer> {
  return draw(app, photo, 'image/png', degrees);
}

async function draw(app: AppPage, photo: Buffer, type: string, degrees: 0 | 90 | -90): Promise<Buffer> {
  const base64 = await app.page.evaluate(
    async ({ base64, type, degrees }) => {
      const picture = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
      const bitmap = await createImageBitmap(new Blob([picture]));
      const canvas = new OffscreenCanvas(degrees === 0 ? 256 : 160, degrees === 0 ? 160 : 256);
      const context = canvas.getContext('2d');
      if (!context) throw new Error('no canvas');
      if (degrees === 0) {
        context.drawImage(bitmap, 0, 0);
        context.fillStyle = '#102040c0';
        context.fillRect(0, 0, 256, 60);
      } else {
        context.translate(80, 128);
        context.rotate((degrees * Math.PI) / 180);
        context.drawImage(bitmap, -128, -80);
      }
      const bytes = new Uint8Array(await (await canvas.convertToBlob({ type, quality: 0.95 })).arrayBuffer());
      return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''));
    },
    { base64: photo.toString('base64'), type, degrees },
  );
  return Buffer.from(base64, 'base64');
}
