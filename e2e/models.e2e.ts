import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { zipSync } from 'fflate';
import { appStarted } from '../scripts/app-started';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { root } from '../scripts/command';
import type { Card } from '../src/core/card/card';
import { expectAccessible } from './accessible';
import { en, expect, test } from './app';
import { askColours } from './ask-colours';

/**
 * Without the flag that Chromium on Linux wants for it, there is no WebGPU: everything runs on WASM, at once.
 */
test.use({
  segmenter: true,
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: noGpuFlags,
  },
});

/** The package that training/examples/own_model.py writes. */
const example = join(root, 'src/engine/testing/fixtures/red-or-blue');
const exampleId = 'red-or-blue';
const exampleTitle = 'Red or blue';

const published = (path: string) => JSON.parse(readFileSync(join(root, 'public/models', path), 'utf8'));
const list = (page: Page) => page.getByRole('navigation', { name: en.models.list });
const sheet = (page: Page) => page.getByRole('region', { name: en.model.region, exact: true });

/** The example as a zip, with files changed on the way. */
function zipped(change: Record<string, (bytes: Buffer) => Uint8Array> = {}) {
  const files = readdirSync(example).map((name) => {
    const bytes = readFileSync(join(example, name));
    return [`${exampleId}/${name}`, new Uint8Array(change[name]?.(bytes) ?? bytes)] as const;
  });
  return {
    name: 'package.zip',
    mimeType: 'application/zip',
    buffer: Buffer.from(zipSync(Object.fromEntries(files))),
  };
}

async function add(page: Page, what: ReturnType<typeof zipped> | string): Promise<void> {
  const dialog = page.getByRole('dialog', { name: en.models.add.heading });
  if (!(await dialog.isVisible())) await page.getByRole('button', { name: en.models.add.open }).click();
  const chooser = page.waitForEvent('filechooser');
  const label = typeof what === 'string' ? en.models.add.folder : en.models.add.zip;
  await dialog.getByRole('button', { name: label }).click();
  await (await chooser).setFiles(what);
}

/** The class of a red and of a blue picture; the code of the failure where there is no answer. */
async function askExample(page: Page): Promise<string> {
  const answers = await askColours(page, exampleId);
  return typeof answers === 'string' ? answers : answers.map(({ id }) => id).join(' ');
}

test('every package has its card, with what it was measured at and its hashes', async ({
  app,
  page,
  site,
}) => {
  const { packages } = published('index.json') as { packages: string[] };
  // The list that these tests see has no panels (app.ts).
  const cards = packages
    .map((id) => published(`${id}/card.json`) as Card)
    .filter(({ task }) => task !== 'panel');
  await app.open(site, 'models');
  await expect(list(page).getByRole('link')).toHaveCount(cards.length);
  for (const card of cards) {
    await list(page).locator(`a[href$="model=${card.id}"]`).click();
    await expect(sheet(page).getByRole('heading', { level: 2, name: card.title.en })).toBeVisible();
    for (const limit of card.limits) await expect(sheet(page).getByText(limit.en)).toBeVisible();
    for (const { sha256 } of card.files) await expect(sheet(page).getByText(sha256)).toBeVisible();
    const auc = card.results.metrics.auc;
    if (auc)
      await expect(
        sheet(page)
          .getByRole('cell', { name: auc.value.toFixed(3) })
          .first(),
      ).toBeVisible();
    await expect(sheet(page).getByText(en.models.nonCommercial, { exact: true })).toHaveCount(
      card.nonCommercial ? 1 : 0,
    );
  }
  await expectAccessible(page);
});

test('a model is loaded, released, and tests itself with its error shown', async ({ app, page, site }) => {
  await app.open(site, 'models');
  await sheet(page)
    .getByRole('button', { name: /^Load / })
    .click();
  await expect(sheet(page).getByText(`${en.models.loaded}, ${en.backend.wasm}`)).toBeVisible();
  await sheet(page)
    .getByRole('button', { name: /^Release / })
    .click();
  await expect(sheet(page).getByText(en.models.notLoaded)).toBeVisible();

  await sheet(page).getByRole('button', { name: en.models.selfTest.run }).click();
  const rows = sheet(page).getByRole('table', { name: en.models.selfTest.heading }).getByRole('row');
  await expect(rows.filter({ hasText: en.backend.wasm })).toContainText(en.models.selfTest.passed);
  const cells = await rows.filter({ hasText: en.backend.wasm }).getByRole('cell').allTextContents();
  const [, difference, tolerance] = cells;
  expect(Number(difference)).toBeGreaterThan(0);
  expect(Number(difference)).toBeLessThanOrEqual(Number(tolerance));
  await expect(rows.filter({ hasText: en.backend.webgpu })).toContainText(en.models.selfTest.unavailable);
  await expectAccessible(page);
});

