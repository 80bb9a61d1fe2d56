import { randomUUID } from 'node:crypto';
import { type Browser, chromium, type Page } from 'playwright';
// Declares globalThis.lentigo, which the built app puts on its page.
import type {} from '../../src/app/automation';
import type { Analysis, BackendName } from '../../src/core/analysis';
import type { Card } from '../../src/core/card';
import type { Failure, Result } from '../../src/core/failure';
import type { BackendStatus, LoadedPackage } from '../../src/engine/engine';
import { ensureBrowser, hardwareGpuFlags, softwareGpuFlags } from '../browser';
import { builtApp } from '../build';
import { Stop } from '../command';
import { serve } from '../serve';

/** What evaluation needs of an analysis; the maps stay in the page. */
export type Answer = Pick<Analysis, 'probabilities' | 'provenance'> & { milliseconds: number };

/** The built app, open in a headless Chromium, with a folder of images behind a private path of its own server. */
export interface OpenApp {
  packages(): Promise<Result<Card[]>>;
  pinBackend(name: BackendName): Promise<Result<BackendStatus>>;
  load(packageId: string): Promise<Result<LoadedPackage>>;
  /** Runs images (paths inside the folder) one after the other, the way a dropped photo goes. */
  analyse(paths: string[], packageId: string): Promise<Result<Answer>[]>;
  close(): Promise<void>;
}

/** Opens the app. Prefers the machine's own GPU and says so when it has to do with an emulated one. */
export async function openApp(images: string): Promise<OpenApp> {
  const executablePath = await ensureBrowser();
  const mount = `/private-${randomUUID()}/`;
  const server = await serve({ folder: builtApp, port: 0, mounts: { [mount]: images } });
  const { browser, page } = await openPage(executablePath, server.url).catch(async (error: unknown) => {
    await server.close();
    throw error;
  });
  return {
    packages: () => page.evaluate(() => globalThis.lentigo.engine.packages()),
    pinBackend: (name) => page.evaluate((name) => globalThis.lentigo.engine.pinBackend(name), name),
    load: (packageId) => page.evaluate((packageId) => globalThis.lentigo.engine.load(packageId), packageId),
    analyse: (paths, packageId) => {
      const urls = paths.map((path) => mount + path.split('/').map(encodeURIComponent).join('/'));
      return page.evaluate(analyseInPage, { urls, packageId });
    },
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(executablePath: string, url: string): Promise<{ browser: Browser; page: Page }> {
  for (const args of [hardwareGpuFlags, softwareGpuFlags]) {
    const browser = await chromium.launch({ executablePath, args });
    // Whoever measures the page wants it as it was just built, and images that nobody keeps.
    const page = await browser.newPage({ serviceWorkers: 'block' });
    page.on('pageerror', (error) => console.error(`The page reported: ${error.message}`));
    await page.goto(url);
    const adapter = await page.evaluate(async () => (await navigator.gpu?.requestAdapter()) != null);
    if (!adapter && args !== softwareGpuFlags) {
      console.error(
        'This browser has no GPU here; WebGPU, where it is asked for, is emulated in software (slow, same answers).',
      );
      await browser.close();
      continue;
    }
    try {
      await page.waitForFunction(() => globalThis.lentigo?.engine !== undefined, undefined, {
        timeout: 30_000,
      });
      return { browser, page };
    } catch {
      await browser.close();
      throw new Stop('The built app did not start: its page offers no engine.');
    }
  }
  throw new Stop('No browser could be opened.');
}

/** Runs in the page, so it uses nothing from outside itself. */
async function analyseInPage({
  urls,
  packageId,
}: {
  urls: string[];
  packageId: string;
}): Promise<Result<Answer>[]> {
  const { engine } = globalThis.lentigo;
  const cards = await engine.packages();
  const fusion = cards.ok && cards.value.some(({ id, task }) => id === packageId && task === 'fusion');
  // As a card was measured: every photo, its largest centred square; a mask for those that read one, and no time lost on others.
  const asMeasured = {
    square: 'centre',
    overruleGate: true,
    ...(fusion ? {} : { segmenterId: null }),
  } as const;
  const answers: Result<Answer>[] = [];
  for (const url of urls) {
    const photo = await (await fetch(url)).blob();
    const result = await engine.analyse(photo, { packageId, ...asMeasured });
    if (!result.ok) {
      answers.push(result);
      continue;
    }
    const { probabilities, provenance, timings } = result.value;
    answers.push({ ok: true, value: { probabilities, provenance, milliseconds: timings.total } });
  }
  return answers;
}

/** "package-corrupt (packageId: x, file: y)": one line for the terminal. */
export function describeFailure({ code, detail }: Failure): string {
  const facts = Object.entries(detail)
    .filter(([, value]) => value !== '')
    .map(([name, value]) => `${name}: ${value}`);
  return facts.length === 0 ? code : `${code} (${facts.join(', ')})`;
}
