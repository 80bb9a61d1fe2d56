import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { expectAccessible } from './accessible';
import { AppPage, en, expect, test } from './app';
import { drawArchive } from './drawn-archive';
import { count, type ExportedJson } from './evaluation-checks';
import { save } from './evaluation-file-checks';
import { chooseFolder, withoutDirectoryPicker } from './evaluation-folder';
import { type TinyModels, writeTinyModels } from './tiny-models';

const words = en.evaluate;

let models: TinyModels;
test.beforeAll(async () => {
  models = await writeTinyModels((logits) => tinyPackage(logits, {}, [0.25, 4.75]));
});
test.afterAll(() => models.remove());

test('two tabs answer a part each, and the page joins them to the figures of one run', async ({
  page,
  context,
  serveVariant,
}, info) => {
  test.setTimeout(300_000);
  const folder = info.outputPath('drawings');
  drawArchive(folder, count);
  const site = await serveVariant({ mounts: { '/models/': models.folder } });
  await setUp(page, site, folder);
  await run(page);
  const whole = await measured(page);
  await page.getByRole('button', { name: words.back }).click();

  await page.getByLabel(words.parts.label).selectOption('2');
  const thisTab = (of: Page) => of.getByLabel(words.parts.thisTab, { exact: true });
  await expect(thisTab(page)).toHaveValue('1');
  await expectAccessible(page);
  await run(page);

  // Another tab proposes the part that is left, and says that the first is taken.
  const other = await context.newPage();
  await setUp(other, site, folder);
  await other.getByLabel(words.parts.label).selectOption('2');
  await expect(thisTab(other)).toHaveValue('2');
  await expect(thisTab(other).locator('option').first()).toBeDisabled();
  await run(other);
  await expect(other.getByText(/^This is part 2 of 2/)).toBeVisible();

  // The first tab sees that it is finished, without a reload.
  await page.getByRole('button', { name: words.back }).click();
  await expect(page.getByText(words.parts.complete)).toBeVisible();
  await page.getByRole('button', { name: words.parts.join }).click();
  await expect(page.getByText(words.parts.joined.replace('{{parts}}', '2'))).toBeVisible();
  expect(await measured(page)).toEqual(whole);
});

async function setUp(page: Page, site: string, folder: string): Promise<void> {
  await withoutDirectoryPicker(page);
  const app = new AppPage(page);
  await app.open(site, 'evaluate');
  await app.chooseBackend('wasm');
  await page.getByRole('checkbox', { name: 'Tiny', exact: true }).check();
  await chooseFolder(page, folder);
}

async function run(page: Page): Promise<void> {
  await page.getByRole('button', { name: words.start, exact: true }).click();
  await expect(page.getByText(words.announceDone)).toBeAttached({ timeout: 120_000 });
}

/** All figures but the time that an image took. */
async function measured(page: Page): Promise<unknown> {
  const saved = await (await save(page, words.asJson)).path();
  const { measured } = JSON.parse(readFileSync(saved, 'utf8')) as ExportedJson;
  return { ...measured, models: measured.models.map((model) => ({ ...model, msPerImage: null })) };
}
