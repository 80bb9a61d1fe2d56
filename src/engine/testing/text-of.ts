import type { Photo } from '../exchange';

/** What a test wrote into a photo's file in place of a picture. */
export function textOf(photo: Photo): Promise<string> {
  if (photo instanceof Blob) return photo.text();
  throw new Error('This test gives its photos as files.');
}
