import { expect, test } from 'vitest';
import { settled } from '../testing/settled';
import { createThumbnails } from './thumbnails';

/** Thumbnails whose drawing the test ends, in the order in which it began. */
function open() {
  const begun: { image: Blob; end: (url: string | null) => void }[] = [];
  const thumbnails = createThumbnails((image) => new Promise((end) => begun.push({ image, end })));
  return {
    thumbnails,
    begun,
    async finish(url: string | null = 'data:') {
      begun.at(-1)?.end(url);
      await settled();
    },
  };
}

const photos = Array.from({ length: 4 }, (_, index) => new Blob([String(index)]));
const [first, second, third, fourth] = photos as [Blob, Blob, Blob, Blob];
const forever = new AbortController().signal;

test('one is drawn at a time, the latest wish first', async () => {
  const { thumbnails, begun, finish } = open();
  const wishes = photos.map((photo) => thumbnails.make(photo, forever));
  expect(begun.map(({ image }) => image)).toEqual([first]);
  for (const photo of photos) await finish(`data:${await photo.text()}`);
  expect(begun.map(({ image }) => image)).toEqual([first, fourth, third, second]);
  expect(await Promise.all(wishes)).toHaveLength(4);
});

test('one that is known is not drawn again, and one that is no photo is known too', async () => {
  const { thumbnails, begun, finish } = open();
  const wish = thumbnails.make(first, forever);
  expect(thumbnails.known(first)).toBeUndefined();
  await finish(null);
  expect(await wish).toBeNull();
  expect(thumbnails.known(first)).toBeNull();
  expect(await thumbnails.make(first, forever)).toBeNull();
  expect(begun).toHaveLength(1);
});

test('a row that left the view is not drawn', async () => {
  const { thumbnails, begun, finish } = open();
  const gone = new AbortController();
  const wishes = [
    thumbnails.make(first, forever),
    thumbnails.make(second, gone.signal),
    thumbnails.make(third, forever),
  ];
  gone.abort();
  const rejected = expect(wishes[1]).rejects.toThrow();
  await finish();
  await finish();
  await rejected;
  expect(await Promise.all([wishes[0], wishes[2]])).toEqual(['data:', 'data:']);
  expect(begun.map(({ image }) => image)).toEqual([first, third]);
});
