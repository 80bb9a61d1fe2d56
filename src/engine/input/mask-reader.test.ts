import { afterEach, expect, test, vi } from 'vitest';
import { readMaskPicture } from './mask-picture';

afterEach(() => vi.unstubAllGlobals());

/** The head of a PNG file of this size. */
function pngHead(width: number, height: number): Blob {
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

test('a mask beyond the limit is refused by its header, before it is decoded', async () => {
  const decode = vi.fn();
  vi.stubGlobal('createImageBitmap', decode);
  expect(await readMaskPicture(pngHead(11_000, 10_000))).toMatchObject({
    ok: false,
    failure: { code: 'file-too-large', detail: { width: 11_000, height: 10_000 } },
  });
  expect(decode).not.toHaveBeenCalled();
});

test('a large mask is read strip by strip, and every row comes where it belongs', async () => {
  const [width, height] = [3000, 3001];
  let top = 0;
  let largest = 0;
  vi.stubGlobal('createImageBitmap', async () => ({ width, height, close() {} }));
  vi.stubGlobal(
    'OffscreenCanvas',
    class {
      getContext = () => ({
        clearRect() {},
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
  const read = await readMaskPicture(pngHead(width, height));
  if (!read.ok) throw new Error(read.failure.code);
  expect(largest).toBeLessThanOrEqual(4e6);
  const wrong = read.value.data.findIndex((value, at) => value !== Math.floor(at / width) % 251);
  expect(wrong).toBe(-1);
  expect(read.value.data).toHaveLength(width * height);
});
