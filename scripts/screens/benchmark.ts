import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';

export const path = 'benchmark';

/** The smallest model alone, because an emulated GPU takes its time. */
async function runSmallest(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.bench.none }).click();
  await page.getByRole('checkbox', { name: /small network/ }).check();
  await page.getByRole('button', { name: en.bench.run }).click();
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByRole('group', { name: en.bench.models }).getByRole('checkbox').first().waitFor();
  },
  running: async (page) => {
    await runSmallest(page);
    await page.getByRole('progressbar').waitFor();
  },
  results: async (page) => {
    await runSmallest(page);
    await page.getByRole('button', { name: en.bench.again }).waitFor({ timeout: 240_000 });
  },
  korean: async (page) => {
    await runSmallest(page);
    await page.getByRole('button', { name: en.bench.again }).waitFor({ timeout: 240_000 });
    await page.getByText('한국어').click();
  },
};
