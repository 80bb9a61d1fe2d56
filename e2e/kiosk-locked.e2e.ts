import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { fakeCamera, withGrain } from '../scripts/fake-camera';
import { samplePixels } from '../src/core/image/sample';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { en, expect, test } from './app';
import { type TinyModels, tinyIds, writeTinyModels } from './tiny-models';

/** No way out of a kiosk, and nothing of one visitor left for the next, in a real browser. */

const { kiosk } = en;
const size = { width: 640, height: 480 };

let models: TinyModels;
let folder: string;
test.beforeAll(async () => {
  models = await writeTinyModels((logits) => tinyPackage(logits, { domain: 'phone' }));
  folder = mkdtempSync(join(tmpdir(), 'lentigo-drop-'));
  writeFileSync(join(folder, 'dropped.html'), '<title>Dropped</title>');
});
test.afterAll(() => {
  models.remove();
  rmSync(folder, { recursive: true });
});

test.use({
  viewport: { width: 1280, height: 720 },
  permissions: ['camera'],
  segmenter: true,
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: [
      ...noGpuFlags,
      ...fakeCamera({ ...size, data: withGrain(samplePixels(20, size.width, size.height)) }),
    ],
  },
});

const place = (page: Page) => page.locator('main');

async function openKiosk(page: Page, site: string, query = 'timeout=600'): Promise<void> {
  await page.goto(`${site}#/kiosk?${query}&models=${tinyIds.classifier}`);
  await appStarted(page);
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
}

/** Drops a file as the system does, with nothing of the page in between. */
async function dropFile(page: Page, x: number, y: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const data = { items: [], files: [join(folder, 'dropped.html')], dragOperationsMask: 1 };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
    await session.send('Input.dispatchDragEvent', { type, x, y, data });
  await session.detach();
}

/** Corners, edges and the middle: over a button, a picture, and nothing. */
const spots = [
  [5, 5],
  [1275, 715],
  [640, 360],
  [300, 400],
  [1000, 600],
] as const;

const tiny = () => ({ mounts: { '/models/': models.folder } });

test('a file that is dropped on a page without a guard is opened', async ({ page, site }) => {
  await page.goto(`${site}licences.html`);
  const opened = page.context().waitForEvent('page');
  await dropFile(page, 300, 300);
  expect((await opened).url()).toContain('dropped.html');
});

test('a dropped file opens nowhere: on every page of the kiosk, and on no other screen', async ({
  page,
  serveVariant,
}) => {
  const site = await serveVariant(tiny());
  await openKiosk(page, site);
  const opened: string[] = [];
  page.context().on('page', (other) => opened.push(`${other.url()} beside ${page.url()}`));
  const address = page.url();
  const screens: [string, () => Promise<void>][] = [
    ['loop', async () => {}],
    ['choose', () => page.getByRole('button', { name: kiosk.touch }).click()],
    ['inside', () => page.getByRole('button', { name: /^Sample 1/ }).click()],
    [
      'camera',
      async () => {
        await page.getByRole('button', { name: kiosk.another }).click();
        await page.getByRole('button', { name: kiosk.useCamera }).click();
        await page.getByRole('button', { name: kiosk.startCamera }).click();
      },
    ],
    ['settings', () => page.keyboard.press('F2')],
    ['preflight', () => page.getByText(kiosk.preflight.heading).click()],
  ];
  for (const [screen, reach] of screens) {
    await reach();
    await expect(place(page)).toHaveAttribute('data-place', screen);
    for (const [x, y] of spots) await dropFile(page, x, y);
    await expect(place(page)).toHaveAttribute('data-place', screen);
    expect(page.url()).toBe(address);
  }
  await page.getByRole('link', { name: kiosk.leave }).click();
  await expect(page.getByRole('navigation', { name: en.app.screens })).toBeVisible();
  for (const path of ['', 'models', 'evaluate', 'self-check', 'benchmark', 'cases', 'intended-use']) {
    await page.goto(`${site}#/${path}`);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    await dropFile(page, 640, 500);
    await expect(page.getByRole('navigation', { name: en.app.screens })).toBeVisible();
    expect(page.url()).toBe(`${site}#/${path}`);
  }
  expect(opened).toEqual([]);
});

