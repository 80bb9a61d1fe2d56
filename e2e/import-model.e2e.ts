import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { PNG } from 'pngjs';
import { redOrBlueOnnx } from '../bench/onnx/red-or-blue';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { command } from '../scripts/command';
import { redOrBlueByEdges } from '../scripts/package/edges-model';
import { teachableMachineZip } from '../scripts/package/teachable-machine';
import { generator } from '../src/engine/testing/build-package';
import { expectAccessible } from './accessible';
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

/** Says what the photos and the classes are. */
async function answer(page: Page): Promise<void> {
  const at = (text: string, number: number) => text.replace('{{number}}', String(number));
  const wizard = dialog(page);
  await wizard.getByLabel(texts.ask.domain).selectOption('dermoscopy');
  for (const [index, [name, kind]] of [
    ['Red', 'malignant'],
    ['Blue', 'benign'],
  ].entries()) {
    await wizard.getByLabel(at(texts.ask.nameOf, index + 1), { exact: true }).fill(name as string);
    await wizard.getByLabel(at(texts.ask.kindOf, index + 1)).selectOption(kind as string);
  }
}

/** 96 x 96 pixels that mean nothing. */
function noise(seed: number): Buffer {
  const png = new PNG({ width: 96, height: 96 });
  const random = generator(seed);
  for (let at = 0; at < png.data.length; at += 4)
    png.data.set([255 * random(), 255 * random(), 255 * random(), 255], at);
  return PNG.sync.write(png);
}

/** A folder for each class, of which some photos look like the other class, and one that is no class. */
function labelledFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-labelled-'));
  const random = generator(3);
  for (const [name, redder] of [
    ['red', true],
    ['blue', false],
    ['other', false],
  ] as const) {
    mkdirSync(join(folder, name));
    for (let count = 0; count < (name === 'other' ? 1 : 24); count++) {
      const shift = 60 * (random() - (redder ? 0.25 : 0.75));
      writeFileSync(join(folder, name, `${count}.png`), picture(120 + shift, 120 - shift));
    }
  }
  return folder;
}

/** Whether a picture is unlike those that the package was fitted on; null where it has no score. */
async function isUnusual(page: Page, packageId: string, photo: Buffer): Promise<boolean | null> {
  return page.evaluate(
    async ({ packageId, bytes }) => {
      const answer = await globalThis.lentigo.engine.analyse(new Blob([Uint8Array.from(bytes)]), {
        packageId,
        segmenterId: null,
        overruleGate: true,
        square: 'centre',
      });
      if (!answer.ok) throw new Error(JSON.stringify(answer.failure));
      return answer.value.outOfDistribution && !answer.value.outOfDistribution.inDistribution;
    },
    { packageId, bytes: [...photo] },
  );
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
  await expectAccessible(page);

  await add.click();
  await expect(wizard.getByRole('status').filter({ hasText: 'red-blue' })).toBeVisible();
  await page.keyboard.press('Escape');
  const sheet = page.getByRole('region', { name: en.model.region, exact: true });
  await expect(sheet.getByRole('heading', { level: 2, name: 'red-blue' })).toBeVisible();
  await expect(sheet.getByText(/^Not calibrated: nobody has held/)).toBeVisible();
  expect(await ask(page, 'red-blue')).toBe('red no flag, blue no flag');
});

test("Teachable Machine's zip as it comes is read with its class names, and added", async ({
  app,
  page,
  site,
}) => {
  await app.open(site, 'models');
  await choose(page, 'taught.zip', Buffer.from(await teachableMachineZip()));
  const wizard = dialog(page);
  const nameOf = (number: number) =>
    wizard.getByLabel(texts.ask.nameOf.replace('{{number}}', String(number)));
  await expect(nameOf(1).first()).toHaveValue('Red');
  await expect(nameOf(2).first()).toHaveValue('Blue');
  const add = wizard.getByRole('button', { name: texts.finish.add });
  await expect(add).toBeDisabled();
  await expect(wizard.getByText(texts.ask.missingDomain)).toBeVisible();
  await answer(page);
  await add.click();
  await expect(wizard.getByRole('status').filter({ hasText: 'taught was added' })).toBeVisible();
  expect(await ask(page, 'taught')).toBe('red no flag, blue no flag');
});