test('a package of the user is added, answers, outlives a reload and is removed', async ({
  app,
  page,
  site,
}) => {
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  await app.open(site, 'models');
  await add(page, example);
  await expect(page.getByRole('dialog').getByText(exampleTitle)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(sheet(page).getByRole('heading', { level: 2, name: exampleTitle })).toBeVisible();
  await expect(list(page).getByRole('link', { name: exampleTitle })).toContainText(en.models.added);
  expect(await askExample(page)).toBe('red blue');

  await page.reload();
  await appStarted(page);
  expect(await askExample(page)).toBe('red blue');
  expect(requests.filter((url) => url.includes(exampleId) && !url.includes('#'))).toEqual([]);

  await app.open(site, `models?model=${exampleId}`);
  await sheet(page).getByRole('button', { name: en.models.remove }).click();
  await page.getByRole('button', { name: en.models.removeNow }).click();
  await expect(list(page).getByRole('link', { name: exampleTitle })).toHaveCount(0);
  expect(await askExample(page)).toBe('package-unknown');
});

test('a package that was tampered with is refused and says which file', async ({ app, page, site }) => {
  await app.open(site, 'models');
  await add(
    page,
    zipped({ 'group1-shard1of1.bin': (bytes) => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) }),
  );
  const alert = page.getByRole('dialog').getByRole('alert');
  await expect(alert).toContainText(en.failure['added-tampered'].sentence);
  await alert.getByText(en.failure.details).click();
  await expect(alert).toContainText('file: group1-shard1of1.bin');
  expect(await askExample(page)).toBe('package-unknown');

  const withoutResults = (bytes: Buffer) => {
    const { results, ...card } = JSON.parse(bytes.toString());
    return Buffer.from(JSON.stringify(card));
  };
  await add(page, zipped({ 'card.json': withoutResults }));
  await expect(alert).toContainText(en.failure['added-invalid'].sentence);
  await expect(alert).toContainText('card.json: results');
  // The same package untouched is taken.
  await add(page, zipped());
  await expect(page.getByRole('dialog').getByRole('status')).toContainText(exampleTitle);
});

/** The example with other weights, which its card describes as they are: only its golden sample is wrong. */
function answeringWrongly() {
  const shard = 'group1-shard1of1.bin';
  const weights = readFileSync(join(example, shard));
  // The biases of the two classes, after the four of the first layer.
  weights.writeFloatLE(5, 16);
  weights.writeFloatLE(-5, 20);
  const sha256 = createHash('sha256').update(weights).digest('hex');
  return zipped({
    [shard]: () => new Uint8Array(weights),
    'card.json': (bytes) => {
      const card = JSON.parse(bytes.toString()) as Card;
      const files = card.files.map((file) => (file.path === shard ? { ...file, sha256 } : file));
      return Buffer.from(JSON.stringify({ ...card, version: '9.9.9', files }));
    },
  });
}

test('a package that answers wrongly takes none of its id away, also after a reload', async ({
  app,
  page,
  site,
}) => {
  await app.open(site, 'models');
  await add(page, zipped());
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('status')).toContainText(exampleTitle);
  await add(page, answeringWrongly());
  await expect(dialog.getByRole('alert')).toContainText(en.failure['added-earlier-stays'].sentence);
  expect(await askExample(page)).toBe('red blue');
  await page.reload();
  await appStarted(page);
  expect(await askExample(page)).toBe('red blue');
});

test('the benchmark of one model gives figures, and Markdown of them', async ({ app, page, site }) => {
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write']);
  await app.open(site, 'benchmark');
  await page.getByRole('button', { name: en.bench.none }).click();
  await expect(page.getByRole('button', { name: en.bench.run })).toBeDisabled();
  await page.getByRole('group', { name: en.bench.models }).getByRole('checkbox').first().check();
  await page.getByRole('button', { name: en.bench.run }).click();
  await expect(page.getByRole('button', { name: en.bench.again })).toBeVisible();

  const rows = page.getByRole('table', { name: en.bench.table }).getByRole('row');
  const wasm = await rows.filter({ hasText: en.backend.wasm }).getByRole('cell').allTextContents();
  // The back end and ten figures.
  expect(wasm).toHaveLength(11);
  for (const figure of wasm.slice(1)) expect(figure).toMatch(/\d/);
  await expect(rows.filter({ hasText: en.backend.webgpu })).toContainText(
    en.failure['backend-unavailable'].sentence,
  );
  await expectAccessible(page);

  await page.getByRole('button', { name: en.bench.copy }).click();
  const markdown = await page.evaluate(() => navigator.clipboard.readText());
  const lines = markdown.split('\n').filter((line) => line.startsWith('|'));
  expect(lines).toHaveLength(4);
  expect(lines[3]).toContain(`wasm (${'WASM SIMD'}`);
});

test('a benchmark can be stopped', async ({ app, page, site }) => {
  await app.open(site, 'benchmark');
  await page.getByRole('button', { name: en.bench.run }).click();
  await page.getByRole('button', { name: en.bench.cancel }).click();
  await expect(page.getByText(en.bench.cancelled)).toBeVisible();
});
