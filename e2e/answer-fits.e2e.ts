import { readFileSync } from 'node:fs';
import { english as en, korean as ko } from '../src/app/languages/texts';
import { expect, test } from './app';
import { panelIds } from './app-page';
import { heldBackPhotos, needsPhotos } from './photos';
import { answered, queueOf } from './queue';

/** The answer that the clinic begins with, in the window of a small notebook. */

test.use({ viewport: { width: 1440, height: 900 }, segmenter: true });

test('the answer of the panel to a flagged photo fits one screen, in both languages', async ({
  app,
  page,
  site,
}) => {
  needsPhotos();
  // Two networks and one that outlines: without a GPU each takes seconds a photo.
  test.setTimeout(600_000);
  // The whole list, with the panel that other tests leave out.
  await page.route('**/models/index.json', (route) => route.continue());
  await app.open(site);
  await app.chooseBackend('wasm');
  const { title } = JSON.parse(readFileSync(`public/models/${panelIds[0]}/card.json`, 'utf8'));
  await expect(page.getByRole('combobox', { name: en.model.choose, exact: true })).toHaveValue(title.en);
  await app.pick(heldBackPhotos('mel', 3));
  await expect(queueOf(page).getByText('3 of 3 answered')).toBeVisible({ timeout: 500_000 });
  await answered(page, 3);
  // The first that is flagged is shown.
  await queueOf(page)
    .getByRole('button', { name: /^[1-9]\d* flagged$/ })
    .click();
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toBeEnabled();
  const pane = await app.answer.elementHandle();
  const below = () => pane?.evaluate(({ scrollHeight, clientHeight }) => scrollHeight - clientHeight);
  expect(await below(), 'pixels that do not fit in English').toBeLessThanOrEqual(1);
  await page.getByText('한국어').click();
  await expect(page.getByRole('button', { name: ko.answer.again }).first()).toBeVisible();
  expect(await below(), 'pixels that do not fit in Korean').toBeLessThanOrEqual(1);
});
