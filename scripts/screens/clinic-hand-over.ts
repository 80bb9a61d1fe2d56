import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { inKorean, pickPhotos, several, show, takeSample, unfold } from './steps/clinic';

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

/** What is picked, kept and handed over: how to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  'picked bar': picked,
  'health record': healthRecord,
  'save session': saveSession,
  'session offer': sessionOffer,
  'reference sets': referenceSets,
  'korean picked bar': inKorean(picked),
};
