import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContextOptions, chromium, type Page } from 'playwright';
import type {} from '../src/app/automation';
import { samplePixels } from '../src/core/image/sample';
import { appStarted } from './app-started';
import { ensureBrowser, softwareGpuFlags } from './browser';
import { buildWhenStale, builtApp } from './build';
import { root } from './command';
import { fakeCamera, withGrain } from './fake-camera';
import { serve } from './serve';

/**
 * A file of scripts/screens: the screen's path behind "#/", and how to bring a fresh page into each of its
 * states.
 */
export interface ScreenStates {
  name: string;
  path: string;
  states: Record<string, (page: Page) => Promise<void>>;
  /** Where the usual ones are not those that the screen is made for. */
  sizes?: Record<string, { width: number; height: number }>;
}

export async function screenStates(): Promise<ScreenStates[]> {
  const from = join(root, 'scripts', 'screens');
  const files = readdirSync(from).filter((file) => file.endsWith('.ts'));
  return Promise.all(
    files.sort().map(async (file) => {
      const { path, states, sizes } = (await import(pathToFileURL(join(from, file)).href)) as ScreenStates;
      return { name: file.replace(/\.ts$/, ''), path, states, sizes };
    }),
  );
}

/** The built app in a browser of its own. */
export interface AppBrowser {
  /** Brings a fresh page into a state of a screen, and hands it over as long as `use` takes. */
  show(
    screen: ScreenStates,
    state: string,
    options: BrowserContextOptions,
    use: (page: Page) => Promise<void>,
  ): Promise<void>;
  close(): Promise<void>;
}

export async function openAppBrowser(): Promise<AppBrowser> {
  await buildWhenStale();
  const server = await serve({ folder: builtApp, port: 0 });
  // A drawn camera, refused unless a state grants it.
  const camera = fakeCamera({ width: 1280, height: 720, data: withGrain(samplePixels(20, 1280, 720)) });
  const args = [...softwareGpuFlags, ...camera.filter((flag) => flag !== '--use-fake-ui-for-media-stream')];
  const browser = await chromium.launch({ executablePath: await ensureBrowser(), args });
  return {
    async show(screen, state, options, use) {
      // A context of its own, so that nothing is kept from another state.
      const context = await browser.newContext({ locale: 'en-GB', reducedMotion: 'reduce', ...options });
      try {
        // tsx calls it around each function that has a name, also in those that are sent to the page.
        await context.addInitScript('globalThis.__name = (named) => named');
        const page = await context.newPage();
        // A busy machine takes its time.
        page.setDefaultTimeout(300_000);
        await page.goto(`${server.url}#/${screen.path}`);
        await appStarted(page);
        // The same pictures on every machine, and no waiting for an emulated GPU.
        await page.evaluate(() => globalThis.lentigo.engine.pinBackend('wasm'));
        await screen.states[state]?.(page);
        await use(page);
      } finally {
        await context.close();
      }
    },
    async close() {
      await browser.close();
      await server.close();
    },
  };
}
