import type { Locator, Page } from '@playwright/test';
import jsQR from 'jsqr';
import { PNG } from 'pngjs';
import { appStarted } from '../scripts/app-started';
import { findBrowser, noGpuFlags } from '../scripts/browser';
import { pastRound, toSamples } from '../scripts/kiosk-steps';
import { korean } from '../src/app/languages/texts';
import { expectAccessible } from './accessible';
import { defaultCard, en, expect } from './app';
import { colorSchemes, turn } from './schemes';
import { test } from './tiny-app';

const { kiosk, kioskRound, takeaway } = en;

const lying = { width: 1920, height: 1080 };
const standing = { width: 1080, height: 1920 };

test.use({
  viewport: lying,
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    // As in kiosk.e2e.ts: without WebGPU the engine takes WASM by itself.
    args: noGpuFlags,
  },
});

async function openDoors(page: Page, site: string, query = ''): Promise<void> {
  await page.goto(`${site}#/kiosk?${query}`);
  await appStarted(page);
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
}

/** Looks into a sample, and goes on to the code. */
async function takeSampleAway(page: Page): Promise<void> {
  await toSamples(page);
  await page.getByRole('button', { name: /^Sample 2/ }).click();
  await page.getByRole('button', { name: takeaway.take }).click();
}

/** What another program reads in the code, as a phone's camera would. */
async function scan(page: Page): Promise<string> {
  const code = page.getByRole('img', { name: takeaway.codeAlt });
  const { data, width, height } = PNG.sync.read(await code.screenshot());
  const read = jsQR(new Uint8ClampedArray(data), width, height);
  if (!read) throw new Error('The code on the screen cannot be read.');
  return new TextDecoder().decode(new Uint8Array(read.binaryData));
}

test('the code holds an address whose page shows the visit, and no server hears of it', async ({
  context,
  page,
  site,
}) => {
  const asked: string[] = [];
  context.on('request', (request) => asked.push(request.url()));
  await openDoors(page, site, 'address=https://kiosk.example/lentigo');
  await takeSampleAway(page);
  const text = await scan(page);
  expect(text).toMatch(/^https:\/\/kiosk\.example\/lentigo\/#\/takeaway\?v=1&/);
  // The code was made here: nothing was asked for it.
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
  await expectAccessible(page);

  const phone = await context.newPage();
  await phone.setViewportSize({ width: 390, height: 844 });
  await phone.goto(site + text.slice(text.indexOf('#')));
  await expect(phone.getByRole('heading', { name: takeaway.heading })).toBeVisible();
  await expect(phone.getByText('Sample 2')).toBeVisible();
  await expect(phone.getByText(takeaway.drawingNote)).toBeVisible();
  await expect(phone.getByText(defaultCard.title.en)).toBeVisible();
  await expect(phone.getByRole('article')).toContainText('Not a medical device');
  expect(await phone.evaluate(() => document.images.length)).toBe(0);
  expect(asked.filter((url) => /takeaway\?|[?&]v=1/.test(url))).toEqual([]);
});

test('where no phone reaches the kiosk, the code holds plain text', async ({ page, site }) => {
  await openDoors(page, site);
  await takeSampleAway(page);
  const text = await scan(page);
  expect(text).toContain('Sample 2');
  expect(text).toContain(defaultCard.title.en);
  expect(text).toContain(en.app.disclaimer);
  expect(text).not.toContain('#/');
  // In a letter of three bytes, too.
  await page.getByText('한국어').click();
  await expect(page.getByRole('img', { name: korean.takeaway.codeAlt })).toBeVisible();
});

test('a visit that was forgotten leaves nothing to take', async ({ page, site }) => {
  await openDoors(page, site);
  await takeSampleAway(page);
  await page.locator('header').getByRole('button', { name: kiosk.startOver }).click();
  await page.getByRole('button', { name: kiosk.touch }).click();
  await expect(page.getByRole('button', { name: kioskRound.start })).toBeVisible();
  await expect(page.getByRole('button', { name: takeaway.take })).toHaveCount(0);
});

const classes = defaultCard.classes.map(({ id }, index) => `${id}~${index === 0 ? 900 : 10}`).join('.');
const visit = `v=1&d=2026-11-29&m=${defaultCard.id}@1.0.0&s=3p0u.${classes}&r=4-5-6`;

test("the page names classes as the model's card does, and breaks no rule, light and dark", async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto(`${site}#/takeaway?${visit}`);
  const table = page.getByRole('table', { name: takeaway.probabilities });
  await expect(table.getByRole('row')).toHaveCount(defaultCard.classes.length);
  await expect(table).toContainText(defaultCard.classes[0]?.name.en ?? '');
  await expect(page.getByText('4 of 6 right')).toBeVisible();
  for (const colorScheme of colorSchemes) {
    await turn(page, colorScheme);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(390);
    await expectAccessible(page, colorScheme);
  }
});

