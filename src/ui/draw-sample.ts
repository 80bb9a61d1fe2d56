import { samplePixels } from '../core/image/sample';

/** The made-up picture of a seed as a PNG file. Throws where the browser gives no 2D canvas. */
export async function drawSample(seed = 20, width = 640, height = 480): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas.');
  context.putImageData(new ImageData(samplePixels(seed, width, height), width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
