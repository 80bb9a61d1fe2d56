import type { Page } from 'playwright';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../src/app/automation';

/**
 * Waits until the built app runs: it fetches the texts of its language first. `timeout` in milliseconds, the
 * page's own without it.
 */
export async function appStarted(page: Page, timeout?: number): Promise<void> {
  await page.waitForFunction(() => globalThis.lentigo?.engine !== undefined, undefined, { timeout });
}
