import { type DrawnCase, drawCase } from '../core/teaching/drawn/drawn-cases';

/** Pixels of a drawn picture. */
const [width, height] = [640, 480];

/** A drawn case as a PNG file. Throws where the browser gives no 2D canvas. */
export async function drawnCaseFile(drawn: DrawnCase): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('This browser gives no 2D canvas.');
  context.putImageData(new ImageData(drawCase(drawn, width, height), width, height), 0, 0);
  return canvas.convertToBlob({ type: 'image/png' });
}
