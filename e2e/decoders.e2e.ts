import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from '@playwright/test';
import { findBrowser, softwareGpuFlags } from '../scripts/browser';
import { root } from '../scripts/command';
import heic from '../src/engine/input/fixtures/heic.json' with { type: 'json' };
import { en, expect, own, test } from './app';

/** Files that a decoder does not survive, and a page without what a browser keeps for secure addresses. */

const cases = join(root, '../shared/cases');

test('a HEIC on which the decoder throws where nobody listens is refused, and the next one opens', async ({
  page,
  site,
}) => {
  test.skip(!existsSync(cases), 'without ../shared/cases');
  const workers: string[] = [];
  page.on('worker', (worker) => workers.push(worker.url()));
  const started = () => workers.filter((url) => url.includes('open-worker')).length;
  await page.goto(`${site}#/clinic`);
  const pick = (name: string, buffer: Buffer) =>
    page
      .locator('input[type=file]')
      .first()
      .setInputFiles([{ name, mimeType: 'image/heic', buffer }]);
  await pick('hang.heic', readFileSync(join(cases, '60-heic-hang/hang.heic')));
  await expect(page.getByText(en.failure['file-unreadable'].sentence).first()).toBeVisible();
  const before = started();
  await pick('next.heic', Buffer.from(heic.plain, 'base64'));
  await expect(page.getByText('next.heic').first()).toBeVisible();
  // Open, and so small that it is not judged.
  await expect(page.getByText(en.failure['photo-size'].sentence).first()).toBeVisible();
  expect(started()).toBeGreaterThan(before);
});

test('over plain http the page says that it needs a secure address', async ({ site }) => {
  const { port } = new URL(site);
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: [...softwareGpuFlags, '--host-resolver-rules=MAP lentigo.test 127.0.0.1'],
  });
  try {
    const page = await browser.newPage({ locale: 'en-GB' });
    const address = `http://lentigo.test:${port}/`;
    // Our servers answer to loopback names alone: the request keeps the name of the address.
    await page.route(`${address}**`, async (route) => {
      const response = await route.fetch({ url: route.request().url().replace('lentigo.test', '127.0.0.1') });
      return route.fulfill({ response });
    });
    own(address);
    for (const path of ['clinic', 'self-check', 'kiosk', 'cases']) {
      await page.goto(`${address}#/${path}`);
      await expect(page.getByRole('heading', { name: en.insecure.heading })).toBeVisible();
    }
    // The icon may still be on its way.
    await page.unrouteAll({ behavior: 'ignoreErrors' });
  } finally {
    await browser.close();
  }
});
