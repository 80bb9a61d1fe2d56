import { appStarted } from '../scripts/app-started';
import { en, expect } from './app';
import { answeredSample, downloaded, saveCase } from './case-steps';
import { test } from './tiny-app';

/** What the clinic says of the case that a photo is saved in, as that case changes. */

const savedAs = 'Saved as: K-17, Left arm';

test('a photo is saved in its case as long as the case has it: a delete, an undo, a reload, a new name', async ({
  app,
  page,
  tinySite,
}) => {
  await answeredSample(app, tinySite);
  await saveCase(page, 'K-17', 'Left arm');
  await expect(page.getByText(savedAs)).toBeVisible();

  // The photo alone, not its lesion.
  await page.goto(page.url().replace(/#.*/, '#/cases'));
  await page.getByRole('button', { name: /Left arm/ }).click();
  await page.getByRole('button', { name: /^Delete the photo/ }).click();
  await expect(page.getByRole('button', { name: en.export.undo, exact: true })).toBeVisible();
  await page.goto(page.url().replace(/#.*/, '#/clinic'));
  await expect(app.answer.getByRole('button', { name: en.caseBook.save.button })).toBeVisible();
  await expect(page.getByText(savedAs)).toHaveCount(0);
  await page.getByRole('button', { name: en.export.undo, exact: true }).click();
  await expect(page.getByText(savedAs)).toBeVisible();

  // The analysis as a file, with whose photo it is.
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: en.export.withFileMetadata }).click();
  const file = await downloaded(page, () => page.getByRole('menuitem', { name: en.export.json }).click());

  // After a reload the name is the one of today.
  await page.goto(page.url().replace(/#.*/, '#/cases'));
  await page.getByRole('link', { name: /K-17/ }).first().click();
  await page.getByRole('textbox', { name: en.caseBook.alias }).fill('M-3');
  await page.getByRole('textbox', { name: en.caseBook.alias }).blur();
  await expect(page.getByRole('heading', { name: 'Patient M-3' })).toBeVisible();
  await page.goto(page.url().replace(/#.*/, '#/clinic'));
  await page.reload();
  await appStarted(page);
  await page.getByRole('button', { name: en.session.resume }).click();
  await expect(page.getByText('Saved as: M-3, Left arm')).toBeVisible();

  // On a machine without that case the names are the file's.
  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  await page.evaluate(() => void indexedDB.deleteDatabase('lentigo-cases'));
  await page.reload();
  await appStarted(page);
  await app.pick([{ name: file.name, mimeType: 'application/json', buffer: file.bytes }]);
  await page.getByRole('button', { name: en.handOver.goOn }).click();
  await expect(page.getByText('In no case here. Its file says: K-17, Left arm')).toBeVisible();
});
