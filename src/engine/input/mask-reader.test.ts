import { afterEach, expect, test, vi } from 'vitest';
import { pngHead, stubBrowser } from './fixtures/striped-picture';
import { readMaskPicture } from './mask-picture';

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
