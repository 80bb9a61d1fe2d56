import { failure, type Result, success } from '../../core/failure';
import type { Raster } from '../../core/raster';
import { largestArea } from './decode';
import { readHeader } from './header';
import { isSupported, sniffLength, sniffType } from './sniff';

/** Pixels that are taken out of a picture at a time: a whole one of 100 megapixels is 400 MB of RGBA. */
const stripArea = 4e6;

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
    const bitmap = await createImageBitmap(file, { colorSpaceConversion: 'none' });
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
  const rows = Math.max(1, Math.min(height, Math.floor(stripArea / width)));
  const context = new OffscreenCanvas(width, rows).getContext('2d', { willReadFrequently: true });
  if (!context) return failure('out-of-memory');
  const data = new Uint8Array(width * height);
  for (let top = 0; top < height; top += rows) {
    const strip = Math.min(rows, height - top);
    context.clearRect(0, 0, width, rows);
    context.drawImage(bitmap, 0, -top);
    const { data: rgba } = context.getImageData(0, 0, width, strip);
    for (let at = 0; at < width * strip; at++) data[top * width + at] = rgba[4 * at] as number;
  }
  return success({ width, height, data });
}
