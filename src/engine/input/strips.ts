import { EngineError } from '../engine-error';
import { drawOnWhite } from './on-white';

/** Pixels that are taken out of a picture at a time: a whole one of 100 megapixels is 400 MB of RGBA. */
export const stripArea = 4e6;

/**
 * Gives a picture's pixels (RGBA) strip by strip, from the top, through one small canvas, whose memory is let
 * go at the end. `background` lies under what is transparent. Throws "out-of-memory" where there is no canvas
 * to be had.
 */
export function readStrips(
  bitmap: ImageBitmap,
  background: 'white' | null,
  take: (rgba: Uint8ClampedArray, top: number, rows: number) => void,
): void {
  const { width, height } = bitmap;
  const most = Math.max(1, Math.min(height, Math.floor(stripArea / width)));
  const canvas = new OffscreenCanvas(width, most);
  // In memory, because a canvas on the GPU may round colours.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) throw new EngineError('out-of-memory', { width, height });
  for (let top = 0; top < height; top += most) {
    const rows = Math.min(most, height - top);
    context.clearRect(0, 0, width, most);
    if (background) drawOnWhite(context, bitmap, { width, height: most, top });
    else context.drawImage(bitmap, 0, -top);
    take(context.getImageData(0, 0, width, rows).data, top, rows);
  }
  // Else it waits for the next collection of garbage, of which a worker does not always see the need.
  canvas.width = 0;
  canvas.height = 0;
}

/** Which pixels of a picture show something (`Pixels.shown`); null where all do. */
export function readShown(bitmap: ImageBitmap): Uint8Array | null {
  const { width, height } = bitmap;
  let shown: Uint8Array | null = null;
  readStrips(bitmap, null, (rgba, top, rows) => {
    for (let pixel = 0; pixel < width * rows; pixel++) {
      // What is half transparent is half white.
      if ((rgba[4 * pixel + 3] as number) === 255) continue;
      shown ??= new Uint8Array(width * height).fill(1);
      shown[width * top + pixel] = 0;
    }
  });
  return shown;
}