test('says what is wrong with an address that holds no visit', async ({ page, site }) => {
  for (const [hash, problem] of [
    ['', 'empty'],
    ['?', 'empty'],
    ['?v=7&x=1', 'newer'],
    [`?${visit.replace('~900', '~9000')}`, 'damaged'],
    ['?v=1&d=<img src=x onerror=alert(1)>', 'damaged'],
  ] as const) {
    // Away first, so that each address opens the page as a phone does.
    await page.goto('about:blank');
    await page.goto(`${site}#/takeaway${hash}`);
    await expect(page.getByRole('alert'), hash).toHaveText(takeaway.refused[problem]);
    await expect(page.getByText(en.app.disclaimer).first(), hash).toBeVisible();
  }
});

/** Millimetres of a 24-inch screen's shorter side, and what is asked for at five metres (loop.module.css). */
const screenMm = 299;
const letterMm = 20;
/** Capitals are as high as that part of a letter's em. */
const capitals = 0.7;

/** What is wrong with the words of the loop for somebody who stands far away. */
async function faultsOf(loop: Locator): Promise<string[]> {
  return loop.evaluate(
    (element, { screenMm, letterMm, capitals }) => {
      const luminance = (colour: string) => {
        const [r = 0, g = 0, b = 0] = (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map((part) => {
          const value = Number(part) / 255;
          return value <= 0.03928 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
        });
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
      };
      const groundOf = (at: Element | null): string => {
        if (!at) return 'rgb(255, 255, 255)';
        const { backgroundColor } = getComputedStyle(at);
        return /, 0\)$|transparent/.test(backgroundColor) ? groundOf(at.parentElement) : backgroundColor;
      };
      const faults: string[] = [];
      const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        const parent = node.parentElement;
        const text = node.textContent?.trim();
        // Names for screen readers alone are clipped to a point.
        if (!parent || !text || parent.getBoundingClientRect().width <= 2) continue;
        const style = getComputedStyle(parent);
        const side = Math.min(window.innerWidth, window.innerHeight);
        const height = (capitals * Number.parseFloat(style.fontSize) * screenMm) / side;
        if (height < letterMm) faults.push(`"${text}" is ${height.toFixed(1)} mm high`);
        const [lighter = 0, darker = 0] = [luminance(style.color), luminance(groundOf(parent))].sort(
          (a, b) => b - a,
        );
        const contrast = (lighter + 0.05) / (darker + 0.05);
        if (contrast < 7) faults.push(`"${text}" has a contrast of ${contrast.toFixed(1)}:1`);
        const box = document.createRange();
        box.selectNodeContents(node);
        const place = box.getBoundingClientRect();
        const page = element.getBoundingClientRect();
        if (place.bottom > page.bottom + 1 || place.right > page.right + 1)
          faults.push(`"${text}" is cut off`);
      }
      return faults;
    },
    { screenMm, letterMm, capitals },
  );
}

