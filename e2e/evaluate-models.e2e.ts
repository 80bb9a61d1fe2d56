import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { expectAccessible } from './accessible';
import { type AppPage, en, expect, test } from './app';
import { drawArchive } from './drawn-archive';
import {
  checkComparison,
  checkGallery,
  checkOutlines,
  checkParts,
  checkPrevalence,
  checkShared,
  checkViewer,
  count,
  type ExportedJson,
} from './evaluation-checks';
import { checkPdf, checkPlots, checkReport, checkTable, save } from './evaluation-file-checks';
import { chooseFolder, withoutDirectoryPicker } from './evaluation-folder';
import { type TinyModels, tinyIds, writeTinyModels } from './tiny-models';

const words = en.evaluate;

let models: TinyModels;
test.beforeAll(async () => {
  // Of the drawn spots it now calls about half melanoma.
  models = await writeTinyModels((logits) => tinyPackage(logits, {}, [0.25, 4.75]));
});
test.afterAll(() => models.remove());

test('two models on the same images, and outlines against true ones, on the page and in every file', async ({
  app,
  page,
  serveVariant,
}, info) => {
  test.setTimeout(480_000);
  const folder = info.outputPath('drawings');
  const drawn = drawArchive(folder, count);
  await withoutDirectoryPicker(page);
  await evaluateWith(app, page, await serveVariant({ mounts: { '/models/': models.folder } }), folder);

  const exported = JSON.parse(
    readFileSync(await (await save(page, words.asJson)).path(), 'utf8'),
  ) as ExportedJson;
  await checkComparison(page, exported);
  await checkOutlines(page, exported, drawn);
  await checkViewer(page, exported);
  await checkPrevalence(page);
  await checkParts(page);
  await checkGallery(page, exported);
  await checkPlots(page);
  await checkShared(page, info.outputPath('shared.json'));
  await checkPdf(await save(page, words.asPdf));
  await checkTable(await save(page, words.asCsv));
  await checkReport(page, await save(page, words.asHtml), info.outputPath('report.png'));
  await expectAccessible(page);
});

test('a model that finds outlines, alone, on photos without any label', async ({
  app,
  page,
  serveVariant,
}, info) => {
  const folder = info.outputPath('drawings');
  const drawn = drawArchive(folder, count);
  rmSync(join(folder, 'labels.csv'));
  // It has no true outline, and says so before anything starts.
  rmSync(join(folder, 'masks', drawn[0]?.file ?? ''));
  await withoutDirectoryPicker(page);
  await app.open(await serveVariant({ mounts: { '/models/': models.folder } }), 'evaluate');
  await app.chooseBackend('wasm');
  await page.getByRole('checkbox', { name: 'Tiny outline' }).check();
  await chooseFolder(page, folder);
  await expect(page.getByText(words.noOutline_one.replace('{{count}}', '1'))).toBeVisible();
  await page.getByRole('button', { name: words.start, exact: true }).click();
  await expect(page.getByText(words.announceDone)).toBeAttached();

  const exported = JSON.parse(
    readFileSync(await (await save(page, words.asJson)).path(), 'utf8'),
  ) as ExportedJson;
  expect(exported.measured.models).toEqual([]);
  await checkOutlines(page, exported, drawn.slice(1));
  const { data } = Papa.parse<Record<string, string>>(
    readFileSync(await (await save(page, words.asCsv)).path(), 'utf8').replace('\ufeff', ''),
    { header: true, skipEmptyLines: 'greedy' },
  );
  expect(data.map(({ model }) => model)).toEqual(Array(count - 1).fill(tinyIds.segmenter));
  for (const [index, { dice }] of (exported.measured.outlines?.images ?? []).entries())
    expect(Number(data[index]?.dice)).toBeCloseTo(dice, 9);
  const report = readFileSync(await (await save(page, words.asHtml)).path(), 'utf8');
  expect(report.match(/<svg/g)).toHaveLength(2);
  expect(report).toContain(`${tinyIds.segmenter} 1`);
});

async function evaluateWith(app: AppPage, page: Page, site: string, folder: string): Promise<void> {
  await app.open(site, 'evaluate');
  await app.chooseBackend('wasm');
  for (const box of await page.getByRole('checkbox', { name: /^Tiny( fusion)?$/ }).all()) await box.check();
  await chooseFolder(page, folder);
  await expect(page.getByRole('checkbox', { name: /^Compare the outlines/ })).toBeChecked();
  await page.getByRole('button', { name: words.start, exact: true }).click();
  // Seconds, unless the machine has other things to do.
  await expect(page.getByText(words.announceDone)).toBeAttached({ timeout: 180_000 });
}
