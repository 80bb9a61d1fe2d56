import { readFileSync, writeFileSync } from 'node:fs';
import type { Locator, Page } from '@playwright/test';
import type { Card } from '../src/core/card/card';
import { formatBytes } from '../src/ui/format';
import { expectAccessible } from './accessible';
import { type AppPage, en, expect, packageId, segmenterId, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();

/** What the answer's provenance says of the square that was looked at. */
async function squareSeen(app: AppPage): Promise<string> {
  return (await app.answer.getByText(/\d+ px, from \d+, \d+/).textContent()) ?? '';
}

test.beforeEach(async ({ app, page, site }) => {
  needsPhotos();
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await app.open(site);
  await app.chooseBackend('wasm');
});

test('twelve photos at once, a bad one among them, which fails alone', async ({ app, page }, testInfo) => {
  const bad = testInfo.outputPath('letter.jpg');
  writeFileSync(bad, 'This is a letter.\n'.repeat(99));
  const good = [...heldBackPhotos('nv', 8), ...heldBackPhotos('mel', 3)];
  await app.pick([...good.slice(0, 5), bad, ...good.slice(5)]);
  // The first answer is shown while others are still to come.
  await app.shownProbabilities();
  const queue = page.getByRole('region', { name: en.viewer.queue.region });
  await expect(queue.getByText('11 of 12 answered · 1 failed')).toBeVisible();
  await expect(queue.getByRole('listitem')).toHaveCount(12);
  const failed = queue.getByRole('listitem').filter({ hasText: 'letter.jpg' });
  await expect(failed).toContainText(en.failure['file-unsupported'].sentence);
  await failed.getByRole('button').first().click();
  await expect(app.answer.getByRole('alert')).toContainText(en.failure['file-unsupported'].remedy);
  await expectAccessible(page, 'a queue with a failure');

  // By key to the neighbour, whose answer is there already.
  await page.keyboard.press('j');
  await app.shownProbabilities();
  await expect(app.answer.getByRole('alert')).toHaveCount(0);
});

test('the square that the model sees, moved by key and by pointer, changes the answer', async ({
  app,
  page,
}) => {
  await app.pick(heldBackPhotos('mel', 1)[0] ?? '');
  const before = await app.shownProbabilities();
  const seen = await squareSeen(app);

  await tool(page, en.viewer.keys.square);
  const square = page.getByRole('button', { name: /^The square that the model sees: / });
  await square.focus();
  for (let press = 0; press < 8; press++) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => squareSeen(app)).not.toBe(seen);
  const smaller = await squareSeen(app);
  expect(await app.shownProbabilities()).not.toEqual(before);
  await expectAccessible(page, 'the square in hand');

  const box = await square.boundingBox();
  if (!box) throw new Error('there is no square');
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x, box.y, { steps: 5 });
  await page.mouse.up();
  await expect.poll(() => squareSeen(app)).not.toBe(smaller);

  await page.getByRole('button', { name: en.viewer.square.reset }).click();
  await expect.poll(() => squareSeen(app)).toBe(seen);
  expect(await app.shownProbabilities()).toEqual(before);
});

test('a mask corrected with the brush is followed by form and size, and can be undone', async ({
  app,
  page,
}) => {
  await app.pick(heldBackPhotos('mel', 1)[0] ?? '');
  await app.shownProbabilities();
  await tool(page, en.viewer.keys.brush);
  const ground = page.getByRole('button', { name: en.viewer.brush.paintHere });
  const box = await ground.boundingBox();
  if (!box) throw new Error('there is nothing to paint on');
  const stroke = async (from: number, to: number, y: number) => {
    await page.mouse.move(box.x + from * box.width, box.y + y * box.height);
    await page.mouse.down();
    await page.mouse.move(box.x + to * box.width, box.y + y * box.height, { steps: 8 });
    await page.mouse.up();
  };
  const form = app.answer.getByRole('table', { name: en.viewer.form.heading });
  const diameter = async () => {
    const text = await form.getByRole('row', { name: new RegExp(en.viewer.form.diameter) }).textContent();
    return Number(/(\d+)\s*px/.exec(text ?? '')?.[1]);
  };
  await stroke(0.4, 0.6, 0.5);
  await app.unfold(en.viewer.lesion.heading);
  await expect(app.answer.getByText(/^Outlined by you/)).toBeVisible();
  const first = await diameter();
  await stroke(0.2, 0.8, 0.5);
  await expect.poll(diameter).toBeGreaterThan(1.5 * first);
  await expectAccessible(page, 'the brush in hand');
  await page.keyboard.press('u');
  await expect.poll(diameter).toBe(first);

  // With a scale the same diameter is given in millimetres.
  await tool(page, en.viewer.keys.measure);
  await page.getByRole('button', { name: /^End of the line/ }).press('ArrowRight');
  await page.getByRole('button', { name: en.viewer.measure.set }).click();
  await expect(form).toContainText(/\d\smm/);

  await tool(page, en.viewer.keys.brush);
  await page.getByRole('button', { name: en.viewer.brush.reset }).click();
  await expect(form).toHaveCount(0);
});

