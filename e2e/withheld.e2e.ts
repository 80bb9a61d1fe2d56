import type { Page } from '@playwright/test';
import { withGrain } from '../scripts/fake-camera';
import { encodePng } from '../src/core/image/png';
import { samplePixels } from '../src/core/image/sample';
import { en, expect } from './app';
import { test } from './tiny-app';

/** A browser that hides from pages what is on a canvas, as Firefox with resistFingerprinting and LibreWolf do. */

const ways = {
  white: 'read.data.fill(255);',
  noise: 'for (let at = 0; at < read.data.length; at++) read.data[at] = 256 * Math.random();',
} as const;

const hook = (spoil: string) => `{
  const { prototype } = OffscreenCanvasRenderingContext2D;
  const getImageData = prototype.getImageData;
  prototype.getImageData = function (...given) {
    const read = getImageData.apply(this, given);
    ${spoil}
    return read;
  };
}
`;

/** To be called before the page is opened: the engine's worker reads pixels in that way. */
async function spoilWorker(page: Page, spoil: string): Promise<void> {
  await page.route(/\/worker-[^/]*\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: hook(spoil) + (await response.text()) });
  });
}

const size = { width: 320, height: 240 };
const pixels = { ...size, channels: 4 as const, data: withGrain(samplePixels(20, size.width, size.height)) };
const photo = { name: 'spot.png', mimeType: 'image/png', buffer: Buffer.from(encodePng(pixels)) };

for (const [name, spoil] of Object.entries(ways)) {
  test(`pixels that the browser gives out as ${name}: the reason and a way out, and no answer`, async ({
    app,
    page,
    tinySite,
  }) => {
    await spoilWorker(page, spoil);
    await app.open(tinySite);
    await app.chooseBackend('wasm');
    await app.pick(photo);
    const alert = app.answer.getByRole('alert');
    await expect(alert).toContainText(en.failure['pixels-withheld'].sentence);
    await expect(alert).toContainText(en.failure['pixels-withheld'].remedy);
    await expect(app.answer.getByRole('table', { name: en.answer.probabilities })).toHaveCount(0);
    await expect(page.getByText(en.failure['photo-overexposed'].sentence)).toHaveCount(0);
  });
}
