import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { builtApp } from '../scripts/build';
import { expectAccessible } from './accessible';
import { type AppPage, defaultCard, en, expect, packageId, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';
import { printedAddress } from './printed-address';

// Everywhere else the service worker stays out; here it is what is tested.
test.use({ serviceWorkers: 'allow', segmenter: true });

/** Waits until the service worker has kept the page and controls it. */
async function shellReady(page: Page): Promise<void> {
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}));
  await expect
    .poll(() => page.evaluate(() => navigator.serviceWorker.controller?.scriptURL))
    .toContain('/sw.js');
}

/** How often the page has been loaded. */
function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  return () => loads;
}

/** The built app in a folder of its own, which a test may change. */
function copyOfBuild(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-dist-'));
  cpSync(builtApp, folder, { recursive: true });
  return folder;
}

async function openDialog(app: AppPage) {
  await app.page.getByRole('button', { name: en.install.open }).click();
  const dialog = app.page.getByRole('dialog', { name: en.install.heading });
  await expect(dialog).toBeVisible();
  return dialog;
}

test('after a model was chosen and kept, the page opens and answers with the network off', async ({
  app,
  page,
  context,
  site,
}) => {
  needsPhotos();
  await app.open(site);
  await shellReady(page);
  const requests: string[] = [];
  page.on('request', (request) => requests.push(request.url()));
  const dialog = await openDialog(app);
  await expect(dialog.getByText(en.install.shell.ready)).toBeVisible();
  const model = dialog.getByRole('checkbox', { name: defaultCard.title.en });
  await expect(model).toBeVisible();
  expect(requests.filter((url) => url.endsWith('.bin'))).toEqual([]);

  await model.check();
  await dialog.getByRole('button', { name: /^Download \d/ }).click();
  await expect(dialog.getByText(en.install.cached, { exact: true }).first()).toBeVisible();
  await expectAccessible(page);

  await context.setOffline(true);
  await page.reload();
  await app.chooseBackend('wasm');
  await app.drop(heldBackPhotos('nv', 1)[0] ?? '');
  expect(Object.keys(await app.shownProbabilities())).toHaveLength(defaultCard.classes.length);
  const analysis = await page.evaluate((id) => globalThis.lentigo.engine.load(id), packageId);
  expect(analysis).toMatchObject({ ok: true, value: { cached: true } });

  // And out again.
  await page.keyboard.press('Escape');
  const again = await openDialog(app);
  await again.getByRole('button', { name: /^Remove / }).click();
  await expect(again.getByText(en.install.cached, { exact: true })).toHaveCount(0);
  expect(await page.evaluate(() => globalThis.lentigo.engine.cached())).toEqual({ ok: true, value: [] });
});

