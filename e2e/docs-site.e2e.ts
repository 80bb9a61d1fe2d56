import { spawn } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { builtApp } from '../scripts/build';
import { expectAccessible } from './accessible';
import { en, expect, own } from './app';
import { printedAddress } from './printed-address';
import { test } from './tiny-app';
import { tinyIds } from './tiny-models';

/** The documentation as the build has it: in any folder, under the app's policy, and no way for a kiosk's visitors. */

/** Every built page, by its address in the site. */
const pages = readdirSync(join(builtApp, 'docs'), { recursive: true, encoding: 'utf8' })
  .map((file) => file.replaceAll('\\', '/'))
  .filter((file) => file.endsWith('.html'));

/** What the browser refuses, misses or complains of on a page, from now on. */
function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('response', (response) => {
    if (response.status() >= 400) complaints.push(`${response.status()}: ${response.url()}`);
  });
  return complaints;
}

/** Opens pages of several kinds and uses what has a script. */
async function walkThrough(page: Page, docs: string): Promise<void> {
  for (const address of ['start/clinic.html', 'start/ko/kiosk.html', 'results.html']) {
    await page.goto(docs + address);
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
    const picture = page.locator('article img').first();
    await picture.scrollIntoViewIfNeeded();
    await expect
      .poll(() => picture.evaluate((image: HTMLImageElement) => image.complete && image.naturalWidth > 100))
      .toBe(true);
  }
  await page.goto(`${docs}start/index.html`);
  await page.getByRole('searchbox').fill('calibration');
  const first = page.locator('#found a').first();
  await expect(first).toContainText(/calibration/i);
  await page.getByRole('searchbox').press('Enter');
  await expect(page.getByRole('heading', { name: /calibration/i }).first()).toBeVisible();
  await page.getByRole('button', { name: 'Light or dark colours' }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
}

test('every page is served with the policy of the app', async ({ page, site }) => {
  const answers = await Promise.all(pages.map((address) => page.request.get(`${site}docs/${address}`)));
  expect(answers.length).toBeGreaterThan(25);
  for (const answer of answers) {
    expect(answer.status(), answer.url()).toBe(200);
    expect(answer.headers()['content-security-policy']).toContain("script-src 'self'");
  }
});

for (const folder of ['', 'some/folder/']) {
  test(`nothing breaks the policy, at "/${folder}" of a host`, async ({ page, serveVariant }) => {
    const site = await serveVariant({ mounts: { '/some/folder/': builtApp } });
    const complaints = complaintsOf(page);
    await walkThrough(page, `${site}${folder}docs/`);
    expect(complaints).toEqual([]);
  });
}

test('the same from a stick, by start.py', async ({ page }) => {
  const child = spawn('python3', [join(builtApp, 'start.py'), '--no-open', '--port', '0'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const site = await printedAddress(child);
    own(site);
    const complaints = complaintsOf(page);
    await walkThrough(page, `${site}docs/`);
    expect(complaints).toEqual([]);
  } finally {
    child.kill();
  }
});

test('the search answers in Korean too, and by the keyboard alone', async ({ page, site }) => {
  await page.goto(`${site}docs/start/ko/index.html`);
  await page.keyboard.press('/');
  await page.keyboard.type('기준값');
  const first = page.locator('#found a').first();
  await expect(first).toContainText('기준값');
  await page.keyboard.press('ArrowDown');
  await expect(first).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.locator('#found')).toBeHidden();
  await expect(page.getByRole('searchbox')).toBeFocused();
  await page.getByRole('searchbox').fill('없는말이다');
  await expect(page.locator('#found')).toContainText('찾은 내용이 없습니다');
});

test("each screen's help opens its page in a new tab, in the reader's language", async ({
  app,
  page,
  site,
}) => {
  await app.open(site);
  const help = page.getByRole('banner').getByRole('link', { name: en.app.help, exact: true });
  for (const [path, heading] of [
    ['clinic', 'In the clinic'],
    ['cases', 'In the clinic'],
    ['self-check', 'Check a spot yourself'],
    ['evaluate', 'Evaluation'],
    ['benchmark', 'Performance'],
    ['', 'Which screen is for you'],
  ] as const) {
    await page.goto(`${site}#/${path}`);
    const opened = page.context().waitForEvent('page');
    await help.click();
    const tab = await opened;
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText(heading);
    // The mark leads back to the app.
    await expect(tab.locator('a.brand')).toHaveJSProperty('href', `${site}#/`);
    await tab.close();
  }
  await page.getByText('한국어').click();
  await page.goto(`${site}#/self-check`);
  const korean = page.getByRole('banner').getByRole('link', { name: '도움말', exact: true });
  await expect(korean).toHaveJSProperty('href', `${site}docs/start/ko/self-check.html`);
});

test('a visitor of the kiosk has no way there; the host has, and comes back to the kiosk', async ({
  page,
  tinySite: site,
}) => {
  const kiosk = `${site}#/kiosk?timeout=600&models=${tinyIds.classifier}`;
  const toDocs = page.locator('a[href*="docs/"]');
  const place = page.locator('main');
  await page.clock.install();
  await page.goto(kiosk);
  await appStarted(page);
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
  await expect(toDocs).toHaveCount(0);
  await page.getByRole('button', { name: en.kiosk.touch }).click();
  await expect(place).toHaveAttribute('data-place', 'choose');
  await expect(toDocs).toHaveCount(0);
  await page.getByRole('button', { name: /^Sample 1/ }).click();
  await expect(place).toHaveAttribute('data-place', 'inside');
  await expect(toDocs).toHaveCount(0);

  await page.keyboard.press('F2');
  await toDocs.click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Run a kiosk');
  expect(page.context().pages()).toHaveLength(1);
  // On another page too, every way to the app leads to the kiosk, with what its address has set.
  await page.getByRole('link', { name: 'Deployment' }).first().click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText('Putting Lentigo somewhere');
  await expect(page.locator('a.brand')).toHaveJSProperty('href', kiosk);
  // A host who was called away leaves nothing open.
  await page.clock.fastForward('06:00');
  await expect(page).toHaveURL(kiosk);
  await expect(place).toHaveAttribute('data-place', 'loop');
});

test('no violations of accessibility rules, light and dark', async ({ page, site }) => {
  for (const [address, width] of [
    ['start/self-check.html', 390],
    ['deploy.html', 1440],
    ['start/ko/clinic.html', 1440],
  ] as const) {
    await page.setViewportSize({ width, height: 844 });
    await page.goto(`${site}docs/${address}`);
    await page.getByRole('searchbox').fill('pin');
    await expect(page.locator('#found a').first()).toBeVisible();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await expectAccessible(page, `${address}, ${colorScheme}`);
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    expect(overflow, `${address} is wider than its window`).toBeLessThanOrEqual(0);
  }
});

test.describe('with the service worker', () => {
  test.use({ serviceWorkers: 'allow' });

  test('a page that was read opens without network, and none is answered with the app', async ({
    app,
    page,
    context,
    site,
  }) => {
    await app.open(site);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
    await expect.poll(() => page.evaluate(() => Boolean(navigator.serviceWorker.controller))).toBe(true);
    const tab = await context.newPage();
    await tab.goto(`${site}docs/start/clinic.html`);
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('In the clinic');
    await context.setOffline(true);
    await tab.reload();
    await expect(tab.getByRole('heading', { level: 1 })).toHaveText('In the clinic');
    await expect(tab.locator('#root')).toHaveCount(0);
    // One that was never opened is not there, and the app does not stand in for it.
    const missing = await tab.goto(`${site}docs/kernels.html`).catch((error: Error) => error.message);
    expect(String(missing)).toContain('ERR_');
    await context.setOffline(false);
  });
});
