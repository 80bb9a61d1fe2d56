/** `npm run screenshots`: every state of every screen, wide and narrow, light and dark, into screenshots/. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { english as en } from '../src/app/languages/texts';
import { ensureBrowser, softwareGpuFlags } from './browser';
import { buildWhenStale, builtApp } from './build';
import { main, root } from './command';
import { serve } from './serve';

const folder = join(root, 'screenshots');
const sizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
};

/** How to bring a fresh page into each state; the picture is drawn by the page itself, so no photo of a person is needed. */
const states: Record<string, (page: Page) => Promise<void>> = {
  empty: async (page) => {
    await page.getByRole('button', { name: new RegExp(en.model.load.split('(')[0] ?? '') }).waitFor();
  },
  'model facts': async (page) => {
    await page.getByRole('button', { name: en.model.about }).click();
  },
  'back end': async (page) => {
    await page.getByRole('button', { name: new RegExp(en.backend.label.split('{')[0] ?? '') }).click();
  },
  running: async (page) => {
    await page.getByRole('button', { name: en.photo.sample }).click();
    await page.getByRole('heading', { name: en.answer.runningHeading }).waitFor();
  },
  answer: takeSample,
  'unlike what it learned from': async (page) => {
    await pick(page, 'stripes.png', 'image/png', await drawStripes(page));
    await answered(page);
  },
  map: async (page) => {
    await takeSample(page);
    await page.getByRole('switch', { name: en.map.show }).check({ force: true });
  },
  'wrong file': async (page) => {
    await pick(page, 'letter.jpg', 'image/jpeg', Buffer.from('no photo'));
    await page.getByRole('alert').waitFor();
  },
  'model out of reach': async (page) => {
    await page.route('**/models/**', (route) => route.abort());
    await page.reload();
    await page.getByRole('alert').waitFor();
  },
  korean: async (page) => {
    await takeSample(page);
    await page.getByText('한국어').click();
  },
  'no such page': async (page) => {
    await page.goto(page.url().replace(/#.*/, '#/nowhere'));
    await page.getByRole('heading', { name: en.missing.heading }).waitFor();
  },
};

async function takeSample(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.photo.sample }).click();
  await answered(page);
}

async function answered(page: Page): Promise<void> {
  await page.getByRole('button', { name: en.answer.again }).waitFor();
}

async function pick(page: Page, name: string, mimeType: string, buffer: Buffer): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: en.photo.choose }).click();
  await (await chooser).setFiles({ name, mimeType, buffer });
}

/** A picture of stripes: nothing that a skin model has seen. */
async function drawStripes(page: Page): Promise<Buffer> {
  const dataUrl = await page.evaluate(() => {
    const canvas = document.createElement('canvas');
    canvas.width = canvas.height = 480;
    const context = canvas.getContext('2d');
    for (let x = 0; context && x < 480; x += 40) {
      context.fillStyle = `hsl(${x} 80% 50%)`;
      context.fillRect(x, 0, 20, 480);
    }
    return canvas.toDataURL('image/png');
  });
  return Buffer.from(dataUrl.split(',')[1] ?? '', 'base64');
}

async function photograph(
  context: BrowserContext,
  url: string,
  name: string,
  state: (page: Page) => Promise<void>,
) {
  const page = await context.newPage();
  // An emulated GPU takes its time.
  page.setDefaultTimeout(120_000);
  await page.goto(`${url}#/clinic`);
  await state(page);
  const path = join(folder, `${name.replaceAll(' ', '-')}.png`);
  // What lies below the fold of a narrow page belongs to the state too.
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  console.log(path);
}

await main(async () => {
  await buildWhenStale();
  mkdirSync(folder, { recursive: true });
  const server = await serve({ folder: builtApp, port: 0 });
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args: softwareGpuFlags });
  for (const [size, viewport] of Object.entries(sizes)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const [name, state] of Object.entries(states)) {
        // A context of its own, so that nothing is kept from another state.
        const context = await browser.newContext({
          viewport,
          colorScheme,
          locale: 'en-GB',
          reducedMotion: 'reduce',
          serviceWorkers: 'block',
        });
        await photograph(context, server.url, `${name} ${size} ${colorScheme}`, state);
        await context.close();
      }
    }
  }
  await browser.close();
  await server.close();
  return 0;
});
