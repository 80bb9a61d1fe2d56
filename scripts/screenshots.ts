/**
 * `npm run screenshots`: every state of every screen, wide and narrow, light and dark, into screenshots/.
 * With words behind `--`, only those whose name has them all: `npm run screenshots -- clinic answer wide`. A
 * word may be a regular expression: `'sheet|list'`.
 */
import { mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import type {} from '../src/app/automation';
import { samplePixels } from '../src/core/image/sample';
import { appStarted } from './app-started';
import { ensureBrowser, softwareGpuFlags } from './browser';
import { buildWhenStale, builtApp } from './build';
import { main, root } from './command';
import { fakeCamera, withGrain } from './fake-camera';
import { serve } from './serve';

/**
 * A file of scripts/screens: the screen's path behind "#/", and how to bring a fresh page into each of its
 * states.
 */
interface ScreenStates {
  path: string;
  states: Record<string, (page: Page) => Promise<void>>;
  /** Where the usual ones are not those that the screen is made for. */
  sizes?: Record<string, { width: number; height: number }>;
}

const folder = join(root, 'screenshots');
const defaultSizes = {
  wide: { width: 1440, height: 900 },
  narrow: { width: 390, height: 844 },
};

async function screens(): Promise<({ name: string } & ScreenStates)[]> {
  const from = join(root, 'scripts', 'screens');
  const files = readdirSync(from).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.sort().map(async (file) => {
      const { path, states, sizes } = (await import(pathToFileURL(join(from, file)).href)) as ScreenStates;
      return { name: file.replace(/\.ts$/, ''), path, states, sizes };
    }),
  );
}

async function photograph(page: Page, url: string, name: string, state: (page: Page) => Promise<void>) {
  // A busy machine takes its time.
  page.setDefaultTimeout(60_000);
  await page.goto(url);
  await appStarted(page);
  // The same pictures on every machine, and no waiting for an emulated GPU.
  await page.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
  await state(page);
  const path = join(folder, `${name.replaceAll(' ', '-')}.png`);
  // What lies below the fold of a narrow page belongs to the state too.
  await page.screenshot({ path, fullPage: true, animations: 'disabled' });
  console.log(path);
}

await main(async () => {
  const wanted = process.argv.slice(2);
  await buildWhenStale();
  mkdirSync(folder, { recursive: true });
  const server = await serve({ folder: builtApp, port: 0 });
  // A drawn camera, refused unless a state grants it.
  const camera = fakeCamera({ width: 1280, height: 720, data: withGrain(samplePixels(20, 1280, 720)) });
  const args = [...softwareGpuFlags, ...camera.filter((flag) => flag !== '--use-fake-ui-for-media-stream')];
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args });
  const missed: string[] = [];
  for (const screen of await screens()) {
    for (const [size, viewport] of Object.entries(screen.sizes ?? defaultSizes)) {
      for (const colorScheme of ['light', 'dark'] as const) {
        for (const [state, bring] of Object.entries(screen.states)) {
          const name = `${screen.name} ${state} ${size} ${colorScheme}`;
          if (!wanted.every((word) => new RegExp(word).test(name))) continue;
          const options: BrowserContextOptions = {
            viewport,
            colorScheme,
            locale: 'en-GB',
            reducedMotion: 'reduce',
          };
          // A context of its own, so that nothing is kept from another state.
          const context = await browser.newContext(options);
          // tsx calls it around each function that has a name, also in those that are sent to the page.
          await context.addInitScript('globalThis.__name = (named) => named');
          const page = await context.newPage();
          await photograph(page, `${server.url}#/${screen.path}`, name, bring).catch((error) => {
            missed.push(name);
            console.error(`${name}: ${error}`);
          });
          await context.close();
        }
      }
    }
  }
  await browser.close();
  await server.close();
  if (missed.length > 0) console.error(`${missed.length} states could not be brought about.`);
  return missed.length > 0 ? 1 : 0;
});
