import { failure, type Result, success } from '../../../core/failure';
import type { Raster } from '../../../core/raster';
import { openBitmap } from '../../../engine/input/open-bitmap';

/** Reads a file of a true outline as a raster of brightness, 0 to 255. */
export async function readMask(file: Blob): Promise<Result<Raster>> {
  try {
    const bitmap = await openBitmap(file, { colorSpaceConversion: 'none' });
    const { width, height } = bitmap;
    const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
    if (!context) return failure('out-of-memory');
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    const { data } = context.getImageData(0, 0, width, height);
    return success({
      width,
      height,
      data: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] ?? 0),
    });
  } catch (error) {
    return failure('file-unreadable', { reason: String(error) });
  }
}

/** A raster of brightness as a mask: 1 where it is lesion. The same limit as in `overlap`. */
export const insideOf = (brightness: Raster): Raster => ({
  ...brightness,
  data: brightness.data.map((value) => Number(value > 127)),
});
