/**
 * `npm run bench -- --large`: a table of 100 MB and masks of 100 megapixels on the Evaluate screen. How long each
 * takes, and for how long the page cannot answer a press.
 */
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright';
import { builtApp } from '../../scripts/build';
import { openPage } from '../../scripts/open-page';
import { serve } from '../../scripts/serve';
import { english as en } from '../../src/app/languages/texts';
import { maxTableBytes } from '../../src/features/evaluate/model/read-table';
import { writeMask, writePhotos, writeTable } from './files';

/** Milliseconds, on a clock and of the longest task of the main thread meanwhile. */
export interface LargeResult {
  what: string;
  outcome: string;
  took: number;
  longest: number;
}

const timeout = 120_000;
const words = en.evaluate;
/** A cell of the table of classes that has photos. */
const takenFor = /taken for/;
const classifier = /MobileNetV2.*nev|nev.*melanoma/i;

export async function measureLarge(): Promise<LargeResult[]> {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-large-'));
  const server = await serve({ folder: builtApp, port: 0 });
  const { browser, page } = await openPage(server.url);
  page.setDefaultTimeout(timeout);
  try {
    await page.addInitScript(() => {
      // Its dialog is the system's, and no program can press it.
      Reflect.deleteProperty(window, 'showDirectoryPicker');
      globalThis.longTasks = [];
      new PerformanceObserver((list) => {
        for (const { startTime, duration } of list.getEntries())
          globalThis.longTasks.push({ startTime, duration });
      }).observe({ type: 'longtask' });
    });
    return [
      ...(await measureTables(page, server.url, folder)),
      ...(await measureMasks(page, server.url, folder)),
    ];
  } finally {
    await browser.close();
    await server.close();
    rmSync(folder, { recursive: true });
  }
}

async function measureTables(page: Page, url: string, folder: string): Promise<LargeResult[]> {
  const results: LargeResult[] = [];
  const refused = en.failure['table-too-large'].sentence;
  const cases = [
    { name: 'far-too-large', bytes: 100e6, shown: refused, outcome: 'refused at once, with the limit' },
    { name: 'at-the-limit', bytes: maxTableBytes - 2 ** 10, shown: null, outcome: 'read' },
  ];
  for (const { name, bytes, shown, outcome } of cases) {
    const own = join(folder, name);
    const rows = writeTable(join(own, 'labels.csv'), writePhotos(own, 2), bytes);
    await openEvaluate(page, url);
    const text = shown ?? /^Table labels\.csv: [\d,]+ rows$/;
    const time = await timed(page, async () => {
      await choose(page, own);
      await page.getByText(text).first().waitFor();
    });
    results.push({
      what: `table of ${Math.round(bytes / 1e6)} MB, ${rows.toLocaleString('en')} rows`,
      outcome,
      ...time,
    });
  }
  return results;
}

async function measureMasks(page: Page, url: string, folder: string): Promise<LargeResult[]> {
  const own = join(folder, 'masks');
  mkdirSync(join(own, 'masks'), { recursive: true });
  const photos = writePhotos(own, 3);
  writeTable(join(own, 'labels.csv'), photos, 0);
  writeMask(join(own, 'masks', 'spot-0.png'), 10_000, 10_000);
  writeMask(join(own, 'masks', 'spot-1.png'), 600, 450);
  writeMask(join(own, 'masks', 'spot-2.png'), 10_001, 10_000);
  await openEvaluate(page, url);
  await page.getByRole('checkbox', { name: classifier }).first().check();
  await choose(page, own);
  const run = await timed(page, async () => {
    await page.getByRole('button', { name: words.start, exact: true }).click();
    await page.getByText(words.announceDone).waitFor({ state: 'attached' });
  });
  // The figures come a moment after the end of the run.
  await page.getByRole('button', { name: takenFor }).first().waitFor();
  const tooLarge = page.getByText(en.failure['file-too-large'].sentence, { exact: false });
  const failed = await tooLarge.count();
  const outlined = await page.getByText(/^2 outlines; mean Dice/).count();
  const said = `${outlined > 0 ? 'both' : 'not both'} up to 100 megapixels compared, the larger one ${failed > 0 ? 'refused in a sentence' : 'not refused'}`;
  const photo = await listed(page, /spot-0/);
  const viewer = await timed(page, async () => {
    await photo.click();
    await page.getByRole('img', { name: en.viewer.outline.alt }).waitFor();
  });
  return [
    { what: 'evaluation with masks of 100.0, 0.3 and 100.01 megapixels', outcome: said, ...run },
    { what: 'mask of 100 megapixels drawn over its photo', outcome: 'drawn', ...viewer },
  ];
}

/** The photo of that name, from whichever cell of the table of classes lists it. */
async function listed(page: Page, name: RegExp): Promise<Locator> {
  const photo = page.getByRole('list', { name: words.imagesListed }).getByRole('button', { name });
  for (const cell of await page.getByRole('button', { name: takenFor }).all()) {
    await cell.click();
    await page.getByRole('list', { name: words.imagesListed }).waitFor();
    if ((await photo.count()) > 0) return photo;
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'hidden' });
  }
  throw new Error(`no cell lists ${name}`);
}

async function openEvaluate(page: Page, url: string): Promise<void> {
  await page.goto('about:blank');
  await page.goto(`${url}#/evaluate`);
  await page.getByRole('checkbox', { name: classifier }).first().waitFor();
}

async function choose(page: Page, folder: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words.chooseFolder, exact: true }).click();
  await (await chooser).setFiles(folder);
}

declare global {
  var longTasks: { startTime: number; duration: number }[];
}

async function timed(page: Page, work: () => Promise<void>): Promise<{ took: number; longest: number }> {
  const begin = await page.evaluate(() => performance.now());
  await work();
  return page.evaluate((begin) => {
    const took = performance.now() - begin;
    const tasks = globalThis.longTasks.filter(({ startTime, duration }) => startTime + duration > begin);
    return { took, longest: Math.max(0, ...tasks.map(({ duration }) => duration)) };
  }, begin);
}
