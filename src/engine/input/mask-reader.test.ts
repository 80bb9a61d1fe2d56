import { afterEach, expect, test, vi } from 'vitest';
import { pngHead, stubBrowser } from './fixtures/striped-picture';
import { overlapWithMask, readMaskPicture, readMaskShape } from './mask-picture';

afterEach(() => vi.unstubAllGlobals());

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
  const use = stubBrowser(width, height);
  const read = await readMaskPicture(pngHead(width, height));
  if (!read.ok) throw new Error(read.failure.code);
  expect(use.largest).toBeLessThanOrEqual(4e6);
  const wrong = read.value.data.findIndex((value, at) => value !== Math.floor(at / width) % 251);
  expect(wrong).toBe(-1);
  expect(read.value.data).toHaveLength(width * height);
});

test('a mask is held against an answer on its own grid, and drawn from few of its pixels', async () => {
  const [width, height] = [4096, 1000];
  stubBrowser(width, height);
  const file = pngHead(width, height);
  // A row's brightness is its number, from 0 again at 251: the rows 128 to 250 of each round are lesion.
  const inside = (row: number) => Number(row % 251 > 127);
  const rows = Array.from({ length: height }, (_, row) => inside(row));
  const lesion = width * rows.reduce((sum, value) => sum + value, 0);
  const everywhere = { width: 1, height: 1, data: Uint8Array.of(1) };
  expect(await overlapWithMask(file, everywhere)).toEqual({
    ok: true,
    value: { both: lesion, answered: width * height, true: lesion },
  });
  const shape = await readMaskShape(file);
  if (!shape.ok) throw new Error(shape.failure.code);
  expect(shape.value).toMatchObject({ width: 2048, height: 500 });
  const wrong = shape.value.data.findIndex((value, at) => value !== inside(2 * Math.floor(at / 2048) + 1));
  expect(wrong).toBe(-1);
});