test('a labelled folder gives a temperature, sets, a threshold and figures', async ({ app, page, site }) => {
  const folder = labelledFolder();
  await app.open(site, 'models');
  await choose(page, 'measured.onnx', Buffer.from(redOrBlueByEdges()));
  await expect(dialog(page).getByText(/^4 numbers: labelled photos give it a score/)).toBeVisible();
  await answer(page);
  const wizard = dialog(page);
  const chooser = page.waitForEvent('filechooser');
  await wizard.getByRole('button', { name: texts.measure.choose }).click();
  await (await chooser).setFiles(folder);
  await expect(wizard.getByText(/^Measured on 24 photos/)).toBeVisible();
  await expect(wizard.getByText(/left out: other\.$/)).toBeVisible();
  await expect(wizard.getByText(/Its score for unusual photos is set so that 95.% of photos/)).toBeVisible();
  await wizard.getByRole('button', { name: texts.finish.add }).click();
  await expect(wizard.getByRole('status').filter({ hasText: 'measured was added' })).toBeVisible();
  const card = await page.evaluate(async () => {
    const cards = await globalThis.lentigo.engine.packages();
    return cards.ok ? cards.value.find(({ id }) => id === 'measured') : null;
  });
  expect(card?.decision?.positive).toEqual(['red']);
  expect(card?.results.count).toBe(24);
  expect(card?.calibration?.ece).toBeGreaterThanOrEqual(0);
  const quantiles = new Map(card?.calibration?.conformal.classes.map((one) => [one.class, one.quantile]));
  // Twelve photos of a malignant class are too few to leave it out of any list.
  expect(quantiles.get('red')).toBe(1);
  expect(quantiles.get('blue')).toBeLessThan(1);
  expect(await ask(page, 'measured')).toBe('red true, blue false');
  expect(card?.ood).toMatchObject({ acceptance: 0.95, auroc: {} });
  expect(card?.ood?.testAcceptance).toBeGreaterThan(0.7);
  expect(await isUnusual(page, 'measured', picture(135, 105))).toBe(false);
  expect(await isUnusual(page, 'measured', noise(1))).toBe(true);
  rmSync(folder, { recursive: true });
});

test('npm run package measures a labelled folder as the wizard does', async ({
  app,
  page,
  serveVariant,
}, info) => {
  // It may have to build the app first.
  test.setTimeout(300_000);
  const [folder, out] = [labelledFolder(), info.outputPath('packages')];
  const model = info.outputPath('by-command.onnx');
  writeFileSync(model, redOrBlueByEdges());
  const answers = info.outputPath('answers.json');
  const classes = [
    { name: 'Red', kind: 'malignant' },
    { name: 'Blue', kind: 'benign' },
  ];
  const input = { range: 'imagenet' };
  writeFileSync(
    answers,
    JSON.stringify({ id: 'by-command', title: 'By command', domain: 'dermoscopy', input, classes }),
  );
  const given = ['--model', model, '--answers', answers, '--out', out, '--labelled', folder];
  const { status, output } = await command('npm', ['run', '--silent', 'package', '--', ...given]);
  expect(status, output).toBe(0);
  expect(output).toContain('Folders that are no class, left out: other.');
  expect(output).toMatch(/Measured on 24 photos that nothing was fitted to: AUC [\d.]+/);
  expect(output).toMatch(/Of these photos [\d.]+ % pass its score for unusual photos/);

  writeFileSync(join(out, 'index.json'), JSON.stringify({ packages: ['by-command'] }));
  await app.open(await serveVariant({ mounts: { '/models/': out } }), 'models');
  expect(await ask(page, 'by-command')).toBe('red true, blue false');
  expect(await isUnusual(page, 'by-command', picture(135, 105))).toBe(false);
  expect(await isUnusual(page, 'by-command', noise(1))).toBe(true);
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