test('several lesions in one photo: their answers side by side, numbered as on the photo', async ({
  app,
  page,
}) => {
  await app.pick(heldBackPhotos('mel', 1)[0] ?? '');
  await app.shownProbabilities();
  await tool(page, en.viewer.keys.square);
  const square = page.getByRole('button', { name: /^The square that the model sees: / });
  const keep = () => page.getByRole('button', { name: en.viewer.square.keep }).click();
  const whole = await squareSeen(app);
  await square.focus();
  for (let press = 0; press < 8; press++) await page.keyboard.press('Shift+ArrowLeft');
  await expect.poll(() => squareSeen(app)).not.toBe(whole);
  await keep();
  const table = app.answer.getByRole('table', { name: en.viewer.lesions.heading });
  await expect(table).toHaveCount(0);
  const first = await squareSeen(app);
  await square.focus();
  for (let press = 0; press < 6; press++) await page.keyboard.press('ArrowLeft');
  await expect.poll(() => squareSeen(app)).not.toBe(first);
  await keep();

  // What was said of the first one still stands, beside the second.
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByRole('row').filter({ hasText: '%' })).toHaveCount(2);
  const [lesionOne, two] = [1, 2].map((number) =>
    table.getByRole('button', { name: `Look at lesion ${number}`, exact: true }),
  );
  await expect(two as Locator).toHaveAttribute('aria-current', 'true');
  await expectAccessible(page, 'two lesions');
  await (lesionOne as Locator).click();
  await expect.poll(() => squareSeen(app)).toBe(first);
  await expect(lesionOne as Locator).toHaveAttribute('aria-current', 'true');

  // After a change of scale everything is asked again, by itself.
  await tool(page, en.viewer.keys.measure);
  await page.getByRole('button', { name: /^End of the line/ }).press('ArrowRight');
  await page.getByRole('button', { name: en.viewer.measure.set }).click();
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeEnabled();
  await expect(table.getByRole('row').filter({ hasText: '%' })).toHaveCount(2);
});

test('several models side by side, steadiness on demand, another sensitivity', async ({ app, page }) => {
  await app.pick(heldBackPhotos('mel', 1)[0] ?? '');
  await app.shownProbabilities();
  await page.keyboard.press('t');
  await expect(app.answer.getByText(/of 8 views name the same class first/)).toBeVisible();
  // A whisker on each bar, and the same in words for who does not see it.
  const rows = app.answer.getByRole('table', { name: en.answer.probabilities }).getByRole('row');
  await expect(app.answer.locator('.recharts-errorBar')).toHaveCount(await rows.count());
  for (const row of await rows.all()) await expect(row).toHaveAccessibleName(/\d\s%\sto\s[<>]?\d+\s%/);

  await app.unfold(en.pane.threshold);
  const sensitivity = app.answer.getByRole('definition').first();
  const before = await sensitivity.textContent();
  await app.answer.getByRole('combobox', { name: en.viewer.sensitivity.wanted }).click();
  await page.getByRole('option', { name: /98/ }).click();
  await expect(sensitivity).not.toHaveText(before ?? '');

  await page.getByRole('button', { name: en.viewer.compare.open }).click();
  const choice = app.answer.getByRole('group', { name: en.viewer.compare.which });
  // The smallest: two networks take turns on an emulated GPU.
  await choice.getByRole('checkbox').last().check();
  const table = app.answer.getByRole('table', { name: en.viewer.compare.heading });
  await expect(table.getByRole('row')).toHaveCount(3);
  await expect(table.getByText(en.viewer.queue.running)).toHaveCount(0);
  await expect(table).toContainText('%');
  await expectAccessible(page, 'compared');
});

test.describe('with the model that outlines lesions', () => {
  test.use({ segmenter: true });

  test('a lesion is outlined, measured and looked at', async ({ app, page }) => {
    // What the first answer will download is named in sum.
    const bytesOf = (id: string): number => {
      const { files } = JSON.parse(readFileSync(`public/models/${id}/card.json`, 'utf8')) as Card;
      return files.reduce((sum, { bytes }) => sum + bytes, 0);
    };
    const sum = formatBytes(bytesOf(packageId) + bytesOf(segmenterId), 'en');
    await expect(app.answer).toContainText(`${sum} in all`);
    await app.pick(heldBackPhotos('mel', 1)[0] ?? '');
    await app.shownProbabilities();
    await expect(page.getByRole('img', { name: en.viewer.outline.alt })).toBeVisible();
    await expect(app.answer.getByRole('heading', { name: en.viewer.lesion.heading })).toBeVisible();
    await expectAccessible(page, 'an outlined lesion');
  });
});