for (const [language, words] of [
  ['en', en],
  ['ko', korean],
] as const) {
  test(`the loop is read from five metres, lying and standing, light and dark: ${language}`, async ({
    page,
    tinySite: site,
  }) => {
    await page.clock.install();
    await openDoors(page, site, `language=${language}`);
    const loop = page.locator('[data-place=loop] [data-loop]');
    const step = page.getByRole('list', { name: words.kiosk.steps }).locator('[aria-current=step]');
    const seen = new Set<string>();
    // Each stage stays for four seconds; a sample has four stages at most. Two samples: while a slow machine
    // begins to look, the first stage can go by.
    for (let scene = 0; scene < 8; scene += 1) {
      seen.add((await step.textContent()) ?? '');
      for (const viewport of [lying, standing]) {
        await page.setViewportSize(viewport);
        const start = page.getByRole('button', { name: words.kiosk.touch });
        await expect(start).toBeInViewport({ ratio: 1 });
        for (const colorScheme of colorSchemes) {
          await turn(page, colorScheme);
          expect(await faultsOf(loop), `${viewport.width} wide, ${colorScheme}`).toEqual([]);
        }
      }
      await page.clock.runFor(4000);
    }
    expect(seen).toContain(words.kiosk.step.photo.name);
    expect(seen).toContain(words.kiosk.step.answer.name);
  });
}

test('a language that the host adds is offered to visitors, written from the right', async ({
  page,
  tinySite: site,
}) => {
  await openDoors(page, site);
  await page.keyboard.press('F2');
  const download = page.waitForEvent('download');
  await page.getByRole('button', { name: kiosk.settings.languages.template }).click();
  const template = JSON.parse(await streamText(await (await download).createReadStream()));
  expect(template.texts.kiosk.touch).toBe(kiosk.touch);

  const translated = structuredClone(template);
  Object.assign(translated, { language: 'he', name: 'עברית', dir: 'rtl' });
  translated.texts.kiosk.touch = 'געו כדי לנסות';
  translated.texts.kiosk.sample = 'דוגמה';
  await addFile(page, translated);
  await expect(page.getByRole('alert')).toContainText('kiosk.sample');
  translated.texts.kiosk.sample = 'דוגמה {{number}}';
  delete translated.texts.kiosk.next;
  await addFile(page, translated);
  await page.getByText(/missing and stay/).click();
  await expect(page.getByText('kiosk.next', { exact: true })).toBeVisible();
  await page.getByRole('button', { name: kiosk.settings.save, exact: true }).click();
  await expect(page.getByText(kiosk.settings.saved)).toBeVisible();
  await page.getByRole('button', { name: kiosk.openDoors }).click();

  await page.getByText('עברית').click();
  // The doors open again with the new settings: who touches before the answers are there comes to the samples.
  await pastRound(page);
  await expect(page.locator('html')).toHaveAttribute('dir', 'rtl');
  await expect(page.locator('html')).toHaveAttribute('lang', 'he');
  await expect(page.getByRole('button', { name: 'דוגמה 1' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'דוגמה 1' }).click();
  // What is missing stays English.
  await expect(page.getByRole('button', { name: kiosk.next })).toBeVisible();
  await page.getByRole('button', { name: kiosk.startOver }).click();
  await expect(page.locator('html')).toHaveAttribute('dir', 'ltr');
  await expect(page.getByRole('button', { name: kiosk.touch })).toBeVisible();

  // Kept, and chosen by the address.
  await page.goto('about:blank');
  await page.goto(`${site}#/kiosk?language=he`);
  await expect(page.getByRole('button', { name: 'געו כדי לנסות' })).toBeVisible();
});

async function streamText(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const parts: Uint8Array[] = [];
  for await (const part of stream) parts.push(part);
  return Buffer.concat(parts).toString('utf8');
}

async function addFile(page: Page, content: unknown): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: kiosk.settings.languages.add }).click();
  const buffer = Buffer.from(JSON.stringify(content));
  await (await chooser).setFiles({ name: 'he.json', mimeType: 'application/json', buffer });
}
