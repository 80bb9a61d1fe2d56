import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { decodePhoto } from './decode';
import { stripArea } from './strips';

/** A PNG file of this size, as far as its header goes. */
function png(width: number, height: number): Blob {
  const bytes = new Uint8Array(45);
  bytes.set([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const view = new DataView(bytes.buffer);
  view.setUint32(8, 13);
  bytes.set(new TextEncoder().encode('IHDR'), 12);
  view.setUint32(16, width);
  view.setUint32(20, height);
  bytes.set(new TextEncoder().encode('IEND'), 37);
  return new Blob([bytes]);
}

let [tries, closed, largest, top] = [0, 0, 0, 0];
let failing = 0;
const sizes: number[] = [];

beforeEach(() => {
  [tries, closed, largest, top, failing] = [0, 0, 0, 0, 0];
  sizes.length = 0;
  vi.useFakeTimers({ toFake: ['setTimeout'] });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** A browser whose picture has its row, modulo 251, in every red sample; it fails so often at first. */
function browser(width: number, height: number): void {
  vi.stubGlobal('createImageBitmap', async () => {
    tries += 1;
    if (tries <= failing)
      throw new DOMException('The source image could not be decoded.', 'InvalidStateError');
    return { width, height, close: () => (closed += 1) };
  });
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      set width(value: number) {
        sizes.push(value);
      }
      set height(_value: number) {}
      getContext = () => ({
        clearRect() {},
        fillRect() {},
        drawImage: (_bitmap: unknown, _left: number, at: number) => {
          top = -at;
        },
        getImageData(_left: number, _top: number, columns: number, rows: number) {
          largest = Math.max(largest, columns * rows);
          const data = new Uint8ClampedArray(4 * columns * rows);
          for (let at = 0; at < columns * rows; at++) data[4 * at] = (top + Math.floor(at / columns)) % 251;
          return { data };
        },
      });
    },
  );
}

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
  browser(4000, 3001);
  const pixels = (await decoded(png(4000, 3001))) as { data: Uint8ClampedArray };
  expect(largest).toBeLessThanOrEqual(stripArea);
  for (const row of [0, 999, 1000, 1001, 3000]) expect(pixels.data[4 * 4000 * row]).toBe(row % 251);
  expect(pixels.data).toHaveLength(4 * 4000 * 3001);
  expect({ closed, released: sizes }).toEqual({ closed: 1, released: [0] });
});

test('a large photo that could not be decoded is tried again, twice at most', async () => {
  browser(4000, 3000);
  failing = 2;
  expect(await decoded(png(4000, 3000))).toMatchObject({ width: 4000, height: 3000 });
  expect(tries).toBe(3);
  failing = 99;
  tries = 0;
  expect(await decoded(png(4000, 3000))).toMatchObject({ failure: { code: 'file-unreadable' } });
  expect(tries).toBe(3);
});

test('a small one that cannot be decoded is damaged, and fails at once', async () => {
  browser(600, 450);
  failing = 1;
  expect(await decoded(png(600, 450))).toMatchObject({ failure: { code: 'file-unreadable' } });
  expect(tries).toBe(1);
});
