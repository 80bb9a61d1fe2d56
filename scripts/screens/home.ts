import type { Page } from 'playwright';
import { english as en, korean as ko } from '../../src/app/languages/texts';

export const path = '';

/** The three doors. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  doors: async (page) => {
    await page.getByRole('heading', { name: en.home.heading }).waitFor();
  },
  korean: async (page) => {
    await page.getByText('한국어').click();
    await page.getByRole('heading', { name: ko.home.heading }).waitFor();
  },
};
