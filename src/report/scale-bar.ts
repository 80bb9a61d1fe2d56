/** A bar of a round length, at most a third of the picture wide. */
export interface ScaleBar {
  millimetres: number;
  /** Of the photo. */
  pixels: number;
}

const lengths = [50, 20, 10, 5, 2, 1, 0.5, 0.2];

/**
 * The longest bar that fits a photo of `width` pixels; null without a scale (millimetres a pixel), and where
 * no round length fits.
 */
export function scaleBar(width: number, scale: number | null): ScaleBar | null {
  if (scale === null) return null;
  const millimetres = lengths.find((length) => length / scale <= width / 3);
  return millimetres === undefined ? null : { millimetres, pixels: millimetres / scale };
}
