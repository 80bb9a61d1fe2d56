import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectPartAccessible } from './accessible';
import { en, expect } from './app';
import { downloaded } from './case-steps';
import { answered, picture, queueOf } from './queue';
import { reportText } from './report-text';
import { test } from './tiny-app';

/** A day's photos kept at once, with networks so small that none is waited for. */

test.beforeEach(async ({ app, tinySite }) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
});

test('thirty photos of three patients are kept as fifteen lesions in under fifteen actions', async ({
  app,
  page,
}, testInfo) => {
  test.slow();
  const day = testInfo.outputPath('2026-03-12');
  const places = ['left forearm', 'back', 'chest', 'right hand', 'scalp'];
  for (const patient of ['K-17', 'K-18', 'K-19']) {
    mkdirSync(join(day, patient), { recursive: true });
    for (const [index, place] of places.entries()) {
      for (const view of ['a', 'b']) {
        const seed = 100 * Number(patient.slice(2)) + 2 * index + (view === 'a' ? 0 : 1);
        writeFileSync(join(day, patient, `${place} lesion 1 ${view}.png`), picture(seed));
      }
    }
  }
  let actions = 0;
  const act = async (action: Promise<unknown>) => {
    actions += 1;
    await action;
  };
  const chooser = page.waitForEvent('filechooser');
  await act(page.getByRole('button', { name: en.photo.folder }).click());
  await act((await chooser).setFiles(day));
  await answered(page, 30);

  // A fact for all photos of one patient: they came one after the other.
  const items = queueOf(page).getByRole('listitem');
  await act(items.nth(0).getByRole('button').first().click());
  await act(page.keyboard.press('Shift+End'));
  await expect(page.getByText('For the 30 photos picked')).toBeVisible();
  await act(app.unfold(en.facts.heading));
  await act(page.getByRole('textbox', { name: /years/i }).fill('61'));
  await page.getByRole('textbox', { name: /years/i }).blur();
  await act(page.getByRole('button', { name: 'Save 30 photos' }).click());
  const dialog = page.getByRole('dialog', { name: 'Save 30 photos to cases' });
  await expect(dialog.getByText('Photos: 30, lesions: 15, patients: 3')).toBeVisible();
  await expect(dialog.getByLabel(en.caseBook.takenOn)).toHaveValue('2026-03-12');
  await act(dialog.getByRole('button', { name: 'Save 30 photos', exact: true }).click());
  await expect(page.getByText('30 photos saved to cases.')).toBeVisible();
  testInfo.annotations.push({ type: 'actions', description: String(actions) });
  expect(actions).toBeLessThan(15);

  // What leaves from now on says whose photos these are.
  const table = await downloaded(page, async () => {
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    await page.getByRole('menuitem', { name: en.export.csv }).click();
  });
  const rows = table.bytes.toString().split('\r\n');
  expect(
    rows.filter((row) => /^left forearm lesion 1 [ab]\.png,K-1[789],Left forearm,/.test(row)),
  ).toHaveLength(6);
  expect(rows.filter((row) => /^[^,]+\.png,K-1[789],[^,]+,/.test(row))).toHaveLength(30);
  await expect(page.getByText(/^Saved as: K-1[789], /)).toBeVisible();
  const report = await downloaded(page, async () => {
    await page.getByRole('button', { name: en.export.menu, exact: true }).click();
    await page.getByRole('menuitem', { name: en.export.pdfOfAll }).click();
  });
  const pages = reportText(report.bytes)?.split('\f').slice(0, -1);
  if (pages) {
    expect(pages[0]).toContain('Lentigo: analyses of 30 skin photos');
    expect(pages.filter((text) => text.includes(en.report.signature.signature))).toHaveLength(30);
    expect(pages.at(-1)).toMatch(/K-1[789]/);
  }

  await page.goto(page.url().replace(/#.*/, '#/cases'));
  await page.reload();
  await expect(page.getByText('15 of 15 cases')).toBeVisible();
  // Of a long list only the rows in sight are drawn.
  await page.getByLabel(en.caseBook.search).fill('forearm');
  await expect(page.getByText('3 of 15 cases')).toBeVisible();
  await expect(page.getByRole('button', { name: /Left forearm/ })).toHaveCount(3);
});

test('thirty photos with the names of a camera are kept for three patients in under fifteen actions', async ({
  page,
}, testInfo) => {
  test.slow();
  const day = testInfo.outputPath('2026-03-12');
  mkdirSync(day, { recursive: true });
  const name = (number: number) => `IMG_${String(number).padStart(4, '0')}.png`;
  for (let number = 1; number <= 30; number++) writeFileSync(join(day, name(number)), picture(500 + number));
  let actions = 0;
  const act = async (action: Promise<unknown>) => {
    actions += 1;
    await action;
  };
  const chooser = page.waitForEvent('filechooser');
  await act(page.getByRole('button', { name: en.photo.folder }).click());
  await act((await chooser).setFiles(day));
  await answered(page, 30);
  const items = queueOf(page).getByRole('listitem');
  await act(items.nth(0).getByRole('button').first().click());
  await act(page.keyboard.press('Shift+End'));
  await act(page.getByRole('button', { name: 'Save 30 photos' }).click());
  const dialog = page.getByRole('dialog', { name: 'Save 30 photos to cases' });
  await expect(dialog.getByText(en.caseBook.batch.missing.alias)).toBeVisible();
  await expect(dialog.getByLabel(en.caseBook.takenOn)).toHaveValue('2026-03-12');
  // No name says where one patient ends and the next begins: one press each does.
  const rowOf = (number: number) =>
    dialog.getByRole('listitem').filter({ has: page.getByTitle(name(number), { exact: true }) });
  for (const first of [11, 21])
    await act(rowOf(first).getByRole('button', { name: en.caseBook.batch.next }).click());
  const aliases = dialog.getByRole('textbox', { name: en.caseBook.alias });
  await expect(aliases).toHaveCount(3);
  for (const [index, alias] of ['K-31', 'K-32', 'K-33'].entries()) await act(aliases.nth(index).fill(alias));
  await expect(dialog.getByText(/^Photos: 30, lesions: \d+, patients: 3$/)).toBeVisible();
  await expectPartAccessible(page, '[role="dialog"]');
  await act(dialog.getByRole('button', { name: 'Save 30 photos', exact: true }).click());
  await expect(page.getByText('30 photos saved to cases.')).toBeVisible();
  testInfo.annotations.push({ type: 'actions', description: String(actions) });
  expect(actions).toBeLessThan(15);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('photos are picked and kept by taps alone', async ({ app, page }) => {
    const places = ['left forearm', 'back', 'chest', 'scalp'];
    await app.pick(
      places.map((place, index) => ({
        name: `K-21 ${place} lesion 1.png`,
        mimeType: 'image/png',
        buffer: picture(300 + index),
      })),
    );
    await app.show('queue');
    const queue = page.getByRole('tabpanel');
    await expect(queue.getByText('4 of 4 answered')).toBeVisible();
    const photo = (index: number) => queue.getByRole('listitem').nth(index).getByRole('button').first();
    const toggle = queue.getByRole('button', { name: en.pane.picking.toggle });
    await toggle.tap();
    await expect(toggle).toHaveAttribute('aria-pressed', 'true');
    await expect(queue.getByText(en.pane.picking.begin)).toBeVisible();
    await photo(1).tap();
    await photo(3).tap();
    await expect(queue.getByText('2 picked')).toBeVisible();
    await expect(photo(1)).toHaveAttribute('aria-pressed', 'true');
    await expect(photo(0)).toHaveAttribute('aria-pressed', 'false');
    await photo(1).tap();
    await expect(queue.getByText('1 picked')).toBeVisible();
    await expectPartAccessible(page, '[role="tabpanel"]');

    await queue.getByRole('button', { name: en.pane.picking.all }).tap();
    await queue.getByRole('button', { name: 'Save 4 photos' }).tap();
    const dialog = page.getByRole('dialog', { name: 'Save 4 photos to cases' });
    await expect(dialog.getByText('Photos: 4, lesions: 4, patients: 1')).toBeVisible();
    await dialog.getByRole('button', { name: 'Save 4 photos', exact: true }).tap();
    await expect(page.getByText('4 photos saved to cases.')).toBeVisible();
    // What was picked was saved: a tap looks at a photo again.
    await expect(toggle).toHaveAttribute('aria-pressed', 'false');
    await photo(2).tap();
    await expect(photo(2)).toHaveAttribute('aria-current', 'true');
  });
});
