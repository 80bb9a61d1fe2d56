import type { Page } from '@playwright/test';
import { en, expect } from './app';
import { files } from './queue';
import { test } from './tiny-app';

/** Browsers that keep nothing for the site: by policy ("block all site data"), or one call of them alone. */

const refuse = `() => { throw new DOMException('refused by a test', 'SecurityError'); }`;
const withoutCaches = `Object.defineProperty(self, 'caches', { configurable: true, get: ${refuse} });\n`;
const withoutDatabases = `IDBFactory.prototype.open = ${refuse}; IDBFactory.prototype.deleteDatabase = ${refuse};\n`;
const withoutTexts = ['localStorage', 'sessionStorage']
  .map((name) => `Object.defineProperty(window, '${name}', { configurable: true, get: ${refuse} });\n`)
  .join('');

/** To be called before the page is opened. Scripts of a test do not run in workers by themselves. */
async function block(page: Page, inPage: string, inWorkers: string): Promise<void> {
  await page.addInitScript(inPage);
  await page.route(/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: inWorkers + (await response.text()) });
  });
}

test('where the browser keeps nothing, a photo is answered, and what cannot be kept is said', async ({
  app,
  page,
  tinySite,
}) => {
  const thrown: string[] = [];
  page.on('pageerror', ({ message }) => thrown.push(message));
  const shared = withoutCaches + withoutDatabases;
  await block(page, shared + withoutTexts, shared);
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await app.pick(files(1));
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
  // The list of models says that none is kept for use without network.
  await page.goto(`${tinySite}#/models`);
  await expect(page.getByText(en.failure['storage-denied'].sentence).first()).toBeVisible();
  await page.goto(`${tinySite}#/cases`);
  await expect(page.getByText(en.failure['storage-denied'].sentence).first()).toBeVisible();
  await expect(page.getByText(en.failure['storage-denied'].remedy).first()).toBeVisible();
  expect(thrown).toEqual([]);
});

for (const call of ['getItem', 'setItem', 'removeItem', 'key', 'length'] as const) {
  test(`where ${call} of localStorage throws, the page starts, answers, and takes a choice for the visit`, async ({
    app,
    page,
    tinySite,
  }) => {
    const thrown: string[] = [];
    page.on('pageerror', ({ message }) => thrown.push(message));
    await page.addInitScript(
      call === 'length'
        ? `Object.defineProperty(Storage.prototype, 'length', { get: ${refuse} });`
        : `Storage.prototype.${call} = ${refuse};`,
    );
    await app.open(tinySite);
    await app.chooseBackend('wasm');
    await app.pick(files(1));
    await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeVisible();
    for (const screen of ['kiosk', 'cases', 'benchmark', 'evaluate']) {
      await page.goto(`${tinySite}#/${screen}`);
      await expect(page.getByRole('heading').first()).toBeVisible();
    }
    expect(thrown).toEqual([]);
  });
}
