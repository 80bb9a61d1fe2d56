import { expect, type Page } from '@playwright/test';

export const colorSchemes = ['light', 'dark'] as const;

/** Turns the open page light or dark, as the machine does in the evening. */
export async function turn(page: Page, colorScheme: (typeof colorSchemes)[number]): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme);
}
