import type { Analysis } from '../core/analysis';
import { failure, type Result, success } from '../core/failure';
import { paintMap } from '../core/image/activation-picture';
import { type StrippedImage, stripMetadata } from '../core/image/image-metadata';
import { contours } from '../core/lesion/outline';
import { EngineError, isOutOfMemory } from '../engine/engine-error';
import { drawOnWhite } from '../engine/input/on-white';
import { openBitmap } from '../engine/input/open-bitmap';
import { pixelsWithheld } from '../engine/input/withheld';
import { type ScaleBar, scaleBar } from './scale-bar';

/** Photos as they may leave the program: upright, with nothing in the file but the picture. */

export interface CleanPicture {
  bytes: Uint8Array<ArrayBuffer>;
  type: 'image/jpeg' | 'image/png';
}

/**
 * The photo without its metadata. A JPEG or PNG that stands upright and hides nothing behind it keeps its
 * pixels to the bit; anything else is drawn again, on white, as PNG. Fails with "file-unreadable" where the
 * browser cannot open it.
 */
export function cleanPhoto(photo: Blob): Promise<Result<CleanPicture>> {
  return strippedOrDrawn(photo, ({ transparent }) => !transparent, 'image/png');
}

/**
 * The photo as `cleanPhoto`, in sRGB: for a PDF, which takes the numbers as they are, without a colour
 * profile. Photos in other colours (Display P3, CMYK) are drawn again, as the page shows them; so is every
 * photo where its `longest` side is limited, in pixels.
 */
export async function printablePhoto(photo: Blob, longest = Infinity): Promise<Result<CleanPicture>> {
  if (longest < Infinity) return drawn(photo, () => undefined, 'image/jpeg', longest);
  return strippedOrDrawn(photo, ({ plain }) => plain, 'image/jpeg');
}

/** The photo as it is, without metadata, where it stands upright and `keeps` says so; else drawn again. */
async function strippedOrDrawn(
  photo: Blob,
  keeps: (stripped: StrippedImage) => boolean,
  type: CleanPicture['type'],
): Promise<Result<CleanPicture>> {
  let bytes: Uint8Array<ArrayBuffer>;
  try {
    bytes = new Uint8Array(await photo.arrayBuffer());
  } catch (error) {
    return unreadable(error);
  }
  const stripped = stripMetadata(bytes);
  if (!stripped.ok || stripped.value.orientation !== 1 || !keeps(stripped.value))
    return drawn(photo, () => undefined, type);
  const { format } = stripped.value;
  return success({ bytes: stripped.value.bytes, type: `image/${format}` });
}

/** The most that an overlay hides of the skin. */
const mapOpacity = 0.6;

/**
 * The photo with the square that the model saw, the map of a class in it, the outline of the lesion, and a
 * bar of so many millimetres, where there are such. `scale`: millimetres a pixel of the photo.
 */
export function overlayPhoto(
  photo: Blob,
  analysis: Analysis,
  { classId, scale, longest = Infinity }: { classId: string; scale: number | null; longest?: number },
): Promise<Result<CleanPicture>> {
  return drawn(
    photo,
    (context, photoSize) => {
      const { square, activation, lesion } = analysis;
      const line = Math.max(2, Math.round(photoSize.width / 300));
      const plane = activation?.planes.find((plane) => plane.classId === classId);
      if (activation && plane) {
        const size = 256;
        const map = new OffscreenCanvas(size, size);
        const pixels = paintMap(plane.values, activation.width, activation.height, size);
        const paint = map.getContext('2d');
        // A picture without the map would say that the model looked nowhere.
        if (!paint) throw new EngineError('out-of-memory');
        paint.putImageData(new ImageData(pixels, size, size), 0, 0);
        context.globalAlpha = mapOpacity;
        context.drawImage(map, square.left, square.top, square.side, square.side);
        context.globalAlpha = 1;
      }
      const stroke = (path: Path2D) => {
        // Dark below light: it shows on any skin.
        context.lineWidth = 2 * line;
        context.strokeStyle = 'rgb(0 0 0 / 55%)';
        context.stroke(path);
        context.lineWidth = line;
        context.strokeStyle = '#fff';
        context.stroke(path);
      };
      const frame = new Path2D();
      frame.rect(square.left, square.top, square.side, square.side);
      context.setLineDash([4 * line, 3 * line]);
      stroke(frame);
      context.setLineDash([]);
      if (lesion?.mask) stroke(outlineOf(lesion.mask, photoSize));
      const bar = scaleBar(photoSize.width, scale);
      if (bar) drawScaleBar(context, bar, { line, height: photoSize.height });
    },
    'image/jpeg',
    longest,
  );
}

