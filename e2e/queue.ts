import type { Page } from '@playwright/test';
import { withGrain } from '../scripts/fake-camera';
import { encodePng } from '../src/core/image/png';
import { samplePixels } from '../src/core/image/sample';
import { en, expect } from './app';

/** The clinic's queue, and drawn photos to fill it with. */

export const picture = (seed: number): Buffer => {
  const [width, height] = [256, 256];
  const data = withGrain(samplePixels(seed, width, height));
  return Buffer.from(encodePng({ width, height, channels: 4, data }));
};
export const files = (count: number) =>
  Array.from({ length: count }, (_, index) => ({
    name: `spot ${index + 1}.png`,
    mimeType: 'image/png',
    buffer: picture(index),
  }));

export const queueOf = (page: Page) => page.getByRole('region', { name: en.viewer.queue.region });
export const answered = (page: Page, count: number) =>
  expect(queueOf(page).getByText(`${count} of ${count} answered`)).toBeVisible();
