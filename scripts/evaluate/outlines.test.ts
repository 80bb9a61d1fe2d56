import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { expect, test } from 'vitest';
import { failure, type Result, success } from '../../src/core/failure';
import type { FoundMask, OpenApp } from './browser';
import { evaluateOutlines, matchMasks } from './outlines';

test('a mask belongs to the image of the same name, with or without the ending of ISIC', () => {
  const images = ['a.jpg', 'deep/b.png', 'nv/1.jpg', 'mel/1.jpg', 'nv/2.jpg', '2023/3.jpg'];
  const masks = ['a_segmentation.png', 'b.png', 'd.png', '1.png', 'mel/1.png', 'notes.txt', '._a.png'];
  expect(matchMasks(masks, images)).toEqual([
    { mask: 'a_segmentation.png', image: 'a.jpg', ambiguous: false },
    { mask: 'b.png', image: 'deep/b.png', ambiguous: false },
    { mask: 'd.png', image: null, ambiguous: false },
    { mask: '1.png', image: null, ambiguous: true },
    { mask: 'mel/1.png', image: 'mel/1.jpg', ambiguous: false },
  ]);
  // Another folder's outline is no outline of this photo.
  for (const mask of ['mel/2.png', '2024/3.png'])
    expect(matchMasks([mask], images)).toEqual([{ mask, image: null, ambiguous: false }]);
});

test('masks and images in one folder, or one inside the other, are told apart', () => {
  const both = ['a.jpg', 'a_segmentation.png', 'truth/b.png', 'b.jpg'];
  const pairs = (inside: string | null, masks: string[]) =>
    matchMasks(masks, both, inside).map(({ mask, image }) => [mask, image]);
  expect(pairs('', both)).toEqual([['a_segmentation.png', 'a.jpg']]);
  expect(pairs('truth', ['b.png'])).toEqual([['b.png', 'b.jpg']]);
});

/** Ten by one pixels, the first `count` of them lesion. */
function maskFile(count: number): Buffer {
  const picture = new PNG({ width: 10, height: 1 });
  for (let x = 0; x < 10; x++)
    picture.data.set(
      Array(3)
        .fill(x < count ? 255 : 0)
        .concat(255),
      4 * x,
    );
  return PNG.sync.write(picture);
}

test('the figures of four images, worked out by hand', async () => {
  const images = mkdtempSync(join(tmpdir(), 'lentigo-images-'));
  const masks = mkdtempSync(join(tmpdir(), 'lentigo-masks-'));
  const pixels = (count: number) => '1'.repeat(count).padEnd(10, '0');
  const found: Record<string, Result<FoundMask>> = {
    'a.jpg': success({ mask: { width: 10, height: 1, pixels: pixels(8) }, milliseconds: 10 }),
    'b.jpg': success({ mask: { width: 10, height: 1, pixels: pixels(2) }, milliseconds: 20 }),
    'c.jpg': success({ mask: null, milliseconds: 30 }),
    'd.jpg': failure('file-unreadable'),
  };
  for (const name of Object.keys(found)) {
    writeFileSync(join(images, name), '');
    writeFileSync(join(masks, name.replace('.jpg', '_segmentation.png')), maskFile(name === 'c.jpg' ? 0 : 6));
  }
  writeFileSync(join(masks, 'e_segmentation.png'), maskFile(1));
  const app = { findLesions: async (path: string) => found[path] } as unknown as OpenApp;
  const backend = {
    name: 'wasm',
    adapter: 'WASM',
    software: false,
    threads: 1,
    skippedBackends: [],
  } as const;
  try {
    const options = { model: 'm', images, masks, limit: null };
    const result = await evaluateOutlines(app, options, { ...backend, skippedBackends: [] });
    expect(result).toEqual({
      model: 'm',
      backend: 'wasm',
      adapter: 'WASM',
      count: 3,
      skipped: 2,
      // Six true pixels; eight found: 12 / 14 and 6 / 8; two found: 4 / 8 and 2 / 6; none true and none found: 1.
      dice: { mean: expect.closeTo((6 / 7 + 1 / 2 + 1) / 3, 12) },
      jaccard: { mean: expect.closeTo((3 / 4 + 1 / 3 + 1) / 3, 12) },
      thresholdedJaccard: { mean: expect.closeTo((3 / 4 + 0 + 1) / 3, 12) },
      msPerImage: 20,
      perImage: [
        { file: 'a.jpg', dice: expect.closeTo(6 / 7, 12), jaccard: 0.75, thresholdedJaccard: 0.75 },
        { file: 'b.jpg', dice: 0.5, jaccard: expect.closeTo(1 / 3, 12), thresholdedJaccard: 0 },
        { file: 'c.jpg', dice: 1, jaccard: 1, thresholdedJaccard: 1 },
      ],
    });
  } finally {
    for (const folder of [images, masks]) rmSync(folder, { recursive: true });
  }
});
