import { failure, type Result, success } from '../../core/failure';
import type { Raster } from '../../core/raster';
import { largestArea } from './decode';
import { readHeader } from './header';
import { openBitmap } from './open-bitmap';
import { isSupported, sniffLength, sniffType } from './sniff';
import { readStrips } from './strips';

/**
 * A picture of a mask as a raster of brightness, 0 to 255. Fails with "file-too-large" by what its header
 * says, before anything is decoded, and with "file-unreadable". Belongs in a worker: it takes seconds for a
 * large one.
 */
export async function readMaskPicture(file: Blob): Promise<Result<Raster>> {
  try {
    const bytes = new Uint8Array(await file.arrayBuffer());
    const type = sniffType(bytes.subarray(0, sniffLength));
    const header = isSupported(type) ? readHeader(bytes, type) : null;
    if (header && header.width * header.height > largestArea) return tooLarge(header);
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
