import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { leap, toSamples, withLeapingClock } from '../kiosk-steps';

const { kiosk } = en;

/** Seconds: longer than an answer takes on a machine that is busy with other things. */
const timeout = 900;

/**
 * A quick model for most visitors, and for every tenth a larger one; both for the samples' kind of photo, since a
 * kiosk offers no others beside the first.
 */
const models = ['mobilenetv2-nevus-melanoma', 'efficientnet-lite2-ham10000'];

/** Waits until the doors are open: everything is loaded, and requests are counted from zero. */
export async function openKiosk(page: Page, url: string): Promise<void> {
  await withLeapingClock(page);
  await page.goto(`${url}#/kiosk?timeout=${timeout}&figures=true&language=en&models=${models}`);
  await page.locator('[data-testid=requests][data-count="0"]').waitFor({ timeout: 1_800_000 });
}

/**
 * One visitor: a sample through its stages, every third time the camera and a look inside a frame; then all
 * is forgotten.
 */
export async function visit(page: Page, round: number): Promise<void> {
  const stay = page.locator('main');
  await toSamples(page);
  if (round % 10 === 5)
    await page.getByRole('radiogroup', { name: en.model.choose }).locator('label').nth(1).click();
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
  if (round % 20 === 19) await leave(page);
  else await page.getByRole('button', { name: kiosk.startOver }).click();
  await stay.and(page.locator('[data-place=loop]')).waitFor();
}

/** Some leave without a word: they are asked whether they are there, and then forgotten. */
async function leave(page: Page): Promise<void> {
  await leap(page, timeout - 5);
  await page.getByRole('alert').getByRole('button', { name: kiosk.stillHere }).waitFor();
  await leap(page, timeout);
}

async function toTheAnswer(page: Page): Promise<void> {
  const steps = page.getByRole('list', { name: kiosk.steps });
  await steps.getByRole('button', { name: kiosk.step.attention.name }).click();
  // The first answer comes before the outline.
  await page.locator('main [aria-busy=false]').waitFor();
  const outline = steps.getByRole('button', { name: kiosk.step.mask.name });
  // None may be found in a drawn picture.
  if (await outline.isVisible()) await outline.click();
  await steps.getByRole('button', { name: kiosk.step.answer.name }).click();
  await page.getByRole('table', { name: en.answer.probabilities }).waitFor();
}
