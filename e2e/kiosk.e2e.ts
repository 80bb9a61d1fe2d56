import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import jpeg from 'jpeg-js';
import { appStarted } from '../scripts/app-started';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { fakeCamera } from '../scripts/fake-camera';
import { toSamples } from '../scripts/kiosk-steps';
import { expectAccessible } from './accessible';
import { defaultCard, en, expect } from './app';
import { heldBackPhotos, needsPhotos } from './photos';
import { test } from './tiny-app';

const { kiosk } = en;

/** A real photo as what the camera sees; without the photos every test is skipped before a browser starts. */
function camera(): string[] {
  try {
    return fakeCamera(
      jpeg.decode(readFileSync(heldBackPhotos('nv', 1)[0] ?? ''), { maxMemoryUsageInMB: 1024 }),
    );
  } catch {
    return [];
  }
}

test.use({
  viewport: { width: 1920, height: 1080 },
  permissions: ['camera'],
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    // Without WebGPU the engine takes WASM by itself: the kiosk is what is tested, and an emulated GPU is
    // slow.
    args: [...noGpuFlags, ...camera()],
  },
});
test.beforeEach(needsPhotos);

const count = (page: Page) => page.getByTestId('requests');

async function openDoors(page: Page, site: string, query = ''): Promise<void> {
  await page.goto(`${site}#/kiosk?${query}`);
  await appStarted(page);
  await expect(count(page)).toHaveAttribute('data-count', '0');
}

const place = (page: Page) => page.locator('main');
const step = (page: Page, name: string) =>
  page.getByRole('list', { name: kiosk.steps }).getByRole('button', { name });

async function startCamera(page: Page): Promise<void> {
  await toSamples(page);
  await page.getByRole('button', { name: kiosk.useCamera }).click();
  await expect(page.getByRole('heading', { name: kiosk.noFaces })).toBeVisible();
  await page.getByRole('button', { name: kiosk.startCamera }).click();
}

test('with the network off a sample goes through its stages, and no request is made', async ({
  context,
  page,
  site,
}) => {
  await openDoors(page, site);
  const requests: string[] = [];
  context.on('request', (request) => request.url().startsWith('http') && requests.push(request.url()));
  await context.setOffline(true);
  // The loop shows answers of the engine, each in its place.
  await expect(page.getByRole('list', { name: kiosk.steps })).toBeVisible();
  await toSamples(page);
  await page.getByRole('button', { name: /^Sample 2/ }).click();
  await step(page, kiosk.step.answer.name).click();
  await expect(page.getByText(kiosk.step.answer.sentence)).toBeVisible();
  // A drawing may be unlike any photo: then that is the answer, and neither map nor bars are shown.
  const { flagged, 'no-result': none } = en.verdict.headline;
  const headline = page.getByRole('heading', {
    name: new RegExp(`^(${flagged}|${en.verdict.headline['not-flagged']}|${none})$`),
  });
  await expect(headline).toBeVisible();
  const bars = page.getByRole('table', { name: en.answer.probabilities }).getByRole('row');
  const shown = (await headline.textContent()) === none ? 0 : defaultCard.classes.length;
  await expect(bars).toHaveCount(shown);
  await page.getByRole('button', { name: kiosk.another }).click();
  await startCameraFromChoice(page);
  await expect(page.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  await count(page).click();
  await expect(page.getByRole('dialog').getByText(kiosk.proof.counts)).toBeVisible();
  await countTwice(page);
  await expect(count(page)).toHaveAttribute('data-count', '0');
  expect(requests).toEqual([]);
});

/**
 * Until the kiosk has asked the engine for its requests and, at the second time, has shown the first answer.
 */
async function countTwice(page: Page): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const { engine } = globalThis.lentigo;
        const { diagnostics } = engine;
        let times = 0;
        engine.diagnostics = async (...given) => {
          const answer = await diagnostics(...given);
          times += 1;
          if (times < 2) return answer;
          engine.diagnostics = diagnostics;
          resolve();
          return answer;
        };
      }),
  );
}

async function startCameraFromChoice(page: Page): Promise<void> {
  await page.getByRole('button', { name: kiosk.useCamera }).click();
  await page.getByRole('button', { name: kiosk.startCamera }).click();
}

test('a request that is made is counted', async ({ page, tinySite: site }) => {
  await openDoors(page, site);
  await page.evaluate(() => fetch('models/index.json?again').then((answer) => answer.text()));
  await expect(count(page)).toHaveAttribute('data-count', '1');
});

