import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from '@playwright/test';
import Papa from 'papaparse';
import { root } from '../scripts/command';

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
  const rows = <Row>(path: string) =>
    Papa.parse<Row>(readFileSync(path, 'utf8'), { header: true, skipEmptyLines: 'greedy' }).data;
  const split = new Map(
    rows<{ image_id: string; split: string }>(join(root, 'training', 'splits', 'phone.csv')).map((row) => [
      row.image_id,
      row.split,
    ]),
  );
  return rows<{ image_id: string; diagnostic: string }>(join(phone, 'metadata.csv'))
    .filter((row) => row.diagnostic === diagnosis && split.get(row.image_id) === 'test')
    .slice(0, count)
    .map((row) => join(phone, 'images', `${row.image_id}.jpg`));
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
