import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { type AppPage, en, expect } from './app';

/** What several tests of kept photos do and ask. */

/** The clinic with the sample answered by a tiny model, where the answer itself is nothing to the test. */
export async function answeredSample(app: AppPage, tinySite: string): Promise<void> {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await app.page.getByRole('button', { name: en.photo.sample }).click();
  await app.shownProbabilities();
}

/** Saves the photo that is looked at as a new lesion of a new patient. */
export async function saveCase(page: Page, alias: string, lesion: string): Promise<void> {
  await page.getByRole('button', { name: en.caseBook.save.button }).click();
  const dialog = page.getByRole('dialog', { name: en.caseBook.save.heading });
  await dialog.getByRole('textbox', { name: en.caseBook.alias }).fill(alias);
  await dialog.getByRole('textbox', { name: en.caseBook.lesionLabel }).fill(lesion);
  await dialog.getByRole('button', { name: en.caseBook.save.do, exact: true }).click();
  await expect(page.getByText(en.caseBook.save.saved)).toBeVisible();
}

/** The file that `press` lets the page hand out. */
export async function downloaded(
  page: Page,
  press: () => Promise<void>,
): Promise<{ name: string; bytes: Buffer }> {
  const download = page.waitForEvent('download');
  await press();
  const file = await download;
  return { name: file.suggestedFilename(), bytes: readFileSync(await file.path()) };
}

/** How many records the page's databases hold whose names have these letters in them. */
export const recordsKept = (page: Page, letters: string) =>
  page.evaluate(async (letters) => {
    const names = (await indexedDB.databases()).flatMap(({ name }) =>
      name?.includes(letters) ? [name] : [],
    );
    let count = 0;
    for (const name of names) {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open(name);
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      for (const store of database.objectStoreNames) {
        count += await new Promise<number>((resolve) => {
          const request = database.transaction(store).objectStore(store).count();
          request.onsuccess = () => resolve(request.result);
        });
      }
      database.close();
    }
    return count;
  }, letters);
