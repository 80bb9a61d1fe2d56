import { execFileSync } from 'node:child_process';
import type { Locator, Page } from '@playwright/test';
import { en, expect, test } from './app';

interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

async function boxOf(figure: Locator): Promise<Box> {
  const box = await figure.boundingBox();
  if (!box) throw new Error('there is no photo');
  return box;
}

/** Which place of the photo, as shares of its sides, lies under a point of the page. */
const under = (point: { x: number; y: number }, { x, y, width, height }: Box) => [
  (point.x - x) / width,
  (point.y - y) / height,
];

const expectSame = (a: number[], b: number[]) =>
  a.forEach((value, index) => {
    expect(Math.abs(value - (b[index] ?? 0))).toBeLessThan(0.02);
  });

/** Two fingers, put down and drawn apart along a level line around a point. */
async function pinch(
  page: Page,
  { x, y }: { x: number; y: number },
  from: number,
  to: number,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: true, maxTouchPoints: 2 });
  const touch = (type: 'touchStart' | 'touchMove', apart: number) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: [
        { x: x - apart / 2, y, id: 1 },
        { x: x + apart / 2, y, id: 2 },
      ],
    });
  await touch('touchStart', from);
  for (let step = 1; step <= 5; step++) await touch('touchMove', from + ((to - from) * step) / 5);
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.send('Emulation.setTouchEmulationEnabled', { enabled: false });
  await session.detach();
}

test.beforeEach(async ({ app, page, site }) => {
  await app.open(site);
  await app.chooseBackend('wasm');
  await page.getByRole('button', { name: en.photo.sample }).click();
  await app.shownProbabilities();
});

test('the photo comes nearer by wheel, by pinch and by key, around the place that is meant', async ({
  page,
}) => {
  const stage = page.getByRole('region', { name: en.viewer.stage });
  const figure = stage.getByRole('figure');
  const whole = await boxOf(figure);
  const point = { x: whole.x + 0.7 * whole.width, y: whole.y + 0.3 * whole.height };
  await page.mouse.move(point.x, point.y);
  await page.mouse.wheel(0, -600);
  await expect.poll(async () => (await boxOf(figure)).width).toBeGreaterThan(1.5 * whole.width);
  const near = await boxOf(figure);
  expectSame(under(point, near), [0.7, 0.3]);

  // Drawn along with the pointer.
  await page.mouse.down();
  await page.mouse.move(point.x - 40, point.y + 25, { steps: 4 });
  await page.mouse.up();
  await expect.poll(async () => Math.round((await boxOf(figure)).x - near.x)).toBe(-40);
  expect(Math.round((await boxOf(figure)).y - near.y)).toBe(25);

  await page.getByRole('button', { name: en.viewer.keys['zoom-reset'], exact: true }).click();
  await expect.poll(() => boxOf(figure)).toEqual(whole);
  const middle = { x: whole.x + whole.width / 2, y: whole.y + whole.height / 2 };
  await pinch(page, middle, 80, 160);
  await expect.poll(async () => (await boxOf(figure)).width / whole.width).toBeCloseTo(2, 1);
  expectSame(under(middle, await boxOf(figure)), [0.5, 0.5]);
  // Fingers that are gone leave nothing behind: the wheel alone brings it back.
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, 3000);
  await expect.poll(() => boxOf(figure)).toEqual(whole);

  await page.keyboard.press('+');
  await expect.poll(async () => (await boxOf(figure)).width).toBeGreaterThan(whole.width);

  // Over the whole page by one key, and back.
  const room = (await boxOf(stage)).width;
  await page.keyboard.press('f');
  await expect.poll(async () => (await boxOf(stage)).width).toBeGreaterThan(1.2 * room);
  await page.keyboard.press('f');
  await expect.poll(async () => (await boxOf(stage)).width).toBe(room);

  await page.keyboard.press('m');
  await expect(stage.getByRole('img', { name: new RegExp(en.map.alt.split('{{')[0] ?? '') })).toBeVisible();
});

test('the length of a line is read whole, wherever the line ends and however near the photo is', async ({
  page,
}) => {
  const stage = page.getByRole('region', { name: en.viewer.stage });
  // The options of measuring take their room from the stage.
  await page.keyboard.press('l');
  await expect(stage.locator('output')).toHaveCount(1);
  const whole = await boxOf(stage.getByRole('figure'));
  const room = await boxOf(stage);
  const middle = { x: room.x + room.width / 2, y: room.y + room.height / 2 };
  await page.mouse.move(middle.x, middle.y);
  await page.mouse.wheel(0, -900);
  await expect
    .poll(async () => (await boxOf(stage.getByRole('figure'))).width)
    .toBeGreaterThan(1.8 * whole.width);
  const ends = [
    { x: room.x + 4, y: middle.y },
    { x: room.x + room.width - 4, y: middle.y },
    { x: middle.x, y: room.y + 4 },
    { x: middle.x, y: room.y + room.height - 4 },
    { x: room.x + room.width - 4, y: room.y + room.height - 4 },
  ];
  for (const [index, end] of ends.entries()) {
    await page.mouse.move(middle.x, middle.y + 30 * index - 60);
    await page.mouse.down();
    await page.mouse.move(end.x, end.y, { steps: 5 });
    await page.mouse.up();
    await expect(stage.locator('output')).toHaveCount(index + 1);
    const label = await boxOf(stage.locator('output').last());
    expect(label.x).toBeGreaterThanOrEqual(room.x - 0.5);
    expect(label.y).toBeGreaterThanOrEqual(room.y - 0.5);
    expect(label.x + label.width).toBeLessThanOrEqual(room.x + room.width + 0.5);
    expect(label.y + label.height).toBeLessThanOrEqual(room.y + room.height + 0.5);
  }
});

test('on paper: the page gives photo, answer and disclaimer, the menu hands the report to the printer', async ({
  app,
  page,
}) => {
  await page.emulateMedia({ media: 'print' });
  await expect(page.getByRole('button', { name: en.export.menu, exact: true })).toBeHidden();
  await expect(page.getByRole('navigation')).toBeHidden();
  await expect(page.getByRole('figure')).toBeVisible();
  const pdf = await page.pdf({ format: 'A4' });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  try {
    const text = execFileSync('pdftotext', ['-', '-'], { input: pdf, encoding: 'utf8' }).replace(/\s+/g, ' ');
    expect(text).toContain(en.app.disclaimer);
    // Whole, not cut at the window's height: the last part of the answer is there.
    expect(text).toContain(en.answer.provenance);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || process.env.CI === 'true') throw error;
  }
  await page.emulateMedia({ media: 'screen' });

  const forbidden: string[] = [];
  page.on('console', (message) => message.type() === 'error' && forbidden.push(message.text()));
  await page.getByRole('button', { name: en.export.menu, exact: true }).click();
  await page.getByRole('menuitem', { name: en.export.print }).click();
  const frame = page.locator('iframe[title="PDF"]');
  await expect(frame).toBeAttached();
  expect(await frame.getAttribute('src')).toMatch(/^blob:/);
  expect(forbidden.filter((text) => /Content Security Policy/i.test(text))).toEqual([]);
  await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toBeAttached();
});
