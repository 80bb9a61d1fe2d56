/**
 * Some browsers hide from pages what is on a canvas, so that nobody recognises a device by it: pixels come back white
 * (Firefox with resistFingerprinting, LibreWolf) or as noise. A photo read in that way would be called too bright, or
 * be judged as a picture that nobody took.
 */

/** Pixels a side of the pattern. */
const side = 16;
/**
 * Levels by which a pixel may be off. Firefox's private windows, Brave and Safari move the last bit of some pixels,
 * which changes a photo less than saving it as JPEG does.
 */
const tolerance = 2;

/** Red, green and blue of a pixel of the pattern: each has a colour of its own, none is white. */
const colourAt = (x: number, y: number) => [16 * x + 3, 240 - 15 * y, (37 * (x + side * y)) % 240] as const;

let readable = false;

/**
 * Whether this browser keeps the pixels of pictures back from this thread, page or worker. A thread that may read them
 * is asked once; another one again at each call, because the user may allow it meanwhile.
 */
export function pixelsWithheld(): boolean {
  readable ||= readsBack();
  return !readable;
}

/** Draws the pattern and reads it. True where there is no canvas at all: what needs one says so better. */
function readsBack(): boolean {
  if (typeof OffscreenCanvas === 'undefined') return true;
  const context = new OffscreenCanvas(side, side).getContext('2d', { willReadFrequently: true });
  if (!context) return true;
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) {
      context.fillStyle = `rgb(${colourAt(x, y).join(', ')})`;
      context.fillRect(x, y, 1, 1);
    }
  }
  const { data } = context.getImageData(0, 0, side, side);
  for (let at = 0; at < side * side; at++) {
    const expected = [...colourAt(at % side, Math.floor(at / side)), 255];
    if (expected.some((value, channel) => !(Math.abs((data[4 * at + channel] ?? NaN) - value) <= tolerance)))
      return false;
  }
  return true;
}
