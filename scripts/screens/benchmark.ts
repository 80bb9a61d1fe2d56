import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';

export const path = 'benchmark';

/** One model, because an emulated GPU takes its time. */
async function runFirstModel(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.bench.none }).click();
  await page.getByRole('group', { name: en.bench.models }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: en.bench.run }).click();
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByRole('group', { name: en.bench.models }).getByRole('checkbox').first().waitFor();
  },
  running: async (page) => {
    await runFirstModel(page);
    await page.getByRole('progressbar').waitFor();
  },
  results: async (page) => {
    await runFirstModel(page);
    await page.getByRole('button', { name: en.bench.again }).waitFor();
  },
  korean: async (page) => {
    await runFirstModel(page);
    await page.getByRole('button', { name: en.bench.again }).waitFor();
    await page.getByText('한국어').click();
  },
};
