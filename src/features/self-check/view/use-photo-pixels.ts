import { useEffect, useState } from 'react';
import type { Pixels } from '../../../core/raster';
import { drawOnWhite } from '../../../engine/input/on-white';
import { pixelsWithheld } from '../../../engine/input/withheld';

/**
 * Long side in pixels to which a photo is reduced: an outline needs no more, and a phone reads it at once.
 */
const longSide = 1000;

/** A photo's pixels, upright and reduced; null until they are read, and where the browser cannot. */
export function usePhotoPixels(url: string): Pixels | null {
  const [pixels, setPixels] = useState<Pixels | null>(null);
  useEffect(() => {
    let gone = false;
    void read(url).then(
      (found) => !gone && setPixels(found),
      () => !gone && setPixels(null),
    );
    return () => {
      gone = true;
    };
  }, [url]);
  return pixels;
}

async function read(url: string): Promise<Pixels | null> {
  if (pixelsWithheld()) return null;
  const image = new Image();
  image.src = url;
  await image.decode();
  const scale = Math.min(1, longSide / Math.max(image.naturalWidth, image.naturalHeight));
  const width = Math.max(1, Math.round(image.naturalWidth * scale));
  const height = Math.max(1, Math.round(image.naturalHeight * scale));
  const context = new OffscreenCanvas(width, height).getContext('2d', { willReadFrequently: true });
  if (!context) return null;
  context.imageSmoothingQuality = 'high';
  drawOnWhite(context, image, { width, height });
  return { width, height, channels: 4, data: context.getImageData(0, 0, width, height).data };
}
