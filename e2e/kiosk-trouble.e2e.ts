import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { findBrowser, softwareGpuFlags } from '../scripts/browser';
import { fakeCamera, withGrain } from '../scripts/fake-camera';
import type { BackendName } from '../src/core/analysis';
import { samplePixels } from '../src/core/image/sample';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { en, expect, test } from './app';
import { destroyAtNextSubmit, hookDevices } from './device-hooks';
import { type TinyModels, tinyIds, writeTinyModels } from './tiny-models';

/**
 * What befalls a machine in the course of a day, with networks so small that not even an emulated GPU takes
 * time.
 */

const { kiosk } = en;
const size = { width: 640, height: 480 };

let models: TinyModels;
test.beforeAll(async () => {
  // A webcam is no dermatoscope: the camera asks a model for phone photos.
  models = await writeTinyModels((logits) => tinyPackage(logits, { domain: 'phone' }));
});
test.afterAll(() => models.remove());

test.use({
  viewport: { width: 1280, height: 720 },
  permissions: ['camera', 'screen-wake-lock'],
  segmenter: true,
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: [
      ...softwareGpuFlags,
      ...fakeCamera({ ...size, data: withGrain(samplePixels(20, size.width, size.height)) }),
    ],
  },
});

/**
 * What the page was given by the browser, for a test to take away as a loose cable or a low battery would.
 */
interface Given {
  tracks: MediaStreamTrack[];
  locks: WakeLockSentinel[];
  unplugged: boolean;
}

function keepWhatIsGiven(): void {
  const given: Given = { tracks: [], locks: [], unplugged: false };
  Object.assign(globalThis, { given });
  const { mediaDevices, wakeLock } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  mediaDevices.getUserMedia = async (options) => {
    if (given.unplugged) throw new DOMException('', 'NotFoundError');
    const stream = await open(options);
    given.tracks.push(...stream.getTracks());
    return stream;
  };
  const ask = wakeLock.request.bind(wakeLock);
  wakeLock.request = async (type) => {
    const lock = await ask(type);
    given.locks.push(lock);
    return lock;
  };
}

const answer = (page: Page) => page.getByRole('table', { name: en.answer.probabilities });

async function startCamera(page: Page, site: string, backend: BackendName): Promise<void> {
  await page.goto(`${site}#/kiosk?timeout=600&models=${tinyIds.classifier}`);
  await appStarted(page);
  // Left to itself the engine passes an emulated GPU over.
  await page.evaluate((name) => globalThis.lentigo.engine.pinBackend(name), backend);
  await expect(page.getByTestId('requests')).toHaveAttribute('data-count', '0');
  await page.getByRole('button', { name: kiosk.touch }).click();
  await page.getByRole('button', { name: kiosk.useCamera }).click();
  await page.getByRole('button', { name: kiosk.startCamera }).click();
  await expect(answer(page)).toBeVisible();
}

const tiny = () => ({ mounts: { '/models/': models.folder } });

test('a camera that goes away is reported and comes back; a wake lock that was lost is asked for again', async ({
  page,
  serveVariant,
}) => {
  await page.addInitScript(keepWhatIsGiven);
  await startCamera(page, await serveVariant(tiny()), 'wasm');

  await page.evaluate(() => {
    const { given } = globalThis as unknown as { given: Given };
    given.unplugged = true;
    for (const track of given.tracks) {
      track.stop();
      // A stop of one's own says nothing.
      track.dispatchEvent(new Event('ended'));
    }
  });
  await expect(page.getByText(kiosk.cameraReturns)).toBeVisible();
  // An answer for a picture that is gone is none.
  await expect(answer(page)).toBeHidden();
  await page.evaluate(() => {
    (globalThis as unknown as { given: Given }).given.unplugged = false;
  });
  await expect(answer(page)).toBeVisible();
  await expect(page.getByText(kiosk.cameraReturns)).toBeHidden();

  const held = () =>
    page.evaluate(
      () => (globalThis as unknown as { given: Given }).given.locks.filter((lock) => !lock.released).length,
    );
  await expect.poll(held).toBe(1);
  await page.evaluate(() => (globalThis as unknown as { given: Given }).given.locks.at(-1)?.release());
  expect(await held()).toBe(0);
  await expect.poll(held).toBe(1);
});

test('a GPU that is lost under a live camera is reported, and the answers go on', { tag: '@webgpu' }, async ({
  page,
  serveVariant,
}) => {
  await hookDevices(page);
  await startCamera(page, await serveVariant(tiny()), 'webgpu');
  const devices = await destroyAtNextSubmit(page);
  await expect(page.getByText(kiosk.gpuBack)).toBeVisible();
  expect(await devices()).toBe(2);
  await expect(page.getByText(kiosk.gpuBack)).toBeHidden();
  await expect(answer(page)).toBeVisible();
});
