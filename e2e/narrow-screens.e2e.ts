import type { Locator } from '@playwright/test';
import { en, expect, test } from './app';

/** What a phone shows, upright and on its side, in both languages. */

const upright = { width: 390, height: 844 };
const onItsSide = { width: 844, height: 390 };

/** The heights at which things stand, each once. */
async function rowsOf(items: Locator): Promise<number[]> {
  const boxes = await Promise.all((await items.all()).map((item) => item.boundingBox()));
  return [...new Set(boxes.map((box) => Math.round(box?.y ?? Number.NaN)))];
}

/** On a narrow page: it must not scroll sideways. */
const tooWide = () => document.documentElement.scrollWidth - document.documentElement.clientWidth;

for (const locale of ['en-GB', 'ko-KR']) {
  test.describe(locale, () => {
    test.use({ locale });

    test('no door and no link of the start page stands alone in a row', async ({ app, page, site }) => {
      await page.setViewportSize(onItsSide);
      await app.open(site, '');
      const [doors, links] = [
        page.getByRole('listitem').filter({ has: page.locator('svg') }),
        page.locator('nav li'),
      ];
      await expect(doors).toHaveCount(3);
      await expect(links).toHaveCount(5);
      expect(await rowsOf(doors)).toHaveLength(1);
      expect(await rowsOf(links)).toHaveLength(1);
      await page.setViewportSize(upright);
      expect(await rowsOf(doors)).toHaveLength(3);
      expect(await page.evaluate(tooWide)).toBe(0);
    });

    test('the header shows which screen it is, where the screens go on beyond the edge', async ({
      app,
      page,
      site,
    }) => {
      await page.setViewportSize(upright);
      await app.open(site, 'benchmark');
      await expect(page.locator('nav [aria-current=page]')).toBeInViewport({ ratio: 1 });
    });
  });
}

for (const viewport of [upright, onItsSide]) {
  test(`both answers of a kiosk's question are within reach at ${viewport.width} pixels`, async ({
    app,
    page,
    site,
  }) => {
    test.setTimeout(600_000);
    await page.setViewportSize(viewport);
    await app.open(site, 'kiosk');
    // Nine pictures are run before that, which takes a busy machine its time.
    await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0', { timeout: 300_000 });
    await page.getByRole('button', { name: en.kiosk.touch }).click();
    await page.getByRole('button', { name: en.kioskRound.start }).click();
    const calls = Object.values(en.kioskRound.call).map((name) => page.getByRole('button', { name }));
    await calls[0]?.scrollIntoViewIfNeeded();
    for (const call of calls) await expect(call).toBeInViewport({ ratio: 1 });
    await calls[0]?.click();
    // What the machine said is read above the button that goes on, not under it.
    const said = page.getByText(en.kioskRound.look, { exact: true });
    const next = page.getByRole('button', { name: en.kioskRound.next });
    await said.scrollIntoViewIfNeeded();
    const [words, button] = [await said.boundingBox(), await next.boundingBox()];
    expect((words?.y ?? 0) + (words?.height ?? 0)).toBeLessThanOrEqual(button?.y ?? 0);
    expect(await page.evaluate(tooWide)).toBe(0);
  });
}
