import { readFileSync } from 'node:fs';
import { parseSiteCalibration } from '../src/core/decision/site-calibration-schema';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { expectAccessible } from './accessible';
import { en, expect, test } from './app';
import { drawArchive } from './drawn-archive';
import { chooseFolder, withoutDirectoryPicker } from './evaluation-folder';
import { type TinyModels, tinyIds, writeTinyModels } from './tiny-models';

const words = en.siteCalibration;

let models: TinyModels;
test.beforeAll(async () => {
  models = await writeTinyModels((logits) => tinyPackage(logits, {}, [0.25, 4.75]));
});
test.afterAll(() => models.remove());

test('a calibration of this site: fitted on labelled photos, kept, named beside every answer, exported and removed', async ({
  app,
  page,
  serveVariant,
}, info) => {
  test.setTimeout(480_000);
  const site = await serveVariant({ mounts: { '/models/': models.folder } });
  const folder = info.outputPath('drawings');
  drawArchive(folder, 96);
  await withoutDirectoryPicker(page);
  await app.open(site, 'evaluate');
  await app.chooseBackend('wasm');
  await page.getByRole('checkbox', { name: 'Tiny', exact: true }).check();
  await chooseFolder(page, folder);
  await page.getByRole('button', { name: en.evaluate.start, exact: true }).click();
  await expect(page.getByText(en.evaluate.announceDone)).toBeAttached({ timeout: 180_000 });

  const section = page.getByRole('region', { name: words.heading });
  await expect(section.getByText(words.none)).toBeVisible();
  await section.getByRole('textbox', { name: words.name }).fill('Ward 3');
  await section.getByRole('button', { name: words.fit }).click();
  const gain = section.getByRole('table', { name: words.gain });
  await expect(gain).toBeVisible({ timeout: 60_000 });
  await expect(gain).toContainText(words.figure.sensitivity);
  // Nothing is kept before the user says so.
  expect(await page.evaluate(() => localStorage.getItem('lentigo-site-calibrations'))).toBeNull();
  await section.getByRole('button', { name: words.keep }).click();
  await expect(section.getByText(words.inUse)).toBeVisible();
  await expectAccessible(page);

  const download = page.waitForEvent('download');
  await section.getByRole('button', { name: words.export }).click();
  const kept = parseSiteCalibration(readFileSync(await (await download).path(), 'utf8'));
  expect(kept).toMatchObject({ ok: true, value: { name: 'Ward 3', packageId: tinyIds.classifier } });

  // It outlives the visit, and every answer names it.
  await page.reload();
  await app.open(site);
  await app.chooseBackend('wasm');
  await app.chooseModel({ domain: 'dermoscopy', title: { en: 'Tiny', ko: '' } });
  await page.getByRole('button', { name: en.photo.sample }).click();
  await expect(app.answer.getByText(/Ward 3/)).toBeVisible();

  await app.open(site, `models?model=${tinyIds.classifier}`);
  await page.getByRole('button', { name: words.remove }).click();
  await expect(page.getByText(words.none)).toBeVisible();
  await app.open(site);
  // The photo that is still there was judged again.
  await expect(app.answer.getByRole('region', { name: en.answer.decisionHeading })).toBeVisible();
  await expect(app.answer.getByText(/Ward 3/)).toHaveCount(0);
});
