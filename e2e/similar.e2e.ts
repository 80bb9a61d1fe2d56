import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import type { AnalysisJson } from '../src/core/report/analysis-schema';
import { dialogPart, expectAccessible, expectPartAccessible } from './accessible';
import { type AppPage, en, expect, smallId, test } from './app';
import { downloaded, recordsKept } from './case-steps';
import { makeArchive } from './evaluation-folder';
import { heldBackPhotos, needsPhotos } from './photos';

/** Cases that a network sees as like a photo: of the own records, and of a reference set. */

const words = en.similar;
const small = JSON.parse(readFileSync(`public/models/${smallId}/card.json`, 'utf8'));

test.beforeEach(async ({ app, page, site }) => {
  needsPhotos();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open(site);
  await app.chooseBackend('wasm');
  await app.chooseModel(small);
});

/** Has a photo answered, and opens what is like it. */
async function answered(app: AppPage, path: string): Promise<void> {
  await app.pick(path);
  await app.shownProbabilities();
  await app.unfold(words.heading);
}

const section = (app: AppPage) => app.answer.getByRole('region', { name: words.heading });

test('a folder becomes a reference set whose nearest photos stand beside an answer', async ({
  app,
  page,
}, info) => {
  const folder = info.outputPath('teaching');
  makeArchive(folder, 18, 14);
  await answered(app, heldBackPhotos('bkl', 1)[0] as string);
  await section(app).getByRole('button', { name: words.sets.open }).click();
  const dialog = page.getByRole('dialog', { name: words.sets.heading });
  const chooser = page.waitForEvent('filechooser');
  await dialog.getByRole('button', { name: words.sets.folder }).click();
  await (await chooser).setFiles(folder);
  await expect(
    dialog.getByText(/^32 photos of \d+ lesions with a diagnosis: nevus 18, melanoma 14/),
  ).toBeVisible();
  await expect(dialog.getByRole('textbox', { name: words.sets.name })).toHaveValue('teaching');
  await expectPartAccessible(page, dialogPart);
  await dialog.getByRole('button', { name: /^Run .+ over it$/ }).click();
  await expect(dialog.getByText(/^teaching has \d+ of 32 photos\./)).toBeVisible();
  await page.keyboard.press('Escape');
  const near = section(app)
    .getByRole('list', { name: /lesions in teaching$/ })
    .getByRole('listitem');
  await expect(near).toHaveCount(5);
  await expect(near.first()).toContainText(/Distance [01]/);
  await expect(near.first().locator('img')).toBeVisible();
  await expectAccessible(page);

  // It outlives the page, and is gone once it is deleted.
  await page.reload();
  await app.chooseModel(small);
  await answered(app, heldBackPhotos('bkl', 2)[1] as string);
  await expect(near).toHaveCount(5);
  await section(app).getByRole('button', { name: words.sets.open }).click();
  await dialog.getByRole('button', { name: 'Delete teaching' }).click();
  await dialog.getByRole('button', { name: words.sets.deleteSure }).click();
  await expect(dialog.getByText(words.sets.none)).toBeVisible();
  expect(await recordsKept(page, 'lentigo-references')).toBe(0);
});

test('the nearest lesions of the own records lead to their case', async ({ app, page, site }) => {
  const photo = heldBackPhotos('nv', 1)[0] as string;
  await answered(app, photo);
  await expect(section(app)).toContainText(/^.*Too few to compare.*0 lesions.*of 0 in your records/);
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  const { bytes } = await downloaded(page, () =>
    page.getByRole('menuitem', { name: en.export.json }).click(),
  );
  const { analysis } = JSON.parse(bytes.toString()) as { analysis: AnalysisJson };
  await app.open(site, 'cases');
  await expect(page.getByText(en.caseBook.empty)).toBeVisible();
  await keepLesions(page, analysis, 20);
  await page.reload();
  await app.open(site);
  await app.chooseModel(small);
  await answered(app, photo);
  const near = section(app).getByRole('link');
  await expect(near).toHaveCount(5);
  await expect(near.first()).toContainText('Lesion 1');
  await expectAccessible(page);
  await near.first().click();
  await expect(page.getByRole('heading', { name: 'Lesion 1', exact: true })).toBeVisible();

  // Cases, queue and all else that is kept go together, and the page begins again.
  expect(await recordsKept(page, 'lentigo-')).toBeGreaterThan(60);
  const keeping = page.getByRole('region', { name: en.caseBook.list }).getByRole('button', { name: /B$/ });
  await keeping.click();
  await page.getByRole('menuitem', { name: en.keptHere.open }).click();
  const dialog = page.getByRole('dialog', { name: en.keptHere.heading });
  await expectPartAccessible(page, dialogPart);
  await Promise.all([
    page.waitForEvent('load'),
    dialog.getByRole('button', { name: en.keptHere.do }).click(),
  ]);
  await appStarted(page);
  await expect(page).toHaveURL(/#\/$/);
  await expect.poll(() => recordsKept(page, 'lentigo-')).toBe(0);
});

/** Lesions with a known histology, of whose photos the first is the nearest to the one that was analysed. */
async function keepLesions(page: Page, analysis: AnalysisJson, count: number): Promise<void> {
  await page.evaluate(
    async ({ analysis, count }) => {
      const database = await new Promise<IDBDatabase>((resolve, reject) => {
        const request = indexedDB.open('lentigo-cases');
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
      const transaction = database.transaction(['lesions', 'photos', 'entries'], 'readwrite');
      const time = '2025-01-01T00:00:00.000Z';
      const base = { schema: 1, createdAt: time, deletedAt: null };
      const embedding = analysis.embedding ?? [];
      // The direction that the photo has least of.
      const sizes = embedding.map(Math.abs);
      const aside = sizes.indexOf(Math.min(...sizes));
      for (let index = 1; index <= count; index++) {
        // Further from the photo the larger the number: a step aside, and back to length 1.
        const moved = embedding.map((value, at) => (at === aside ? value + 0.05 * index : value));
        const length = Math.hypot(...moved);
        transaction.objectStore('lesions').put({
          ...base,
          id: `l${index}`,
          patientId: null,
          label: `Lesion ${index}`,
          site: null,
          impressions: [],
          histology: { label: index % 2 ? 'mel' : 'nv', recordedAt: time, notes: '' },
          notes: '',
          tags: [],
        });
        transaction.objectStore('photos').put({
          ...base,
          id: `p${index}`,
          lesionIds: [`l${index}`],
          name: `${index}.jpg`,
          takenAt: time,
          width: 600,
          height: 450,
          type: 'image/jpeg',
          bytes: 0,
          sha256: '0'.repeat(64),
          scale: null,
          source: 'file',
          dicom: null,
        });
        transaction.objectStore('entries').put({
          ...base,
          id: `e${index}`,
          photoId: `p${index}`,
          lesionId: `l${index}`,
          analysis: {
            ...analysis,
            activation: null,
            attention: null,
            lesion: null,
            embedding: moved.map((value) => value / length),
          },
        });
      }
      await new Promise((resolve) => {
        transaction.oncomplete = resolve;
      });
      database.close();
    },
    { analysis, count },
  );
}