test('a host that sends no headers: the page becomes isolated by itself, once, and WASM gets its threads', async ({
  app,
  page,
  serveVariant,
}) => {
  const loads = countLoads(page);
  await app.open(await serveVariant({ isolated: false }));
  await expect.poll(loads).toBe(2);
  await appStarted(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  const result = await page.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
  const cores = await page.evaluate(() => navigator.hardwareConcurrency);
  expect(result).toMatchObject({ ok: true, value: { name: 'wasm' } });
  if (cores > 1) expect(result.ok && result.value.threads).toBeGreaterThan(1);
  expect(loads()).toBe(2);
});

test('a person who has begun is asked before the page restarts for its isolation', async ({
  app,
  page,
  serveVariant,
}) => {
  // The service worker comes late, as over a slow line: once the person has begun.
  let begin = () => {};
  const begun = new Promise<void>((resolve) => {
    begin = resolve;
  });
  await page.route('**/sw.js', async (route) => {
    await begun;
    await route.continue();
  });
  await app.open(await serveVariant({ isolated: false }));
  await page.getByText('한국어').click();
  await page.getByText('EN', { exact: true }).click();
  begin();
  await expect(page.getByText(en.install.update.isolation)).toBeVisible();
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(false);
  await page.getByRole('button', { name: en.install.update.restart }).click();
  await expect.poll(() => page.evaluate(() => crossOriginIsolated).catch(() => false)).toBe(true);
});

test('a new build announces itself, waits for the running analysis, and restarts when the user says so', async ({
  app,
  page,
  serveVariant,
}) => {
  const folder = copyOfBuild();
  const site = await serveVariant({ folder });
  await app.open(site);
  await shellReady(page);
  await page.evaluate(() => {
    Object.assign(globalThis, { before: true });
  });
  const worker = join(folder, 'sw.js');
  writeFileSync(worker, `${readFileSync(worker, 'utf8')}\n// another build\n`);
  await page.evaluate(async () => (await navigator.serviceWorker.getRegistration())?.update());
  const notice = page.getByRole('status', { name: en.install.update.region });
  await expect(notice).toContainText(en.install.update.ready);
  await expectAccessible(page);

  // A download that hangs is work that runs; nothing here depends on how fast this machine is.
  let goOn = () => {};
  const held = new Promise<void>((resolve) => {
    goOn = resolve;
  });
  await page.route('**/models/**/*.bin', async (route) => {
    await held;
    await route.continue();
  });
  const running = page.evaluate((id) => globalThis.lentigo.engine.prefetch(id), packageId);
  await page.getByRole('button', { name: en.install.update.restart }).click();
  await expect(notice).toContainText(en.install.update.waiting);
  expect(await page.evaluate(() => 'before' in globalThis)).toBe(true);
  goOn();
  expect(await running).toMatchObject({ ok: true });
  await expect.poll(() => page.evaluate(() => 'before' in globalThis).catch(() => true)).toBe(false);
  await expect(notice).toHaveCount(0);
  const waiting = await page.evaluate(
    async () => (await navigator.serviceWorker.getRegistration())?.waiting ?? null,
  );
  expect(waiting).toBeNull();
  rmSync(folder, { recursive: true });
});

test('everything that a browser asks for before it installs a page, under a folder of a host', async ({
  page,
  serveVariant,
}) => {
  const outer = mkdtempSync(join(tmpdir(), 'lentigo-host-'));
  cpSync(builtApp, join(outer, 'some', 'folder'), { recursive: true });
  const site = `${await serveVariant({ folder: outer, isolated: false })}some/folder/`;
  const loads = countLoads(page);
  await page.goto(site);
  await expect.poll(loads).toBe(2);
  await shellReady(page);
  expect(await page.evaluate(() => crossOriginIsolated)).toBe(true);
  for (const language of ['en', 'ko']) {
    const href = language === 'en' ? './manifest.webmanifest' : './manifest.ko.webmanifest';
    if (language === 'ko') await page.getByText('한국어').click();
    await expect(page.locator('link[rel="manifest"]')).toHaveAttribute('href', href);
    const manifest = await (await page.request.get(new URL(href, site).href)).json();
    expect(manifest).toMatchObject({ lang: language, display: 'standalone', short_name: 'Lentigo' });
    expect(new URL(manifest.start_url, site).href).toBe(site);
    expect(new URL(manifest.scope, site).href).toBe(site);
    expect(manifest.icons.map(({ purpose }: { purpose: string }) => purpose)).toContain('maskable');
    for (const { src, sizes } of manifest.icons as { src: string; sizes: string }[]) {
      const size = await page.evaluate(async (url) => {
        const image = new Image();
        image.src = url;
        await image.decode();
        return `${image.naturalWidth}x${image.naturalHeight}`;
      }, new URL(src, site).href);
      expect(size).toBe(sizes);
    }
  }
  const session = await page.context().newCDPSession(page);
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  // A private window, as Playwright's is, offers no installation; nothing else may stand in its way.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([]);
  rmSync(outer, { recursive: true });
});

for (const [program, script] of [
  [process.execPath, 'start.mjs'],
  ['python3', 'start.py'],
] as const) {
  test(`the build on a stick: ${script} serves it with its headers`, async ({ page }) => {
    const folder = copyOfBuild();
    const child = spawn(program, [join(folder, script), '--no-open', '--port', '0'], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    try {
      const site = await printedAddress(child);
      const index = await fetch(site);
      const headers = JSON.parse(readFileSync(join(folder, 'headers.json'), 'utf8'));
      expect(index.headers.get('content-type')).toBe('text/html; charset=utf-8');
      for (const [name, value] of Object.entries(headers.document))
        expect(index.headers.get(name)).toBe(value);
      const worker = await fetch(new URL('sw.js', site));
      expect(worker.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      for (const [name, value] of Object.entries(headers.file)) expect(worker.headers.get(name)).toBe(value);
      expect((await fetch(new URL('models/', site))).status).toBe(404);
      expect(await page.request.get(site).then((answer) => answer.text())).toContain('<div id="root">');
    } finally {
      child.kill();
      rmSync(folder, { recursive: true });
    }
  });
}
