import type { Page } from 'playwright';
import { english as en } from '../src/app/languages/texts';

/** Imports an archive of cases on the screen of the cases, as a person does; waits for no outcome. */
export async function importArchive(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page
    .getByRole('region', { name: en.caseBook.list })
    .getByRole('button', { name: /B$|Keeping/ })
    .click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('menuitem', { name: en.caseBook.archive.import }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/zip', buffer });
  await page.getByRole('button', { name: en.caseBook.import.do, exact: true }).click();
}
