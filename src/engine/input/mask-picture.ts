import { failure, type Result, success } from '../../core/failure';
import { type Overlap, overlap } from '../../core/metrics/overlap';
import type { Raster } from '../../core/raster';
import { largestArea } from './decode';
import { readHeader } from './header';
import { openBitmap } from './open-bitmap';
import { isSupported, sniffLength, sniffType } from './sniff';
import { readStrips } from './strips';
import { pixelsWithheld } from './withheld';

/** Pixels of the longest side of a mask that is drawn: more than a screen shows of it. */
const shownSide = 2048;

/**
 * A picture of a mask as a raster of brightness, 0 to 255. Fails with "file-too-large" by what its header
 * says, before anything is decoded, with "pixels-withheld" and with "file-unreadable". This and what follows
 * belongs in a worker: it takes seconds for a large picture.
 */
export async function readMaskPicture(file: Blob): Promise<Result<Raster>> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const type = sniffType(bytes.subarray(0, sniffLength));
    const header = isSupported(type) ? readHeader(bytes, type) : null;
    if (header && header.width * header.height > largestArea) return tooLarge(header);
    if (pixelsWithheld()) return failure('pixels-withheld');
    const bitmap = await openBitmap(file, { colorSpaceConversion: 'none' });
    try {
      return bitmap.width * bitmap.height > largestArea ? tooLarge(bitmap) : brightnessOf(bitmap);
    } finally {
      bitmap.close();
    }
  } catch (error) {
    return failure('file-unreadable', { reason: String(error) });
  }
}

/** Counts what a picture of a mask and an answer have in common, on the picture's own grid (`overlap`). */
export async function overlapWithMask(file: Blob, answer: Raster | null): Promise<Result<Overlap>> {
  const truth = await readMaskPicture(file);
  return truth.ok ? success(overlap(truth.value, answer)) : truth;
}

/**
 * A picture of a mask to be drawn: 1 where it is lesion, by the limit of `overlap`; nearest pixels of a picture
 * whose longest side is over 2,048.
 */
export async function readMaskShape(file: Blob): Promise<Result<Raster>> {
  const read = await readMaskPicture(file);
  return read.ok ? success(shapeOf(read.value)) : read;
}

function shapeOf(brightness: Raster): Raster {
  const scale = Math.min(1, shownSide / Math.max(brightness.width, brightness.height));
  const width = Math.max(1, Math.round(scale * brightness.width));
  const height = Math.max(1, Math.round(scale * brightness.height));
  const data = new Uint8Array(width * height);
  for (let y = 0; y < height; y++) {
    const row = Math.floor(((y + 0.5) * brightness.height) / height) * brightness.width;
    for (let x = 0; x < width; x++) {
      const column = Math.floor(((x + 0.5) * brightness.width) / width);
      data[y * width + x] = Number((brightness.data[row + column] as number) > 127);
    }
  }
  return { width, height, data };
}

const tooLarge = ({ width, height }: { width: number; height: number }) =>
  failure('file-too-large', { width, height });

function brightnessOf(bitmap: ImageBitmap): Result<Raster> {
  const { width, height } = bitmap;
  const data = new Uint8Array(width * height);
  readStrips(bitmap, null, (rgba, top, rows) => {
    for (let at = 0; at < width * rows; at++) data[top * width + at] = rgba[4 * at] as number;
  });
  return success({ width, height, data });
}
