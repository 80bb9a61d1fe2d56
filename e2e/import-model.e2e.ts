import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { redOrBlueOnnx } from '../bench/onnx/red-or-blue';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { generator } from '../src/engine/testing/build-package';
import { en, expect, test } from './app';
import { askColours } from './ask-colours';

test.use({
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: noGpuFlags,
  },
});

const texts = en.importModel;
const dialog = (page: Page) => page.getByRole('dialog', { name: en.models.add.heading });

/** 96 x 96 pixels, of one colour with a little of another. */
function picture(red: number, blue: number): Buffer {
  const png = new PNG({ width: 96, height: 96 });
  for (let at = 0; at < png.data.length; at += 4) png.data.set([red, 40, blue, 255], at);
  return PNG.sync.write(png);
}

async function choose(page: Page, name: string, buffer: Buffer): Promise<void> {
  if (!(await dialog(page).isVisible())) await page.getByRole('button', { name: en.models.add.open }).click();
  const chooser = page.waitForEvent('filechooser');
  await dialog(page).getByRole('button', { name: en.models.add.zip }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/octet-stream', buffer });
}

/** Says what the classes are. */
async function answer(page: Page): Promise<void> {
  const at = (text: string, number: number) => text.replace('{{number}}', String(number));
  const wizard = dialog(page);
  for (const [index, [name, kind]] of [
    ['Red', 'malignant'],
    ['Blue', 'benign'],
  ].entries()) {
    await wizard.getByLabel(at(texts.ask.nameOf, index + 1), { exact: true }).fill(name as string);
    await wizard.getByLabel(at(texts.ask.kindOf, index + 1)).selectOption(kind as string);
  }
}

/** The class of a red and of a blue picture, and whether each is flagged. */
async function ask(page: Page, packageId: string): Promise<string> {
  const answers = await askColours(page, packageId);
  if (typeof answers === 'string') return answers;
  return answers.map(({ id, flagged }) => `${id} ${flagged ?? 'no flag'}`).join(', ');
}

test('an ONNX model is read, asked about, tried and added; without labelled photos it flags nothing', async ({
  app,
  page,
  site,
}) => {
  await app.open(site, 'models');
  await choose(page, 'red-blue.onnx', redOrBlueOnnx());
  const wizard = dialog(page);
  await expect(wizard.getByRole('table', { name: texts.found.heading })).toContainText(
    'GlobalAveragePool × 1',
  );
  const add = wizard.getByRole('button', { name: texts.finish.add });
  // Nothing is assumed of what a class is.
  await expect(add).toBeDisabled();
  await answer(page);
  const chooser = page.waitForEvent('filechooser');
  await wizard.getByRole('button', { name: texts.trial.choose }).click();
  await (await chooser).setFiles([{ name: 'red.png', mimeType: 'image/png', buffer: picture(220, 20) }]);
  const tried = wizard.getByRole('region', { name: texts.trial.of.replace('{{name}}', 'red.png') });
  await expect(tried.getByRole('rowheader').first()).toContainText('Red');
  const { violations } = await new AxeBuilder({ page }).analyze();
  expect(violations.map(({ id }) => id)).toEqual([]);

  await add.click();
  await expect(wizard.getByRole('status').filter({ hasText: 'red-blue' })).toBeVisible();
  await page.keyboard.press('Escape');
  const sheet = page.getByRole('region', { name: en.model.region, exact: true });
  await expect(sheet.getByRole('heading', { level: 2, name: 'red-blue' })).toBeVisible();
  await expect(sheet.getByText(/^Not calibrated: nobody has held/)).toBeVisible();
  expect(await ask(page, 'red-blue')).toBe('red no flag, blue no flag');
});

test('a labelled folder gives a temperature, sets, a threshold and figures', async ({ app, page, site }) => {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-labelled-'));
  const random = generator(3);
  for (const [name, redder] of [
    ['red', true],
    ['blue', false],
    ['other', false],
  ] as const) {
    mkdirSync(join(folder, name));
    for (let count = 0; count < (name === 'other' ? 1 : 24); count++) {
      // Some of each look like the other.
      const shift = 60 * (random() - (redder ? 0.25 : 0.75));
      writeFileSync(join(folder, name, `${count}.png`), picture(120 + shift, 120 - shift));
    }
  }
  await app.open(site, 'models');
  await choose(page, 'measured.onnx', redOrBlueOnnx());
  await answer(page);
  const wizard = dialog(page);
  const chooser = page.waitForEvent('filechooser');
  await wizard.getByRole('button', { name: texts.measure.choose }).click();
  await (await chooser).setFiles(folder);
  await expect(wizard.getByText(/^Measured on 24 photos/)).toBeVisible();
  await expect(wizard.getByText(/left out: other\.$/)).toBeVisible();
  await wizard.getByRole('button', { name: texts.finish.add }).click();
  await expect(wizard.getByRole('status').filter({ hasText: 'measured was added' })).toBeVisible();
  const card = await page.evaluate(async () => {
    const cards = await globalThis.lentigo.engine.packages();
    return cards.ok ? cards.value.find(({ id }) => id === 'measured') : null;
  });
  expect(card?.decision?.positive).toEqual(['red']);
  expect(card?.results.count).toBe(24);
  expect(card?.calibration?.ece).toBeGreaterThanOrEqual(0);
  expect(card?.calibration?.conformal.classes.every(({ quantile }) => quantile < 1)).toBe(true);
  expect(await ask(page, 'measured')).toBe('red true, blue false');
  rmSync(folder, { recursive: true });
});

test('a model that cannot be run is refused, and says which operation it is', async ({ app, page, site }) => {
  await app.open(site, 'models');
  await choose(page, 'loop.onnx', redOrBlueOnnx('NonMaxSuppression'));
  await expect(dialog(page).getByRole('alert')).toContainText('NonMaxSuppression');
  await dialog(page).getByRole('button', { name: texts.back }).click();
  await choose(page, 'torn.onnx', redOrBlueOnnx().subarray(0, 120));
  await expect(dialog(page).getByRole('alert')).toContainText(/ends in the middle|is not there/);
});
