import { expect, test } from 'vitest';
import { settled } from '../../../engine/testing/settled';
import { newWorkbenchPhoto } from './workbench-photo';
import { createOpenQueue } from './workbench-queue';

test('files are opened four at a time, the selected one before the others, and none of a photo that is gone', async () => {
  const file = new Blob(['a']);
  const photos = new Map(
    Array.from({ length: 10 }, (_, index) => {
      const id = `photo ${index}`;
      return [id, newWorkbenchPhoto(id, { file, name: id, source: 'file' })];
    }),
  );
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const queue = createOpenQueue(
    (photoId) => {
      begun.push(photoId);
      return new Promise((end) => ends.push(end));
    },
    (photoId) => photos.has(photoId),
    () => 'photo 7',
  );
  const ids = [...photos.keys()];
  queue.add(ids.map((photoId) => ({ photoId, file })));
  expect(begun).toEqual(['photo 7', 'photo 0', 'photo 1', 'photo 2']);
  photos.delete('photo 3');
  for (let ended = 0; ended < ids.length; ended++) {
    ends[ended]?.();
    await settled();
    expect(begun.length - ended - 1).toBeLessThanOrEqual(4);
  }
  expect(begun.toSorted()).toEqual(ids.filter((id) => id !== 'photo 3'));
});
