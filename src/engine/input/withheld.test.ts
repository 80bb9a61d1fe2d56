import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { pngHead, stubBrowser } from './fixtures/striped-picture';

type Spoil = (data: Uint8ClampedArray) => void;

const white: Spoil = (data) => data.fill(255);
const noise: Spoil = (data) => {
  for (let at = 0; at < data.length; at++) data[at] = (at * 2654435761) >>> 24;
};
const lastBits: Spoil = (data) => {
  for (let at = 0; at < data.length; at += 7) data[at] = (data[at] as number) ^ 1;
};

// What a thread has found once it keeps: each test begins with a thread that knows nothing.
beforeEach(() => vi.resetModules());
afterEach(() => vi.unstubAllGlobals());

/** A fresh thread's answer in a browser that gives out pixels in this way. */
async function withheldIn(spoil?: Spoil) {
  const use = stubBrowser(64, 64, spoil);
  const { pixelsWithheld } = await import('./withheld');
  return { use, pixelsWithheld };
}

test('a browser that gives pixels out as they are withholds none, and is asked once', async () => {
  const { use, pixelsWithheld } = await withheldIn();
  expect([pixelsWithheld(), pixelsWithheld()]).toEqual([false, false]);
  expect(use.canvases).toBe(1);
});

test('one that moves last bits of some pixels withholds none', async () => {
  expect((await withheldIn(lastBits)).pixelsWithheld()).toBe(false);
});

test.each([
  ['white', white],
  ['noise', noise],
])('pixels that come back as %s are withheld, until the user allows it', async (_name, spoil) => {
  const { pixelsWithheld } = await withheldIn(spoil);
  expect(pixelsWithheld()).toBe(true);
  stubBrowser(64, 64);
  expect(pixelsWithheld()).toBe(false);
});

test('a photo or a mask is refused for that reason alone, before it is decoded', async () => {
  const { use } = await withheldIn(white);
  const [decode, mask] = await Promise.all([import('./decode'), import('./mask-picture')]);
  await expect(decode.decodePhoto(pngHead(64, 64))).rejects.toMatchObject({
    failure: { code: 'pixels-withheld' },
  });
  expect(await mask.readMaskPicture(pngHead(64, 64))).toMatchObject({
    ok: false,
    failure: { code: 'pixels-withheld' },
  });
  expect(use.tries).toBe(0);
});
