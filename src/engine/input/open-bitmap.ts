import { afterAwake } from '../awake-timer';

/** As for the decoders of our own (opener.ts): what is not open by then never is. */
const defaultLimitMs = 60_000;

/**
 * `createImageBitmap`, which the browser's own decoders answer, with an end: rejects after `limitMs`
 * milliseconds. Nothing can stop such a decoder; what it gives after that is freed.
 */
export function openBitmap(
  image: Blob,
  options: ImageBitmapOptions = {},
  limitMs = defaultLimitMs,
): Promise<ImageBitmap> {
  return new Promise((resolve, reject) => {
    let late = false;
    const stop = afterAwake(limitMs, () => {
      late = true;
      reject(new Error(`it was not open after ${limitMs / 1000} seconds`));
    });
    createImageBitmap(image, options)
      .then((bitmap) => (late ? bitmap.close() : resolve(bitmap)), reject)
      .finally(stop);
  });
}
