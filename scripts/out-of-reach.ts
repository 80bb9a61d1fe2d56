import type { Page } from 'playwright';

/** Loads the page again with no models to be had: none from the server, and none kept at an earlier visit. */
export async function reloadWithoutModels(page: Page): Promise<void> {
  await page.context().route('**/models/**', (route) => route.abort());
  await page.evaluate(async () => {
    for (const name of await caches.keys()) if (!name.includes('precache')) await caches.delete(name);
  });
  await page.reload();
}