/** At the bottom left, light on a dark plate: it shows on any skin. */
function drawScaleBar(
  context: OffscreenCanvasRenderingContext2D,
  bar: ScaleBar,
  { line, height }: { line: number; height: number },
): void {
  const size = 8 * line;
  const inset = 3 * line;
  const text = `${bar.millimetres} mm`;
  context.font = `${size}px sans-serif`;
  const [left, bottom] = [2 * inset, height - 2 * inset];
  const width = Math.max(bar.pixels, context.measureText(text).width) + 2 * inset;
  context.fillStyle = 'rgb(0 0 0 / 55%)';
  context.fillRect(left, bottom - 2.4 * size, width, 2.4 * size);
  context.fillStyle = '#fff';
  context.fillRect(left + inset, bottom - 0.6 * size, bar.pixels, 2 * line);
  context.fillText(text, left + inset, bottom - size);
}

function outlineOf(
  mask: NonNullable<NonNullable<Analysis['lesion']>['mask']>,
  { width, height }: { width: number; height: number },
): Path2D {
  const path = new Path2D();
  for (const polygon of contours(mask)) {
    polygon.forEach(({ x, y }, index) => {
      const at = [(x * width) / mask.width, (y * height) / mask.height] as const;
      if (index === 0) path.moveTo(...at);
      else path.lineTo(...at);
    });
    path.closePath();
  }
  return path;
}

/** Red, green and blue of each pixel, row by row, as the page shows the photo: upright, in sRGB, on white. */
export async function photoPixels(photo: Blob): Promise<Result<Uint8Array<ArrayBuffer>>> {
  let rgba: Uint8ClampedArray | null = null;
  const made = await drawn(
    photo,
    (context, { width, height }) => {
      rgba = context.getImageData(0, 0, width, height).data;
    },
    'image/png',
  );
  if (!made.ok) return made;
  const pixels = rgba ?? new Uint8ClampedArray();
  const rgb = new Uint8Array((pixels.length / 4) * 3);
  for (let from = 0, to = 0; from < pixels.length; from += 4, to += 3)
    rgb.set(pixels.subarray(from, from + 3), to);
  return success(rgb);
}

/**
 * On white, as the model saw it; never from a canvas that the browser spoils. `draw` goes by the pixels of the
 * photo, however large the picture is.
 */
async function drawn(
  photo: Blob,
  draw: (context: OffscreenCanvasRenderingContext2D, photoSize: { width: number; height: number }) => void,
  type: CleanPicture['type'],
  longest = Infinity,
): Promise<Result<CleanPicture>> {
  try {
    if (pixelsWithheld()) return failure('pixels-withheld');
    const bitmap = await openBitmap(photo, { imageOrientation: 'from-image' });
    const { width, height } = bitmap;
    const smaller = Math.min(1, longest / Math.max(width, height));
    const canvas = new OffscreenCanvas(Math.round(width * smaller), Math.round(height * smaller));
    const context = canvas.getContext('2d');
    if (!context) return failure('out-of-memory');
    context.scale(canvas.width / width, canvas.height / height);
    context.imageSmoothingQuality = 'high';
    drawOnWhite(context, bitmap, { width, height });
    bitmap.close();
    draw(context, { width, height });
    const blob = await canvas.convertToBlob({ type, quality: 0.92 });
    return success({ bytes: new Uint8Array(await blob.arrayBuffer()), type });
  } catch (error) {
    return unreadable(error);
  }
}

const unreadable = (error: unknown) =>
  failure(isOutOfMemory(error) ? 'out-of-memory' : 'file-unreadable', { reason: String(error) });
