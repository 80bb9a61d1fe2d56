import { linkSync, writeFileSync } from 'node:fs';
import { expectPartAccessible } from './accessible';
import { en, expect } from './app';
import { answered, files, picture, queueOf } from './queue';
import { stopsIn, tabThrough } from './tab-stops';
import { test } from './tiny-app';

/** A day's photos in the clinic, with networks so small that none is waited for. */

const foldingSections = [en.facts.heading, en.pane.threshold, en.pane.comparison, en.pane.about];

// A help text that fades away still covers what has the focus next.
test.use({ contextOptions: { reducedMotion: 'reduce' } });

test.beforeEach(async ({ app, tinySite }) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
});

test('a queue of 32 photos is at most three stops of the Tab key, and no bar covers the focus', async ({
  app,
  page,
}) => {
  test.slow();
  await app.pick(files(32));
  await answered(page, 32);
  expect(await stopsIn(page, queueOf(page))).toBeLessThanOrEqual(3);
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

  // In the toolbar the arrow keys go on.
  await page.locator('main').focus();
  await page.keyboard.press('Tab');
  await page.keyboard.press('ArrowRight');
  expect(await focused()).toBe(en.photo.folder);
  // In the list they look at the next photo; with Shift they pick.
  const items = queueOf(page).getByRole('listitem');
  await items.nth(0).getByRole('button').first().focus();
  await page.keyboard.press('ArrowDown');
  await expect(items.nth(1).getByRole('button').first()).toBeFocused();
  await expect(items.nth(1).getByRole('button').first()).toHaveAttribute('aria-current', 'true');
  await page.keyboard.press('Shift+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press('Control+ArrowDown');
  await page.keyboard.press(' ');
  await expect(queueOf(page).getByText('3 picked')).toBeVisible();
  expect(await stopsIn(page, queueOf(page))).toBeLessThanOrEqual(3);
  await expectPartAccessible(page, 'section');

  // On through the answer with every section open, in a low window, there and back.
  for (const heading of foldingSections) await app.unfold(heading);
  await page.setViewportSize({ width: 1280, height: 600 });
  const main = page.locator('main');
  expect(await tabThrough(page, app.answer, main, 'Tab')).toEqual({ covered: [], stops: expect.any(Number) });
  const back = await tabThrough(page, app.answer, main, 'Shift+Tab');
  expect(back.covered).toEqual([]);
  expect(back.stops).toBeGreaterThan(15);
});

test('models are asked about the whole queue on purpose, and two photos move together', async ({
  app,
  page,
}) => {
  await app.pick(files(3));
  await answered(page, 3);
  await queueOf(page).getByRole('button', { name: en.pane.agreement.open }).click();
  const dialog = page.getByRole('dialog', { name: en.pane.agreement.open });
  // So far one model has answered.
  await expect(dialog.getByText(en.pane.agreement.nothing)).toBeVisible();
  await dialog.getByRole('button', { name: 'Ask about 3 photos' }).click();
  await expect(dialog.getByText(en.pane.agreement.complete)).toBeVisible();
  await expect(dialog.getByText(/^The models part on \d of 3 photos\.$/)).toBeVisible();
  const grid = dialog.getByRole('table');
  await expect(grid.getByRole('row')).toHaveCount(4);
  await expect(grid.getByRole('cell')).toHaveCount(9);
  await expect(grid.getByText('–')).toHaveCount(0);
  await expectPartAccessible(page, '.mantine-Modal-body');
  await grid.getByRole('button', { name: /spot 2/ }).click();
  await expect(dialog).toHaveCount(0);
  const rows = queueOf(page).getByRole('listitem').getByRole('button', { name: /^spot/ });
  await expect(rows.nth(1)).toHaveAttribute('aria-current', 'true');
  // The answers are the photo's own.
  await app.unfold(en.pane.comparison);
  const compared = app.answer.getByRole('table', { name: en.viewer.compare.heading });
  await expect(compared.getByRole('row')).toHaveCount(3);

  await rows.nth(0).focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Shift+ArrowDown');
  await page.getByRole('button', { name: en.pane.beside.open }).click();
  const pair = page.getByRole('dialog', { name: en.pane.beside.heading });
  const stages = pair.getByRole('region');
  const widths = () =>
    pair
      .getByRole('figure')
      .evaluateAll((all) => all.map((one) => Math.round(one.getBoundingClientRect().width)));
  await expect(stages).toHaveCount(2);
  const [whole = 0] = await widths();
  expect(await widths()).toEqual([whole, whole]);
  await stages.nth(1).hover();
  await page.mouse.wheel(0, -600);
  await expect.poll(async () => (await widths())[0]).toBeGreaterThan(1.5 * whole);
  const [first, second] = await widths();
  expect(first).toBe(second);
  await expectPartAccessible(page, '.mantine-Modal-body');
  // By key, each by itself once they are no longer linked.
  await pair.getByRole('switch', { name: en.pane.beside.linked }).uncheck({ force: true });
  await stages.nth(0).focus();
  await page.keyboard.press('0');
  await expect.poll(widths).toEqual([whole, second]);
  await page.keyboard.press('+');
  await expect.poll(async () => (await widths())[0]).toBeGreaterThan(whole);
  expect((await widths())[1]).toBe(second);
});

test.describe('on a phone', () => {
  test.use({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });

  test('a visit begins at the self-check, unscrolled; the clinic is one tap away and stays chosen', async ({
    app,
    page,
  }) => {
    const site = page.url().replace(/#.*/, '');
    await page.evaluate(() => localStorage.removeItem('lentigo-start'));
    await page.goto('about:blank');
    await page.goto(site);
    const heading = page.getByRole('heading', { level: 1 });
    await expect(heading).toBeVisible();
    expect(page.url()).toContain('#/self-check');
    const scrolled = () => page.evaluate(() => window.scrollY);
    expect(await scrolled()).toBe(0);
    await expect(page.getByRole('banner')).toBeInViewport();
    await heading.evaluate(() => window.scrollTo(0, 400));
    await page.getByRole('link', { name: en.page.clinic, exact: true }).click();
    await expect(page.getByText(en.photo.dropHere)).toBeVisible();
    expect(await scrolled()).toBe(0);
    await page.goto('about:blank');
    await page.goto(site);
    await expect(page.getByText(en.photo.dropHere)).toBeVisible();

    // Decision and keys are in the lower third, under the photo.
    await app.pick(files(2));
    await app.show('photo');
    const bar = page.getByRole('toolbar', { name: en.viewer.phone.label });
    await expect(bar.getByText('1 of 2')).toBeVisible();
    await bar.getByRole('button', { name: en.viewer.keys.next }).click();
    await bar.getByRole('button', { name: en.viewer.keys.reviewed }).click();
    await expect(bar.getByText('2 of 2')).toBeVisible();
    await expect(bar.getByRole('button', { name: en.viewer.keys.reviewed })).toHaveAttribute(
      'aria-pressed',
      'true',
    );
    expect((await bar.boundingBox())?.y).toBeGreaterThan((2 / 3) * 844);
    await expect(page.getByRole('img', { name: /spot 2/ }).last()).toBeInViewport();

    // Beside the whole answer they stay; nor does the bar cover what has the focus.
    await app.show('answer');
    await bar.getByRole('button', { name: en.viewer.keys.previous }).click();
    await expect(bar.getByText('1 of 2')).toBeVisible();
    expect((await bar.boundingBox())?.y).toBeGreaterThan((2 / 3) * 844);
    for (const heading of foldingSections) await app.unfold(heading);
    expect((await tabThrough(page, app.answer, null, 'Tab')).covered).toEqual([]);
    expect((await tabThrough(page, app.answer, null, 'Shift+Tab')).covered).toEqual([]);
  });
});

test('counts filter, keys mark, and 1,200 photos are no more of the page in the grid', async ({
  app,
  page,
}, testInfo) => {
  await app.pick(files(6));
  await answered(page, 6);
  const queue = queueOf(page);
  const items = queue.getByRole('listitem');
  await page.keyboard.press('1');
  await page.keyboard.press('j');
  await page.keyboard.press('2');
  await page.keyboard.press('j');
  await page.keyboard.press('3');
  await queue.getByRole('button', { name: '1 starred' }).click();
  await expect(items).toHaveCount(1);
  await expect(items).toContainText(en.viewer.queue.marks.starred);
  await page.keyboard.press('1');
  await expect(items).toHaveCount(1);
  await queue.getByRole('button', { name: '0 starred' }).click();
  await queue.getByRole('button', { name: '4 to review' }).click();
  await expect(items).toHaveCount(4);
  await queue.getByRole('button', { name: '4 to review' }).click();
  await page.keyboard.press('?');
  const help = page.getByRole('dialog', { name: en.viewer.keys.title });
  await expect(help.getByText(en.viewer.keys['set-aside'])).toBeVisible();
  await page.keyboard.press('Escape');

  const first = testInfo.outputPath('p 0.png');
  writeFileSync(first, picture(0));
  const names = Array.from({ length: 1194 }, (_, index) => testInfo.outputPath(`p ${index}.png`));
  for (const name of names.slice(1)) linkSync(first, name);
  await app.pick(names);
  await page.keyboard.press('q');
  await items.first().getByRole('button').first().focus();
  await page.keyboard.press('End');
  await expect(queue.getByRole('button', { name: /^p 1193\.png/ })).toBeFocused();
  expect(await items.count()).toBeLessThan(120);
  await page.keyboard.press('ArrowLeft');
  await expect(queue.getByRole('button', { name: /^p 1192\.png/ })).toHaveAttribute('aria-current', 'true');
});
