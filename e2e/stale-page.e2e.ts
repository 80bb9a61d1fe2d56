import { cpSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { builtApp } from '../scripts/build';
import { en, expect, test } from './app';

let folder: string;
test.beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lentigo-stale-'));
  cpSync(builtApp, folder, { recursive: true });
});
test.afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** As after a new version was put in place of the old one: every script has another name, the old ones are gone. */
function replaceBuild(): void {
  const assets = join(folder, 'assets');
  const names = readdirSync(assets).filter((name) => name.endsWith('.js'));
  // The longest first: a name may end as another one does.
  const longestFirst = [...names].sort((a, b) => b.length - a.length);
  const anyName = new RegExp(longestFirst.map((name) => name.replaceAll('.', '\\.')).join('|'), 'g');
  const rename = (path: string) =>
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replaceAll(anyName, (name) => `next-${name}`),
    );
  for (const name of names) {
    rename(join(assets, name));
    renameSync(join(assets, name), join(assets, `next-${name}`));
  }
  rename(join(folder, 'index.html'));
}

function countLoads(page: Page): () => number {
  let loads = 0;
  page.on('load', () => {
    loads += 1;
  });
  return () => loads;
}

const goTo = (page: Page, path: string) =>
  page.evaluate((hash) => {
    location.hash = hash;
  }, `#/${path}`);

test('a page whose later screens are gone becomes the new build by itself, once', async ({
  app,
  page,
  serveVariant,
}) => {
  const loads = countLoads(page);
  await app.open(await serveVariant({ folder }));
  await page.waitForLoadState('networkidle');
  replaceBuild();
  await goTo(page, 'evaluate');
  await expect(page.getByRole('heading', { level: 1, name: en.evaluate.title })).toBeVisible();
  expect(loads()).toBe(2);
});

test('where something was begun the new build is offered, and the screen says that it is not there', async ({
  app,
  page,
  serveVariant,
}) => {
  const loads = countLoads(page);
  await app.open(await serveVariant({ folder }));
  await page.waitForLoadState('networkidle');
  // As a key in a field does.
  await page.evaluate(() => dispatchEvent(new Event('input')));
  replaceBuild();
  await goTo(page, 'evaluate');
  const notice = page.getByRole('status', { name: en.install.update.region });
  await expect(notice).toContainText(en.install.update.ready);
  await expect(page.getByRole('heading', { name: en.crash.heading })).toBeVisible();
  expect(loads()).toBe(1);
  await notice.getByRole('button', { name: en.install.update.restart }).click();
  await expect(page.getByRole('heading', { level: 1, name: en.evaluate.title })).toBeVisible();
  expect(loads()).toBe(2);
});