test('live: frames a second, back end and time are shown; after the time-out nothing is left', async ({
  page,
  site,
}) => {
  await openDoors(page, site, 'timeout=4&figures=true');
  await startCamera(page);
  const figure = (name: string) => page.locator('dt', { hasText: name }).locator('+ dd');
  const alive = setInterval(() => void page.keyboard.press('Shift').catch(() => {}), 1000);
  await expect(figure(kiosk.live.rate)).toHaveText(/\d/);
  // Loading it again with each answer would leave moments without a picture.
  await page.getByLabel(kiosk.cameraPicture).evaluate((video) => {
    video.addEventListener('emptied', () => video.setAttribute('data-reloaded', ''));
  });
  const figures = page.locator('dl', { hasText: kiosk.live.rate });
  const before = await figures.textContent();
  await expect(figures).not.toHaveText(before ?? '');
  await expect(page.getByLabel(kiosk.cameraPicture)).not.toHaveAttribute('data-reloaded');
  await expect(figure(kiosk.live.time)).toHaveText(/\d\s(ms|s)/);
  await expect(figure(kiosk.live.backend)).toHaveText(/WASM/);
  await expect(page.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  const video = await page.getByLabel(kiosk.cameraPicture).elementHandle();
  await page.getByRole('button', { name: kiosk.lookInside }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'inside');
  // A video that keeps its stream is kept by the browser, with the whole page that it stood on.
  expect(await video?.evaluate((element) => (element as HTMLVideoElement).srcObject)).toBeNull();
  await step(page, kiosk.step.attention.name).click();
  const picture = await page.getByRole('img', { name: kiosk.pictureAlt }).getAttribute('src');
  const gone = () =>
    page.evaluate(
      (url) =>
        fetch(url).then(
          () => false,
          () => true,
        ),
      picture ?? '',
    );
  expect(await gone()).toBe(false);
  clearInterval(alive);

  await expect(page.getByRole('alert')).toContainText(/forgotten/);
  await expect(place(page)).toHaveAttribute('data-place', 'loop');
  expect(await gone()).toBe(true);
  // The camera's light is out.
  expect(await page.evaluate(() => document.querySelectorAll('video').length)).toBe(0);
  await expect(count(page)).toHaveAttribute('data-count', '0');
});

test('the PIN guards the settings; what is set is kept; the preflight tells what is there', async ({
  page,
  tinySite: site,
}) => {
  await openDoors(page, site, 'pin=2580');
  await page.keyboard.press('F2');
  await page.keyboard.type('1111');
  await page.getByRole('button', { name: kiosk.pin.enter }).click();
  await expect(page.getByText(kiosk.pin.wrong)).toBeVisible();
  await page.keyboard.type('2580');
  await page.getByRole('button', { name: kiosk.pin.enter }).click();
  await page.getByLabel(kiosk.settings.event).fill('Open day');
  await page.getByRole('button', { name: kiosk.settings.save, exact: true }).click();
  await expect(page.getByText(kiosk.settings.saved)).toBeVisible();
  await page.getByText(kiosk.preflight.heading).click();
  const check = (name: string) => page.locator(`[data-check=${name}]`);
  for (const name of ['models', 'camera', 'samples', 'pin'])
    await expect(check(name)).toHaveAttribute('data-state', 'ready');
  await expect(check('gpu')).toHaveAttribute('data-state', 'warning');
  await page.reload();
  await expect(page.getByRole('heading', { level: 1, name: 'Open day' })).toBeVisible();
});

for (const [colorScheme, viewport] of [
  ['light', { width: 1920, height: 1080 }],
  ['dark', { width: 1080, height: 1920 }],
] as const) {
  test(`no violations of accessibility rules: ${colorScheme}, ${viewport.width} pixels wide`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize(viewport);
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await openDoors(page, site);
    await expectAccessible(page, 'loop');
    await startCamera(page);
    await expect(page.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
    await expectAccessible(page, 'camera');
    await page.getByRole('button', { name: kiosk.startOver }).click();
    await toSamples(page);
    await expectAccessible(page, 'choose');
    await page.getByRole('button', { name: /^Sample 1/ }).click();
    await step(page, kiosk.step.answer.name).click();
    await expectAccessible(page, 'answer');
    await page.keyboard.press('F2');
    await expectAccessible(page, 'settings');
    await page.getByText(kiosk.preflight.heading).click();
    await expectAccessible(page, 'preflight');
  });
}
