import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { drawArchive } from '../../e2e/drawn-archive';
import { writeTinyModels } from '../../e2e/tiny-models';
import { english as en } from '../../src/app/languages/texts';

const words = en.evaluate;

/**
 * A folder of drawings and the tiny models of the tests: what grows with thousands of images is the app's own
 * doing, not a network's.
 */
export async function prepareEvaluation(images: number) {
  const models = await writeTinyModels();
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-soak-'));
  drawArchive(folder, images);
  return {
    models: models.folder,
    folder,
    remove: () => {
      models.remove();
      rmSync(folder, { recursive: true });
    },
  };
}

/** Starts an evaluation of one model on the whole folder, outlines left out. */
export async function startEvaluation(page: Page, url: string, folder: string): Promise<void> {
  // The dialog of the File System Access API cannot be pressed by a program.
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showDirectoryPicker');
  });
  await page.goto(`${url}#/evaluate`);
  await page.getByRole('checkbox', { name: /^Tiny$/ }).check();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: words.chooseFolder, exact: true }).click();
  await (await chooser).setFiles(folder);
  await page.getByRole('checkbox', { name: /outlines/ }).uncheck();
  await page.getByRole('button', { name: words.start, exact: true }).click();
}

/** Waits until so many images have an answer, as the page says; gives back how many have by then. */
export async function answered(page: Page, images: number): Promise<number> {
  const handle = await page.waitForFunction(
    (images) => {
      const [, done] = /(\d+) of \d+ images/.exec(document.querySelector('main')?.textContent ?? '') ?? [];
      const finished = document.querySelector('[data-figure]') !== null;
      return finished ? images : Number(done ?? 0) >= images && Number(done);
    },
    images,
    { timeout: 600_000, polling: 200 },
  );
  return (await handle.jsonValue()) as number;
}
