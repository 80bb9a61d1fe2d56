import type { Page } from 'playwright';
import { cacheName } from '../src/engine/package/file-cache';

/** Loads the page again with no models to be had: none from the server, and none kept at an earlier visit. */
export async function reloadWithoutModels(page: Page): Promise<void> {
  await page.context().route('**/models/**', (route) => route.abort());
  await page.evaluate((name) => caches.delete(name), cacheName);
  await page.reload();
}
