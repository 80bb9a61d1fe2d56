import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { isOutOfMemory } from '../engine-error';
import { decodePhoto } from './decode';
import { pngHead, stubBrowser } from './fixtures/striped-picture';
import { stripArea } from './strips';

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function decoded(photo: Blob) {
  const result = decodePhoto(photo).then(
    (pixels) => pixels,
    (error: unknown) => error,
  );
  // Reading a Blob takes turns of the real clock; the waits in between are the fake one's.
  for (let turn = 0; turn < 50; turn++) {
    await new Promise((resolve) => setImmediate(resolve));
    await vi.advanceTimersByTimeAsync(2000);
  }
  return result;
}

test('a large photo comes strip by strip, every row in its place, and lets its memory go', async () => {
  const use = stubBrowser(4000, 3001);
  const pixels = (await decoded(pngHead(4000, 3001))) as { data: Uint8ClampedArray };
  expect(use.largest).toBeLessThanOrEqual(stripArea);
  for (const row of [0, 999, 1000, 1001, 3000]) expect(pixels.data[4 * 4000 * row]).toBe(row % 251);
  expect(pixels.data).toHaveLength(4 * 4000 * 3001);
  expect({ closed: use.closed, released: use.widths }).toEqual({ closed: 1, released: [0] });
});

test('of a picture with an alpha channel it says what shows; of one without, nothing', async () => {
  // The pixels of this browser are all transparent.
  stubBrowser(64, 40);
  const head = new Uint8Array(await pngHead(64, 40).arrayBuffer());
  expect(await decoded(new Blob([head]))).not.toHaveProperty('shown');
  const withAlpha = head.slice();
  withAlpha[25] = 6;
  const transparent = new Uint8Array(64 * 40);
  expect(await decoded(new Blob([withAlpha]))).toMatchObject({ shown: transparent });
  // In a file with a palette a chunk before the data says so.
  const chunk = [0, 0, 0, 1, ...new TextEncoder().encode('tRNS'), 0, 0, 0, 0, 0];
  const withChunk = new Uint8Array([...head.subarray(0, 33), ...chunk, ...head.subarray(33)]);
  expect(await decoded(new Blob([withChunk]))).toMatchObject({ shown: transparent });
});

test('a large photo that could not be decoded is tried again, twice at most', async () => {
  const use = stubBrowser(4000, 3000);
  use.failing = 2;
  expect(await decoded(pngHead(4000, 3000))).toMatchObject({ width: 4000, height: 3000 });
  expect(use.tries).toBe(3);
  use.failing = 99;
  use.tries = 0;
  expect(await decoded(pngHead(4000, 3000))).toMatchObject({ failure: { code: 'file-unreadable' } });
  expect(use.tries).toBe(3);
});

test('a small one that cannot be decoded is damaged, and fails at once', async () => {
  const use = stubBrowser(600, 450);
  use.failing = 1;
  expect(await decoded(pngHead(600, 450))).toMatchObject({ failure: { code: 'file-unreadable' } });
  expect(use.tries).toBe(1);
});

test('pixels are taken as they are, within the same limits', async () => {
  const frame = { width: 64, height: 48, channels: 4 as const, data: new Uint8ClampedArray(4 * 64 * 48) };
  expect(await decodePhoto(frame)).toBe(frame);
  const sliver = { ...frame, height: 4, data: new Uint8ClampedArray(4 * 64 * 4) };
  await expect(decodePhoto(sliver)).rejects.toMatchObject({ failure: { code: 'file-too-small' } });
});

/** What browsers say where there is no room for an array (Chromium, Firefox, Safari). */
const noRoom = [
  'Array buffer allocation failed',
  'Invalid typed array length: 400000000',
  'allocation size overflow',
  'Out of memory',
  'length too large',
];

test.each(noRoom)('no room for the pixels is said as that, not as a damaged file: %s', async (words) => {
  const use = stubBrowser(600, 450);
  const canvas = OffscreenCanvas;
  vi.stubGlobal(
    'OffscreenCanvas',
    class extends canvas {
      override getContext = () =>
        ({
          ...{ clearRect() {}, fillRect() {}, drawImage() {} },
          getImageData() {
            throw new RangeError(words);
          },
        }) as never;
    },
  );
  expect(await decoded(pngHead(600, 450))).toMatchObject({ failure: { code: 'out-of-memory' } });
  expect(use.closed).toBe(1);
});

test('no canvas, and no room for the bytes of a file, are short memory too', async () => {
  stubBrowser(600, 450);
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => null;
    },
  );
  expect(await decoded(pngHead(600, 450))).toMatchObject({ failure: { code: 'out-of-memory' } });
  const file = pngHead(600, 450);
  file.arrayBuffer = () => Promise.reject(new RangeError('Array buffer allocation failed'));
  expect(await decoded(file)).toMatchObject({ failure: { code: 'out-of-memory' } });
  file.arrayBuffer = () => Promise.reject(new DOMException('gone', 'NotFoundError'));
  expect(await decoded(file)).toMatchObject({ failure: { code: 'file-unreadable' } });
});

test('a wrong length in our own code, or a stack that overflows, is no short memory', () => {
  for (const words of ['Maximum call stack size exceeded', 'offset is out of bounds'])
    expect(isOutOfMemory(new RangeError(words))).toBe(false);
});
