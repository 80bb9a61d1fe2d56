import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { AnalysisJson } from '../src/core/report/analysis-schema';
import { type AppPage, en, expect, packageId, probabilitiesOf } from './app';
import { heldBackPhotos, needsPhotos } from './photos';
import { test } from './tiny-app';

/** What the clinic is around its models: with networks so small that none is waited for. */

/** Two dark spots on skin, the larger one at the left, as PNG. */
async function twoSpots(page: Page): Promise<Buffer> {
  const png = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [480, 240];
    const context = canvas.getContext('2d');
    if (!context) return '';
    context.fillStyle = 'rgb(224 180 160)';
    context.fillRect(0, 0, 480, 240);
    context.fillStyle = 'rgb(70 40 30)';
    for (const [x, radius] of [
      [110, 42],
      [370, 30],
    ] as const) {
      context.beginPath();
      context.arc(x, 120, radius, 0, 7);
      context.fill();
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(png.split(',')[1] ?? '', 'base64');
}

async function savedAnalysis({ page }: AppPage): Promise<AnalysisJson> {
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  const download = page.waitForEvent('download');
  await page.getByRole('menuitem', { name: en.export.json }).click();
  return JSON.parse(readFileSync(await (await download).path(), 'utf8')).analysis;
}

test('a fusion: each lesion found has its answer, and facts, outline and brush move it', async ({
  app,
  page,
  tinySite,
}) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await page.getByRole('combobox', { name: en.model.choose, exact: true }).click();
  await page.getByRole('option', { name: 'Tiny fusion' }).click();
  await app.pick({ name: 'two.png', mimeType: 'image/png', buffer: await twoSpots(page) });
  const again = app.answer.getByRole('button', { name: en.answer.again });
  const overrule = app.answer.getByRole('button', { name: en.answer.overrule });
  await expect(again.or(overrule)).toBeVisible();
  if (await overrule.isVisible()) await overrule.click();

  const lesions = app.answer.getByRole('table', { name: en.viewer.lesions.heading });
  await expect(lesions.getByRole('row')).toHaveCount(3);
  // Each is looked at by itself: there is nothing to ask for.
  await expect(lesions).not.toContainText(en.viewer.queue.running);
  const first = await savedAnalysis(app);
  await lesions.getByRole('button', { name: 'Look at lesion 2' }).click();
  await expect(again).toBeEnabled();
  const second = await savedAnalysis(app);
  expect(second.square).not.toEqual(first.square);
  expect(second.lesion?.chosen).not.toBe(first.lesion?.chosen);
  await expect(page.getByRole('button', { name: 'Look at lesion 1', exact: true })).toHaveCount(2);

  // Which metadata it used.
  await app.unfold(en.facts.heading);
  await expect(app.answer.getByRole('table', { name: en.viewer.whatIf.heading })).toBeVisible();
  await page.getByRole('textbox', { name: /years/i }).fill('70');
  await expect(page.getByRole('status', { name: en.facts.moved })).toBeVisible();
  const rerun = await savedAnalysis(app);
  expect(rerun.modelMetadata?.used).toEqual({ age: 70 });
  expect(probabilitiesOf(rerun)).not.toEqual(probabilitiesOf(second));

  // Where it looks, on the photo.
  await page.keyboard.press('m');
  await page.getByRole('combobox', { name: en.map.class }).click();
  await page.getByRole('option', { name: en.viewer.map.attentionMask }).click();
  await expect(page.getByText(en.map.most, { exact: true })).toBeVisible();
  await page.keyboard.press('m');

  // The outline, drawn larger: in the same square the answer is another one.
  await page.getByRole('button', { name: en.viewer.keys.brush, exact: true }).click();
  const box = await page.getByRole('button', { name: en.viewer.brush.paintHere }).boundingBox();
  if (!box) throw new Error('there is nothing to paint on');
  await page.mouse.move(box.x + 0.6 * box.width, box.y + 0.3 * box.height);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.9 * box.width, box.y + 0.7 * box.height, { steps: 8 });
  await page.mouse.up();
  await app.unfold(en.viewer.lesion.heading);
  await expect(app.answer.getByText(/^Outlined by you/)).toBeVisible();
  await expect(again).toBeEnabled();
  const drawn = await savedAnalysis(app);
  expect(drawn.square).toEqual(rerun.square);
  expect(probabilitiesOf(drawn)).not.toEqual(probabilitiesOf(rerun));

  // It hides no other lesion, and is there again when its own is looked at.
  const chosen = (number: number) => lesions.getByRole('button', { name: `Look at lesion ${number}` });
  await expect(lesions.getByRole('row')).toHaveCount(3);
  await page.keyboard.press('n');
  await expect(chosen(1)).toHaveAttribute('aria-current', 'true');
  await expect(app.answer.getByText(/^Outlined by you/)).toHaveCount(0);
  await chosen(2).click();
  await expect(app.answer.getByText(/^Outlined by you/)).toBeVisible();
});

test('a photo that was copied elsewhere is pasted', async ({ app, page, tinySite }) => {
  needsPhotos();
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await app.paste(heldBackPhotos('nv', 1)[0] ?? '');
  const queue = page.getByRole('region', { name: en.viewer.queue.region });
  await expect(queue.getByRole('listitem')).toContainText(en.photo.pasted);
  await app.shownProbabilities();
});

test('a first visit: nothing waits for a model, whose download has a size, a bar and a way out', async ({
  app,
  page,
  site,
}) => {
  // The list of models comes when it likes, and weights never.
  let list = () => {};
  const requests = new Promise<void>((resolve) => {
    list = resolve;
  });
  await page.route('**/models/index.json', async (route) => {
    await requests;
    await route.fallback();
  });
  await page.route('**/models/**/*.bin', () => {});
  await app.open(site);
  await expect(page.getByRole('heading', { name: en.photo.dropHere })).toBeVisible();
  await expect(page.getByRole('button', { name: en.photo.sample })).toBeEnabled();
  await expect(app.answer.getByText(en.model.listWaiting)).toBeVisible();
  list();
  await expect(app.answer.getByText(/\d\sMB, downloaded when first needed/)).toBeVisible();
  await page.getByRole('button', { name: en.model.load }).click();
  await expect(app.answer.getByRole('progressbar')).toBeVisible();
  await app.answer.getByRole('button', { name: en.answer.cancel }).click();
  await expect(page.getByRole('button', { name: en.model.load })).toBeVisible();

  // A hint at the drop zone, once; and every key.
  const hint = page.getByRole('note').filter({ hasText: en.viewer.hint });
  await expect(hint).toBeVisible();
  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: en.viewer.keys.title });
  await expect(keys.getByText(en.viewer.keys.measure)).toBeVisible();
  await page.keyboard.press('Escape');
  await hint.getByRole('button').click();
  await page.reload();
  await expect(page.getByRole('heading', { name: en.photo.dropHere })).toBeVisible();
  await expect(hint).toHaveCount(0);
  expect(
    await page.evaluate((id) => globalThis.lentigo.engine.cached().then((cached) => [id, cached]), packageId),
  ).toEqual([packageId, { ok: true, value: [] }]);
});
