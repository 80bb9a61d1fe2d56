import { drawOnWhite } from './on-white';
import { openBitmap } from './open-bitmap';

/** Pixels, for the 112 CSS pixels or more of a tile on a screen of two device pixels each. */
const side = 224;

/** A photo as a small JPEG in a `data:` URL; null for a file that is no photo. Runs in a worker. */
export async function drawThumbnail(image: Blob): Promise<string | null> {
  const bitmap = await openBitmap(image, { resizeWidth: side, resizeQuality: 'medium' }).catch(() => null);
  if (!bitmap) return null;
  try {
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) return null;
    drawOnWhite(context, bitmap, bitmap);
    return new FileReaderSync().readAsDataURL(
      await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.85 }),
    );
  } finally {
    bitmap.close();
  }
}
