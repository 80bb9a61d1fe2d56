/**
 * `npm run bench -- --live`: how many frames a second the kiosk answers for its camera, on each back end. The camera
 * is the browser's own stand-in, which shows a drawn lesion.
 */
import { chromium } from 'playwright';
import { appStarted } from '../../scripts/app-started';
import { findBrowser } from '../../scripts/browser';
import { builtApp } from '../../scripts/build';
import { fakeCamera, withGrain } from '../../scripts/fake-camera';
import { toSamples } from '../../scripts/kiosk-steps';
import { serve } from '../../scripts/serve';
import { english as en } from '../../src/app/languages/texts';
import type { BackendName } from '../../src/core/analysis';
import { samplePixels } from '../../src/core/image/sample';

export interface LiveResult {
  /** The back end and its adapter, as the engine names them. */
  backend: string;
  /** Frames that were answered, a second. */
  framesPerSecond: number;
  /** From a frame to its answer. */
  milliseconds: number;
}

/** What the camera gives, as most webcams do. */
export const camera = { width: 1280, height: 720, framesPerSecond: 30 };
/** Milliseconds of answers before the figures are read. */
const settled = 20_000;
const { kiosk } = en;

/** Throws where the camera's page gives no answer within two minutes. */
export async function measureLive(backend: BackendName, flags: readonly string[]): Promise<LiveResult> {
  const server = await serve({ folder: builtApp, port: 0 });
  const { width, height, framesPerSecond } = camera;
  const picture = { width, height, data: withGrain(samplePixels(7, width, height)) };
  const browser = await chromium.launch({
    executablePath: findBrowser() ?? undefined,
    args: [...flags, ...fakeCamera(picture, framesPerSecond)],
  });
  try {
    const context = await browser.newContext({ permissions: ['camera'], serviceWorkers: 'block' });
    const page = await context.newPage();
    page.setDefaultTimeout(120_000);
    // Nobody touches the screen, and the visit is not to end.
    await page.goto(`${server.url}#/kiosk?timeout=3600`);
    await appStarted(page);
    const name = await page.evaluate(async (backend) => {
      const pinned = await globalThis.lentigo.engine.pinBackend(backend);
      if (!pinned.ok) throw new Error(JSON.stringify(pinned.failure));
      return `${backend === 'wasm' ? 'WASM' : 'WebGPU'}, ${pinned.value.adapter}`;
    }, backend);
    await toSamples(page);
    for (const button of [kiosk.useCamera, kiosk.startCamera])
      await page.getByRole('button', { name: button }).click();
    const figure = (figureName: string) => page.locator('dt', { hasText: figureName }).locator('+ dd');
    await figure(kiosk.live.rate).filter({ hasText: /\d/ }).waitFor();
    await page.waitForTimeout(settled);
    const read = async (figureName: string) => (await figure(figureName).textContent()) ?? '';
    const time = await read(kiosk.live.time);
    return {
      backend: name,
      framesPerSecond: Number.parseFloat(await read(kiosk.live.rate)),
      milliseconds: Number.parseFloat(time) * (/ms/.test(time) ? 1 : 1000),
    };
  } finally {
    await browser.close();
    await server.close();
  }
}