test('no key and no address leads out; the host leaves', async ({ page, serveVariant }) => {
  const site = await serveVariant(tiny());
  await openKiosk(page, site);
  await page.getByRole('button', { name: kiosk.touch }).click();
  await page.evaluate(() => {
    window.print = () => document.documentElement.setAttribute('data-printed', '');
  });
  const address = page.url();
  for (const key of [
    'F5',
    'Control+r',
    'Alt+ArrowLeft',
    'Control+p',
    'Control+s',
    'Control+Equal',
    'Control+u',
  ])
    await page.keyboard.press(key);
  await page.mouse.click(640, 360, { button: 'right' });
  await page.mouse.click(640, 360, { button: 'middle' });
  await expect(place(page)).toHaveAttribute('data-place', 'choose');
  for (const hash of ['#/clinic', '#/', '#/kiosk?pin=&timeout=3600', '#/cases']) {
    await page.evaluate((hash) => {
      window.location.hash = hash;
    }, hash);
    await expect(page).toHaveURL(address);
    // Not drawn again: the visitor is where they were.
    await expect(place(page)).toHaveAttribute('data-place', 'choose');
  }
  await page.keyboard.press('F2');
  await page.getByRole('link', { name: kiosk.leave }).click();
  await expect(page.getByRole('navigation', { name: en.app.screens })).toBeVisible();
});

test('a reload does not clear the wait after wrong PINs, and no address takes the PIN away', async ({
  page,
  serveVariant,
}) => {
  const site = await serveVariant(tiny());
  await openKiosk(page, site, 'pin=2580');
  const tryPin = async (pin: string) => {
    await page.keyboard.type(pin);
    await page.getByRole('button', { name: kiosk.pin.enter }).click();
  };
  await page.keyboard.press('F2');
  for (const pin of ['1111', '2222', '3333']) await tryPin(pin);
  const locked = page.getByText(kiosk.pin.locked.split('{{')[0] ?? '');
  await expect(locked).toBeVisible();
  for (const query of ['pin=', 'pin=4444', '']) {
    await page.goto('about:blank');
    await page.goto(`${site}#/kiosk?${query}`);
    await appStarted(page);
    await expect(place(page)).toHaveAttribute('data-place', 'loop');
    await page.keyboard.press('F2');
    await expect(place(page)).toHaveAttribute('data-place', 'pin');
    await expect(locked).toBeVisible();
    await tryPin(query === 'pin=4444' ? '4444' : '2580');
    await expect(place(page)).toHaveAttribute('data-place', 'pin');
  }
});

test('nothing of a visitor is left: camera, picture, focus, scroll position', async ({
  page,
  serveVariant,
}) => {
  await page.addInitScript(() => {
    const tracks: MediaStreamTrack[] = [];
    const urls = new Set<string>();
    Object.assign(globalThis, { left: { tracks, urls } });
    const open = navigator.mediaDevices.getUserMedia.bind(navigator.mediaDevices);
    navigator.mediaDevices.getUserMedia = async (options) => {
      const stream = await open(options);
      tracks.push(...stream.getTracks());
      return stream;
    };
    const { createObjectURL, revokeObjectURL } = URL;
    URL.createObjectURL = (object) => {
      const url = createObjectURL.call(URL, object);
      urls.add(url);
      return url;
    };
    URL.revokeObjectURL = (url) => {
      urls.delete(url);
      revokeObjectURL.call(URL, url);
    };
  });
  await openKiosk(page, await serveVariant(tiny()));
  const left = () =>
    page.evaluate(() => {
      const { left } = globalThis as unknown as { left: { tracks: MediaStreamTrack[]; urls: Set<string> } };
      const { activeElement, body } = document;
      return {
        live: left.tracks.filter(({ readyState }) => readyState === 'live').length,
        urls: [...left.urls].sort(),
        focus: activeElement === body ? null : activeElement?.outerHTML,
        selected: String(getSelection()),
        stored: Object.keys(localStorage).filter((key) => key.includes('kiosk')),
        session: sessionStorage.length,
      };
    });
  const before = await left();
  await page.getByRole('button', { name: kiosk.touch }).click();
  await page.getByText('한국어').click();
  await page.getByText('EN', { exact: true }).click();
  await page.getByRole('button', { name: kiosk.useCamera }).click();
  await page.getByRole('button', { name: kiosk.startCamera }).click();
  await expect(page.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  expect((await left()).live).toBe(1);
  await page.getByRole('button', { name: kiosk.lookInside }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'inside');
  expect((await left()).urls).toHaveLength(before.urls.length + 1);
  await page.getByRole('button', { name: kiosk.startOver }).click();
  await expect(place(page)).toHaveAttribute('data-place', 'loop');
  expect(await left()).toEqual({ ...before, stored: ['lentigo.kiosk.visitors'] });
});
