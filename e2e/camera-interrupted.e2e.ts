import type { Page } from '@playwright/test';
import { appStarted } from '../scripts/app-started';
import { findBrowser, softwareGpuFlags } from '../scripts/browser';
import { fakeCamera, withGrain } from '../scripts/fake-camera';
import { samplePixels } from '../src/core/image/sample';
import { en, expect } from './app';
import { test } from './tiny-app';

/** A camera that is on and shows nothing, as on a phone call: the browser mutes its track and pauses the video. */

const size = { width: 640, height: 480 };

test.use({
  permissions: ['camera'],
  launchOptions: {
    executablePath: findBrowser() ?? undefined,
    args: [
      ...softwareGpuFlags,
      ...fakeCamera({ ...size, data: withGrain(samplePixels(20, size.width, size.height)) }),
    ],
  },
});

/** The camera is muted from its first picture on, until a test lets it come back. */
function muteCameras(): void {
  const { mediaDevices } = navigator;
  const open = mediaDevices.getUserMedia.bind(mediaDevices);
  const state = { muted: true, tracks: [] as MediaStreamTrack[] };
  Object.assign(globalThis, { state });
  mediaDevices.getUserMedia = async (options) => {
    const stream = await open(options);
    for (const track of stream.getTracks()) {
      Object.defineProperty(track, 'muted', { get: () => state.muted });
      state.tracks.push(track);
    }
    return stream;
  };
}

async function unmute(page: Page): Promise<void> {
  await page.evaluate(() => {
    const { state } = globalThis as unknown as { state: { muted: boolean; tracks: MediaStreamTrack[] } };
    state.muted = false;
    for (const track of state.tracks) track.dispatchEvent(new Event('unmute'));
  });
}

test('the clinic says that the camera is interrupted, takes nothing, and goes on when it is back', async ({
  page,
  tinySite,
}) => {
  await page.addInitScript(muteCameras);
  await page.goto(`${tinySite}#/clinic`);
  await appStarted(page);
  await page.getByRole('button', { name: en.photo.camera, exact: true }).first().click();
  const hint = page.getByText(en.camera.hint.interrupted);
  await expect(hint).toBeVisible();
  await expect(page.getByRole('button', { name: en.camera.take })).toBeDisabled();
  await unmute(page);
  await expect(hint).toBeHidden();
});
