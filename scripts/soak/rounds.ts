import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';

const { kiosk } = en;

/** Waits until the doors are open: everything is loaded, and requests are counted from zero. */
export async function openKiosk(page: Page, url: string): Promise<void> {
  // Short, because some rounds wait for it, but longer than an answer takes on a slow machine.
  await page.goto(`${url}#/kiosk?timeout=10&language=en`);
  await page.locator('[data-testid=requests][data-count="0"]').waitFor({ timeout: 300_000 });
}

/** One visitor: a sample through its stages, every third time the camera and a look inside a frame; then all is forgotten. */
export async function visit(page: Page, round: number): Promise<void> {
  const stay = page.locator('main');
  await page.getByRole('button', { name: kiosk.touch }).click();
  const samples = page.getByRole('list').getByRole('button', { name: /^Sample/ });
  await samples.nth(round % (await samples.count())).click();
  await toTheAnswer(page);
  if (round % 3 === 2) {
    await page.getByRole('button', { name: kiosk.another }).click();
    await page.getByRole('button', { name: kiosk.useCamera }).click();
    await page.getByRole('button', { name: kiosk.startCamera }).click();
    // A frame rate needs two answers.
    await page.locator('dt', { hasText: kiosk.live.rate }).locator('+ dd', { hasText: /\d/ }).waitFor();
    await page.getByRole('button', { name: kiosk.lookInside }).click();
    await toTheAnswer(page);
  }
  // Some leave without a word.
  if (round % 20 !== 19) await page.getByRole('button', { name: kiosk.startOver }).click();
  await stay.and(page.locator('[data-place=loop]')).waitFor();
}

async function toTheAnswer(page: Page): Promise<void> {
  const steps = page.getByRole('list', { name: kiosk.steps });
  await steps.getByRole('button', { name: kiosk.stage.attention.name }).click();
  await steps.getByRole('button', { name: kiosk.stage.answer.name }).click();
  await page.getByRole('table', { name: en.answer.probabilities }).waitFor();
}
