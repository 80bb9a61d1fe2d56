import { tinyPackage } from '../src/engine/testing/tiny-package';
import { en, expect } from './app';
import { answered, files, picture, queueOf } from './queue';
import { test } from './tiny-app';
import { tinyIds, writeTinyModels } from './tiny-models';

/** How the clinic's queue is ordered, what stays in it while another model runs, and how its flags are seen. */

test('the menu orders the queue as it came, by risk, patient and name', async ({ app, page, tinySite }) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  const names = ['b spot.png', 'K-2 chest.png', 'a spot.png', 'K-1 chest.png'];
  await app.pick(names.map((name, index) => ({ name, mimeType: 'image/png', buffer: picture(500 + index) })));
  await answered(page, 4);
  const rows = queueOf(page).getByRole('listitem');
  const shown = async () =>
    (await rows.allInnerTexts()).map((text) => names.findIndex((name) => text.includes(name)));
  const orderBy = async (order: 'arrival' | 'risk' | 'patient' | 'name') => {
    await queueOf(page)
      .getByRole('button', { name: /^Order: / })
      .click();
    await page.getByRole('menuitemradio', { name: en.viewer.queue.order[order], exact: true }).click();
    await expect(
      queueOf(page).getByRole('button', { name: `Order: ${en.viewer.queue.order[order]}`, exact: true }),
    ).toBeVisible();
    // Pressed while it still goes, the button would not open it again.
    await expect(page.getByRole('menu')).toHaveCount(0);
  };
  expect(await shown()).toEqual([0, 1, 2, 3]);
  await orderBy('name');
  await expect.poll(shown).toEqual([2, 0, 3, 1]);
  await orderBy('patient');
  await expect.poll(shown).toEqual([3, 1, 2, 0]);
  await orderBy('risk');
  // No photo without a flag stands above one with it.
  await expect
    .poll(async () => {
      const flags = await rows.evaluateAll((all) =>
        all.map((row) => (row.querySelector('[data-flagged]') ? 1 : 0)),
      );
      return flags.every((flag, index) => index === 0 || flag <= (flags[index - 1] ?? 1));
    })
    .toBe(true);
  await orderBy('arrival');
  await expect.poll(shown).toEqual([0, 1, 2, 3]);
});

test('while another model loads, each photo keeps the answer of the one before, under its name', async ({
  app,
  page,
  tinySite,
}) => {
  await app.open(tinySite);
  await app.chooseBackend('wasm');
  await app.pick(files(3));
  await answered(page, 3);
  let arrive = () => {};
  const held = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  // All but its card, which the page has to have for its name.
  await page.route(`**/models/${tinyIds.fusion}/**`, async (route) => {
    if (!route.request().url().includes('card.json')) await held;
    await route.fallback();
  });
  await page.getByRole('combobox', { name: en.model.choose, exact: true }).click();
  await page.getByRole('option', { name: 'Tiny fusion' }).click();
  await expect(queueOf(page).getByText('0 of 3 answered')).toBeVisible();
  const older = new RegExp(en.viewer.queue.older.replace('{{model}}', 'Tiny'));
  const rows = queueOf(page).getByRole('listitem');
  for (let index = 0; index < 3; index++) await expect(rows.nth(index)).toContainText(older);
  arrive();
  await answered(page, 3);
  for (let index = 0; index < 3; index++) await expect(rows.nth(index)).not.toContainText(older);
});

test('a flag in the queue is seen from a metre away', async ({ app, page, serveVariant }) => {
  // A network that finds its second class, melanoma, in nearly everything.
  const models = await writeTinyModels((logits) => tinyPackage(logits, {}, [0.25, 4.75]));
  try {
    await app.open(await serveVariant({ mounts: { '/models/': models.folder } }));
    await app.chooseBackend('wasm');
    await app.pick(files(2));
    await answered(page, 2);
    const sign = queueOf(page).locator('[data-flagged]').first();
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      for (const layout of ['grid', 'list'] as const) {
        await page.keyboard.press('q');
        await expect(queueOf(page).locator(`[data-layout="${layout}"]`)).toBeVisible();
        await expect(sign).toBeVisible();
        const box = await sign.boundingBox();
        expect(box?.width).toBeGreaterThanOrEqual(30);
        expect(box?.height).toBeGreaterThanOrEqual(30);
        const { flag, plate } = await sign.evaluate(contrasts);
        expect(flag, `${colorScheme}, ${layout}: the flag on its plate`).toBeGreaterThanOrEqual(3);
        expect(plate, `${colorScheme}, ${layout}: the plate on the page`).toBeGreaterThanOrEqual(3);
      }
    }
  } finally {
    models.remove();
  }
});

/**
 * The contrast (WCAG 2, 1 to 21) of a sign with its plate, and of the plate with what is behind it. In the grid that is
 * a photo of any colour: the rim of the plate, a shadow in the page's colour, parts them.
 */
function contrasts(sign: Element): { flag: number; plate: number } {
  const rgb = (colour: string) => (colour.match(/[\d.]+/g) ?? []).map(Number);
  const luminance = (colour: string) => {
    const [red = 0, green = 0, blue = 0] = rgb(colour).map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const contrast = (a: string, b: string) => {
    const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };
  const behind = () => {
    for (let part = sign.parentElement; part; part = part.parentElement) {
      const { backgroundColor } = getComputedStyle(part);
      const [, , , alpha = 1] = rgb(backgroundColor);
      if (alpha === 1 && backgroundColor !== 'transparent') return backgroundColor;
    }
    return 'rgb(255, 255, 255)';
  };
  const { color, backgroundColor, boxShadow } = getComputedStyle(sign);
  const rim = /rgba?\([^)]+\)/.exec(boxShadow)?.[0];
  return { flag: contrast(color, backgroundColor), plate: contrast(backgroundColor, rim ?? behind()) };
}
