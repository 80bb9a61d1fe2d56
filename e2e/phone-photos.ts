import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { test } from '@playwright/test';
import { root } from '../scripts/command';
import { heldBackRows } from '../scripts/real-photos';

export const phone = join(root, '..', 'shared', 'data', 'phone');
const phonePhotosPresent = existsSync(join(phone, 'metadata.csv'));

/**
 * Skips the test, visibly, where the phone photos are not beside the checkout; there they are a must when
 * CI=true.
 */
export function needsPhonePhotos(): void {
  if (!phonePhotosPresent && process.env.CI === 'true')
    throw new Error(`The phone photos are missing: ${phone}`);
  test.skip(!phonePhotosPresent, `needs the phone photos in ${phone}`);
}

/**
 * Paths of real phone photos of one diagnosis (the set's own words, such as "NEV") that no training has seen.
 */
export function heldBackPhonePhotos(diagnosis: string, count: number): string[] {
  if (!phonePhotosPresent) return [];
  return heldBackRows(dirname(phone), 'phone')
    .filter(({ diagnostic }) => diagnostic === diagnosis)
    .slice(0, count)
    .map(({ image_id }) => join(phone, 'images', `${image_id}.jpg`));
}

/**
 * Writes a JPEG as a video that shows it all the time, for Chromium's fake camera, and gives the flags that
 * use it.
 */
export function cameraShowing(jpeg: string, video: string): string[] {
  // Motion JPEG is one JPEG after the other; Chromium plays the file in a loop.
  if (phonePhotosPresent) {
    const frame = readFileSync(jpeg);
    writeFileSync(video, Buffer.concat(Array.from({ length: 30 }, () => frame)));
  }
  return ['--use-fake-device-for-media-stream', `--use-file-for-fake-video-capture=${video}`];
}
