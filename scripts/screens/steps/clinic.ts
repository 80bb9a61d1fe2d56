import { readFileSync } from 'node:fs';
import type { Page } from 'playwright';
import { english as en } from '../../../src/app/languages/texts';
import { encodePng } from '../../../src/core/image/png';
import { samplePixels } from '../../../src/core/image/sample';
import { withGrain } from '../../fake-camera';

/** What a person does in the clinic to come to the states that are photographed. */

type File = { name: string; mimeType: string; buffer: Buffer };

/** On a narrow page the panes stand behind tabs. */
export async function show(page: Page, pane: 'queue' | 'photo' | 'answer'): Promise<void> {
  const words = en.viewer.tabs[pane].split(' (')[0] ?? '';
  const tab = page.getByRole('tab', { name: new RegExp(`^${words}( \\(|$)`) });
  if (await tab.isVisible()) await tab.click();
}

/** Opens a section of the answer. */
export async function unfold(page: Page, heading: string): Promise<void> {
  const toggle = page.getByRole('button', { name: heading, exact: true });
  if ((await toggle.getAttribute('aria-expanded')) === 'false') await toggle.click();
}

/** The picture is drawn by the page itself, so no photo of a person is needed. */
export async function takeSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.photo.sample }).click();
  await answered(page);
}

export async function answered(page: Page): Promise<void> {
  await page.getByText(en.photo.dropHere).waitFor({ state: 'hidden' });
  await show(page, 'answer');
  await page.getByRole('button', { name: en.answer.again }).waitFor();
}

export async function pick(page: Page, files: File[]): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: new RegExp(`${en.photo.choose}|${en.photo.another}`) }).click();
  await (await chooser).setFiles(files);
}

/**
 * A picture that our own code draws, sharp enough for the input gate: a spot, or two of them side by side.
 */
export function draw(seed: number, spots = 1, grain = true): Buffer {
  const [width, height] = [640, 480];
  const each = width / spots;
  const data = new Uint8ClampedArray(4 * width * height);
  for (let spot = 0; spot < spots; spot++) {
    const pixels = samplePixels(seed + spot, each, height);
    for (let y = 0; y < height; y++) {
      data.set(pixels.subarray(4 * each * y, 4 * each * (y + 1)), 4 * (width * y + each * spot));
    }
  }
  const picture = { width, height, channels: 4, data: grain ? withGrain(data) : data } as const;
  return Buffer.from(encodePng(picture));
}

