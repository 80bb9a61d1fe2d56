import type { Page } from 'playwright';
import { english as en } from '../src/app/languages/texts';

/** What visitors of the kiosk do: for the browser tests, the screenshots, the soak and the benchmark. */

const { kiosk, kioskRound } = en;

/** From the loop to the samples. */
export async function toSamples(page: Page): Promise<void> {
  await page.getByRole('button', { name: kiosk.touch }).click();
  await pastRound(page);
}

/** A visitor who has come in goes on to the samples. The round comes first where one can be played. */
export async function pastRound(page: Page): Promise<void> {
  const place = page.locator('main:is([data-place=round], [data-place=choose])');
  await place.waitFor();
  if ((await place.getAttribute('data-place')) === 'round')
    await page.getByRole('button', { name: kioskRound.instead }).click();
}

interface LeapingClock {
  leap(by: number): void;
}

/**
 * Lets `leap` put the page's clock forward; before the page is opened. Nobody need wait for a visitor who has left.
 */
export async function withLeapingClock(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const now = Date.now.bind(Date);
    let ahead = 0;
    Date.now = () => now() + ahead;
    Object.assign(globalThis, {
      // A method, because tsx would put a helper around a function with a name.
      leap(by: number) {
        ahead += by;
      },
    } satisfies LeapingClock);
  });
}

export const leap = (page: Page, seconds: number): Promise<void> =>
  page.evaluate((by) => (globalThis as unknown as LeapingClock).leap(by), 1000 * seconds);
