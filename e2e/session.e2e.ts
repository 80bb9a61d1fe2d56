import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { dialogPart, expectAccessible, expectPartAccessible } from './accessible';
import { type AppPage, en, expect, test } from './app';
import { downloaded, recordsKept } from './case-steps';
import { files } from './queue';

/** How many records the page keeps of sessions. */
const keptRecords = (page: Page) => recordsKept(page, 'lentigo-sessions');

async function reload(page: Page): Promise<void> {
  await page.reload();
  await appStarted(page);
}

const offer = (page: Page) => page.getByRole('region', { name: en.session.region });
const queue = (page: Page) => page.getByRole('region', { name: en.viewer.queue.region });
const age = (page: Page) =>
  page.getByRole('region', { name: en.facts.heading }).getByRole('textbox', { name: 'Age' });

async function addSample(app: AppPage): Promise<void> {
  await app.page.getByRole('button', { name: en.photo.sample }).click();
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeEnabled();
}

test.beforeEach(async ({ app, page, site }) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open(site);
  await app.chooseBackend('wasm');
});

test('a reload loses neither photo nor facts nor answer: all are offered, by keyboard too', async ({
  app,
  page,
}) => {
  await addSample(app);
  await app.unfold(en.facts.heading);
  await age(page).fill('61');
  await age(page).press('Enter');
  await expect(page.getByText(en.session.keeps)).toBeVisible();
  await expect.poll(() => keptRecords(page)).toBe(4);
  await reload(page);

  await expect(offer(page)).toContainText('One photo');
  await expectAccessible(page);
  await offer(page).getByRole('button', { name: en.session.resume }).press('Enter');
  await expect(queue(page).getByRole('listitem')).toHaveText(new RegExp(en.photo.sampleName));
  await expect(page.getByRole('main')).toBeFocused();
  await expect(age(page)).toHaveValue('61');
  // The answer is there as of then; nothing is computed for it.
  await expect(app.answer.getByRole('note').filter({ hasText: 'Re-opened' })).toBeVisible();
  await app.shownProbabilities();

  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  await expect.poll(() => keptRecords(page)).toBe(0);
  await reload(page);
  await expect(page.getByText(en.photo.dropHere)).toBeVisible();
  await expect(offer(page)).toHaveCount(0);
});

test('forgotten is forgotten, and the kiosk forgets without being asked', async ({ app, page, site }) => {
  await addSample(app);
  await expect.poll(() => keptRecords(page)).toBe(4);
  await reload(page);
  await offer(page).getByRole('button', { name: en.session.forget }).click();
  await expect.poll(() => keptRecords(page)).toBe(0);

  await addSample(app);
  await expect.poll(() => keptRecords(page)).toBe(4);
  await reload(page);
  await expect(offer(page)).toBeVisible();
  await app.open(site, 'kiosk');
  await expect.poll(() => keptRecords(page)).toBe(0);
});

test('a session goes out as one file and is gone on with elsewhere', async ({ app, page }) => {
  await addSample(app);
  await app.unfold(en.facts.heading);
  await age(page).fill('61');
  await age(page).press('Enter');
  await page.keyboard.press('1');
  await queue(page).getByRole('button', { name: en.handOver.session.save }).click();
  const dialog = page.getByRole('dialog', { name: en.handOver.session.heading });
  await expect(dialog).toContainText('One photo');
  await expectPartAccessible(page, dialogPart);
  const { name, bytes } = await downloaded(page, () =>
    dialog.getByRole('button', { name: en.handOver.session.do }).click(),
  );
  expect(name).toMatch(/^lentigo-session-.+\.zip$/);
  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: en.handOver.openAnything }).click();
  await (await chooser).setFiles({ name, mimeType: 'application/zip', buffer: bytes });
  await expect(page.getByText(en.handOver.opened_one)).toBeVisible();
  await expect(age(page)).toHaveValue('61');
  await expect(app.answer.getByRole('note').filter({ hasText: 'Re-opened' })).toBeVisible();
  await expect(queue(page).getByRole('listitem')).toHaveText(new RegExp(en.photo.sampleName));

  // A photo that comes along with a session is not left out.
  await page.getByRole('button', { name: en.viewer.queue.clear }).click();
  await app.pick([{ name, mimeType: 'application/zip', buffer: bytes }, ...files(1)]);
  const rows = queue(page).getByRole('listitem');
  await expect(rows.filter({ hasText: en.photo.sampleName })).toHaveCount(1);
  await expect(rows.filter({ hasText: 'spot 1.png' })).toHaveCount(1);
});

test('where the browser keeps nothing, the queue works and a sentence says so', async ({ app, page }) => {
  await page.addInitScript(() => {
    indexedDB.open = () => {
      throw new DOMException('blocked', 'SecurityError');
    };
  });
  await reload(page);
  await addSample(app);
  await expect(queue(page)).toContainText(en.session.refused_one);
  await expect(queue(page)).toContainText(en.failure['storage-denied'].sentence);
});