export const letter: File = { name: 'letter.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('no photo') };

export async function several(page: Page): Promise<void> {
  const spots = [1, 2, 3, 4, 5].map((seed) => ({
    name: `spot ${seed}.png`,
    mimeType: 'image/png',
    buffer: draw(seed),
  }));
  await pick(page, [...spots, letter]);
  await show(page, 'queue');
  const done = en.viewer.queue.state.split('}}').pop() ?? '';
  // One photo after the other, each with its outline.
  await page.getByText(new RegExp(`5 of 6${done}`)).waitFor({ timeout: 300_000 });
}

/** Picks the first photos of the queue, or all, by presses alone: so it goes on a phone too. */
export async function pickPhotos(page: Page, count: number | 'all'): Promise<void> {
  await page.getByRole('button', { name: en.pane.picking.toggle, exact: true }).click();
  if (count === 'all') {
    await page.getByRole('button', { name: en.pane.picking.all, exact: true }).click();
    return;
  }
  const photos = page.getByRole('button', { name: /^spot \d/ });
  for (let index = 0; index < count; index++) await photos.nth(index).click();
}

/** Two spots in one picture, each with a square of its own. */
export async function severalLesions(page: Page): Promise<void> {
  await pick(page, [{ name: 'two spots.png', mimeType: 'image/png', buffer: draw(20, 2) }]);
  await show(page, 'answer');
  const overrule = page.getByRole('button', { name: en.answer.overrule });
  const again = page.getByRole('button', { name: en.answer.again });
  await again.or(overrule).waitFor();
  if (await overrule.isVisible()) await overrule.click();
  await again.waitFor();
  const table = page.getByRole('table', { name: en.viewer.lesions.heading });
  if (!(await table.isVisible())) await ownSquares(page);
  await show(page, 'answer');
  const all = page.getByRole('button', { name: /^Look at all/ });
  if (await all.isVisible()) await all.click();
  await table.getByRole('row').nth(2).waitFor();
  await table.getByText(en.viewer.queue.running).first().waitFor({ state: 'hidden' });
}

/** Where the answer says which square it is for. */
const squareSeen = (page: Page) => page.locator('dd', { hasText: ' px, from ' });

/** A square for each of two lesions, where no model finds them. */
async function ownSquares(page: Page): Promise<void> {
  await show(page, 'photo');
  await tool(page, en.viewer.keys.square);
  const keep = page.getByRole('button', { name: en.viewer.square.keep });
  for (const key of ['ArrowRight', 'ArrowLeft']) {
    await show(page, 'answer');
    const before = (await squareSeen(page).textContent()) ?? '';
    await show(page, 'photo');
    await page.getByRole('button', { name: /^The square that the model sees: / }).focus();
    for (let press = 0; press < 14; press++) {
      await page.keyboard.press(key === 'ArrowRight' && press < 9 ? 'Shift+ArrowLeft' : key);
    }
    await show(page, 'answer');
    await squareSeen(page).filter({ hasNotText: before }).waitFor({ state: 'attached' });
    await answered(page);
    await show(page, 'photo');
    await keep.click();
  }
}

/** A photo that the fusion answers for, with metadata and test-time augmentation. */
export async function fusion(page: Page): Promise<void> {
  const { packages } = JSON.parse(readFileSync('public/models/index.json', 'utf8'));
  const cards = packages.map((id: string) =>
    JSON.parse(readFileSync(`public/models/${id}/card.json`, 'utf8')),
  );
  await pick(page, [{ name: 'spot.png', mimeType: 'image/png', buffer: draw(3) }]);
  await show(page, 'answer');
  await page.getByRole('combobox', { name: en.model.choose, exact: true }).click();
  const { title } = cards.find(({ task }: { task: string }) => task === 'fusion');
  await page.getByRole('option', { name: title.en }).click();
  const again = page.getByRole('button', { name: en.answer.again });
  const overrule = page.getByRole('button', { name: en.answer.overrule });
  await unfold(page, en.facts.heading);
  await page.getByRole('textbox', { name: /years/i }).fill('64');
  await page.getByRole('textbox', { name: /years/i }).press('Tab');
  await again.or(overrule).waitFor();
  if (await overrule.isVisible()) await overrule.click();
  await page.getByRole('heading', { name: en.viewer.whatIf.heading }).waitFor();
  await unfold(page, en.pane.comparison);
  await page.getByRole('button', { name: en.viewer.tta.ask }).click();
  await page.getByText(en.viewer.tta.whiskers).waitFor();
  const insist = page.getByRole('button', { name: en.answer.showNumbers });
  if (await insist.isVisible()) await insist.click();
  await page.getByRole('heading', { name: en.answer.probabilities }).scrollIntoViewIfNeeded();
}

/** A blurred photo, which the gate turns away before any network sees it. */
export async function refused(page: Page): Promise<void> {
  await pick(page, [{ name: 'blurred.png', mimeType: 'image/png', buffer: draw(3, 1, false) }]);
  await show(page, 'answer');
  await page.getByRole('button', { name: en.answer.overrule }).waitFor();
}

export const inKorean = (state: (page: Page) => Promise<void>) => async (page: Page) => {
  await state(page);
  await page.getByText('한국어').click();
};

/** Where a dialog or a menu stands over the page: the switch is behind it. */
export const koreanBehind = (state: (page: Page) => Promise<void>) => async (page: Page) => {
  await state(page);
  await page.getByText('한국어').evaluate((label: HTMLElement) => label.click());
  await page.locator('html[lang="ko"]').waitFor();
};

export const tool = (page: Page, name: string) => page.getByRole('button', { name, exact: true }).click();
