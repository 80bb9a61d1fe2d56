import { skinToneSide } from '../../../core/image/skin-tone';
import type { Pixels } from '../../../core/raster';
import { drawOnWhite } from '../../../engine/input/on-white';
import { openBitmap } from '../../../engine/input/open-bitmap';
import { pixelsWithheld } from '../../../engine/input/withheld';

/** A photo reduced to what its skin tone is measured on; null where it cannot be opened. */
export type ReadSkin = (photo: Blob) => Promise<Pixels | null>;

/** By the browser's own decoder: upright, in sRGB, squeezed to a square as training squeezes it. */
export const readSkin: ReadSkin = async (photo) => {
  try {
    if (pixelsWithheld()) return null;
    const bitmap = await openBitmap(photo, {
      imageOrientation: 'from-image',
      resizeWidth: skinToneSide,
      resizeHeight: skinToneSide,
      resizeQuality: 'high',
    });
    const canvas = new OffscreenCanvas(skinToneSide, skinToneSide);
    const context = canvas.getContext('2d', { willReadFrequently: true });
    if (!context) return null;
    drawOnWhite(context, bitmap, { width: skinToneSide, height: skinToneSide });
    bitmap.close();
    const { data, width, height } = context.getImageData(0, 0, skinToneSide, skinToneSide);
    return { width, height, channels: 4, data };
  } catch {
    return null;
  }
};
