import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { inKorean, koreanBehind, pick, pickPhotos, several, show, takeSample, unfold } from './steps/clinic';

export const path = 'clinic';

async function picked(page: Page): Promise<void> {
  await several(page);
  await pickPhotos(page, 3);
  await page.getByText('3 picked').waitFor();
}

async function healthRecord(page: Page): Promise<void> {
  await takeSample(page);
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitem', { name: en.healthRecord.menu }).click();
  await page.getByRole('dialog', { name: en.healthRecord.heading }).waitFor();
}

async function saveSession(page: Page): Promise<void> {
  await takeSample(page);
  await show(page, 'queue');
  await page.getByRole('button', { name: en.handOver.session.save }).click();
  await page.getByRole('dialog', { name: en.handOver.session.heading }).waitFor();
}

async function sessionOffer(page: Page): Promise<void> {
  await takeSample(page);
  // On a phone it stands behind the queue's tab.
  await page.getByText(en.session.keeps).waitFor({ state: 'attached' });
  await page.reload();
  await page.getByRole('region', { name: en.session.region }).waitFor();
}

async function referenceSets(page: Page): Promise<void> {
  await takeSample(page);
  await unfold(page, en.similar.heading);
  await page.getByRole('button', { name: en.similar.sets.open }).click();
  await page.getByRole('dialog', { name: en.similar.sets.heading }).waitFor();
}

/** The answer kept in a case, and what may leave of it: the ticks for names stand last. */
async function exportNamed(page: Page): Promise<void> {
  await saveNamed(page);
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitemcheckbox', { name: en.export.withNames }).waitFor();
}

/** An analysis out of a file, saved to a case that is not here. */
async function namesOfAFile(page: Page): Promise<void> {
  await saveNamed(page);
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: en.export.json }).click();
  const buffer = readFileSync(await (await download).path());
  await show(page, 'queue');
  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  await page.evaluate(() => void indexedDB.deleteDatabase('lentigo-cases'));
  await page.reload();
  await pick(page, [{ name: 'spot.lentigo.json', mimeType: 'application/json', buffer }]);
  await page.getByRole('button', { name: en.handOver.goOn }).click();
  await show(page, 'answer');
  await page.getByText(/Its file says: K-17/).waitFor();
}

async function saveNamed(page: Page): Promise<void> {
  await takeSample(page);
  await page.getByRole('button', { name: en.caseBook.save.button }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(en.caseBook.alias).fill('K-17');
  await dialog.getByLabel(en.caseBook.lesionLabel).fill('Left forearm, near the elbow');
  await dialog.getByRole('button', { name: en.caseBook.save.do, exact: true }).click();
  await dialog.waitFor({ state: 'hidden' });
  await page.getByText('Saved as: K-17').waitFor();
}

/** Photos of two patients with the names of a camera: the second begins at the third lesion, and is to be named. */
async function nextPatient(page: Page): Promise<void> {
  await several(page);
  await pickPhotos(page, 'all');
  await page.getByRole('button', { name: 'Save 5 photos' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel(en.caseBook.alias).fill('K-17');
  const labels = dialog.getByLabel(en.caseBook.lesionLabel);
  if ((await labels.count()) > 1) await labels.nth(1).fill('Shoulder blade');
  await dialog.getByRole('button', { name: en.caseBook.batch.next }).last().click();
  await dialog.getByText(en.caseBook.batch.missing.alias).waitFor();
}

/** What is picked, kept and handed over: how to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  'picked bar': picked,
  'health record': healthRecord,
  'save session': saveSession,
  'session offer': sessionOffer,
  'reference sets': referenceSets,
  'export with names': exportNamed,
  'names of a file': namesOfAFile,
  'next patient': nextPatient,
  'korean picked bar': inKorean(picked),
  'korean names of a file': inKorean(namesOfAFile),
  'korean next patient': koreanBehind(nextPatient),
  'korean health record': koreanBehind(healthRecord),
  'korean export with names': koreanBehind(exportNamed),
};
