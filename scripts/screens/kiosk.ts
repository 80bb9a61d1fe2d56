import type { Page } from 'playwright';
import { english as en } from '../../src/app/languages/texts';
import { pastRound } from '../kiosk-steps';

export const path = 'kiosk';

const { kiosk, kioskRound } = en;

async function touch(page: Page): Promise<void> {
  await page.locator('[data-testid=requests][data-count="0"]').waitFor();
  await page.getByRole('button', { name: kiosk.touch }).click();
}

async function enter(page: Page): Promise<void> {
  await touch(page);
  await pastRound(page);
}

async function play(page: Page, photos: number): Promise<void> {
  await touch(page);
  await page.getByRole('button', { name: kioskRound.start }).click();
  for (let photo = 0; photo < photos; photo++) {
    if (photo > 0) await page.getByRole('button', { name: kioskRound.next }).click();
    await page.getByRole('button', { name: kioskRound.call.suspicious }).click();
  }
}

async function lookAtSample(page: Page): Promise<void> {
  await enter(page);
  await page.getByRole('button', { name: /^Sample 1/ }).click();
  await page.getByRole('list', { name: kiosk.steps }).waitFor();
}

const step = (page: Page, name: string) =>
  page.getByRole('list', { name: kiosk.steps }).getByRole('button', { name });

async function asHost(page: Page): Promise<void> {
  await page.locator('[data-testid=requests][data-count="0"]').waitFor();
  await page.keyboard.press('F2');
}

/** With settings by the address. An open kiosk puts its own address back, so it is left first. */
async function reopen(page: Page, query: string): Promise<void> {
  const address = page.url().replace('#/kiosk', `#/kiosk?${query}`);
  await page.goto('about:blank');
  await page.goto(address);
}

/** How to bring a fresh page into each state. */
export const states: Record<string, (page: Page) => Promise<void>> = {
  loop: async (page) => {
    await page.locator('[data-testid=requests][data-count="0"]').waitFor();
  },
  round: touch,
  'round question': (page) => play(page, 0),
  'round reveal': (page) => play(page, 2),
  'round score': async (page) => {
    await play(page, 6);
    await page.getByRole('button', { name: kioskRound.toScore }).click();
  },
  choose: enter,
  outline: async (page) => {
    await lookAtSample(page);
    await step(page, kiosk.step.mask.name).click();
  },
  attention: async (page) => {
    await lookAtSample(page);
    await step(page, kiosk.step.attention.name).click();
  },
  answer: async (page) => {
    await lookAtSample(page);
    await step(page, kiosk.step.answer.name).click();
  },
  'take-away': async (page) => {
    await lookAtSample(page);
    await page.getByRole('button', { name: en.takeaway.take }).click();
  },
  'no faces': async (page) => {
    await enter(page);
    await page.getByRole('button', { name: kiosk.useCamera }).click();
  },
  camera: async (page) => {
    await enter(page);
    await page.context().grantPermissions(['camera']);
    await page.getByRole('button', { name: kiosk.useCamera }).click();
    await page.getByRole('button', { name: kiosk.startCamera }).click();
    await page.getByRole('table', { name: en.answer.probabilities }).waitFor();
  },
  'camera lost': async (page) => {
    await enter(page);
    await page.getByRole('button', { name: kiosk.useCamera }).click();
    await page.getByRole('button', { name: kiosk.startCamera }).click();
    await page.getByText(kiosk.cameraReturns).waitFor();
  },
  idle: async (page) => {
    await reopen(page, 'timeout=20');
    await enter(page);
    await page.getByRole('button', { name: kiosk.stillHere }).waitFor();
  },
  pin: async (page) => {
    await reopen(page, 'pin=2580');
    await asHost(page);
  },
  proof: async (page) => {
    await page.locator('[data-testid=requests][data-count="0"]').click();
  },
  korean: async (page) => {
    await lookAtSample(page);
    await page.getByText('한국어').click();
  },
  'seven classes': async (page) => {
    await reopen(page, 'models=efficientnet-b0-ham10000');
    await lookAtSample(page);
    await step(page, kiosk.step.answer.name).click();
  },
  settings: asHost,
  preflight: async (page) => {
    await asHost(page);
    await page.getByText(kiosk.preflight.heading).click();
    await page.getByText(kiosk.preflight.state.checking).waitFor({ state: 'detached' });
  },
};

/** A kiosk's screen lies or stands. */
export const sizes = {
  landscape: { width: 1920, height: 1080 },
  portrait: { width: 1080, height: 1920 },
};
