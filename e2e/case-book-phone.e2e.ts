import type { Page } from '@playwright/test';
import { importArchive } from '../scripts/import-archive';
import { patientArchive } from '../scripts/patient-archive';
import { exampleAnalysis } from '../src/core/fixtures/analysis';
import { en, expect } from './app';
import { picture } from './queue';
import { test } from './tiny-app';

/** The case book on a phone, where the window itself scrolls and shows one thing at a time. */

test.use({ viewport: { width: 390, height: 600 }, hasTouch: true, isMobile: true });

const labels = ['Cheek', 'Palm', 'Sole', 'Belly', 'Upper back', 'Chest', 'Calf', 'Forearm'];

const scrolled = (page: Page) => page.evaluate(() => window.scrollY);

/** Down to the end of the page, which has to be longer than the screen for the test to say anything. */
async function scrollDown(page: Page): Promise<void> {
  await page.evaluate(() => window.scrollTo(0, document.documentElement.scrollHeight));
  await expect.poll(() => scrolled(page)).toBeGreaterThan(0);
}

test('list, lesion and patient each begin at their top', async ({ app, page, tinySite }) => {
  await app.open(tinySite, 'cases');
  const archive = await patientArchive({
    alias: 'K-17',
    nextVisit: '2026-02-01',
    lesions: labels.map((label, index) => ({
      label,
      site: 'back',
      photos: [{ bytes: picture(400 + index), type: 'image/png', day: '2025-08-04' }],
      analysis: exampleAnalysis(),
    })),
  });
  await importArchive(page, 'k-17.zip', archive);
  await expect(page.getByText(en.caseBook.import.done)).toBeVisible();
  const heading = (name: string) => page.getByRole('heading', { level: 2, name, exact: true });

  // Pressed where they stand: Playwright's own click would scroll to them first.
  await scrollDown(page);
  await page.getByRole('button', { name: /Cheek/ }).dispatchEvent('click');
  await expect(heading('Cheek')).toBeVisible();
  await expect.poll(() => scrolled(page)).toBe(0);

  await scrollDown(page);
  await page.getByRole('link', { name: /Page of patient K-17/ }).dispatchEvent('click');
  await expect(heading('Patient K-17')).toBeVisible();
  await expect.poll(() => scrolled(page)).toBe(0);

  await scrollDown(page);
  await page.getByRole('link', { name: en.caseBook.back }).dispatchEvent('click');
  await expect(page.getByText('8 of 8 cases')).toBeVisible();
  await expect.poll(() => scrolled(page)).toBe(0);
});
