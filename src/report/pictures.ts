import type { Analysis } from '../core/analysis';
import { failure, type Result, success } from '../core/failure';
import { paintMap } from '../core/image/activation-picture';
import { type StrippedImage, stripMetadata } from '../core/image/image-metadata';
import { contours } from '../core/lesion/outline';

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
 * profile. Photos in other colours (Display P3, CMYK) are drawn again, as the page shows them.
 */
export function printablePhoto(photo: Blob): Promise<Result<CleanPicture>> {
  return strippedOrDrawn(photo, ({ plain }) => plain, 'image/jpeg');
}

/** The photo as it is, without metadata, where it stands upright and `keeps` says so; else drawn again. */
async function strippedOrDrawn(
  photo: Blob,
  keeps: (stripped: StrippedImage) => boolean,
  type: CleanPicture['type'],
): Promise<Result<CleanPicture>> {
  const stripped = stripMetadata(new Uint8Array(await photo.arrayBuffer()));
  if (!stripped.ok || stripped.value.orientation !== 1 || !keeps(stripped.value))
    return drawn(photo, () => undefined, type);
  const { bytes, format } = stripped.value;
  return success({ bytes, type: `image/${format}` });
}

/** The most that an overlay hides of the skin. */
const mapOpacity = 0.6;

/**
 * The photo with the square that the model saw, the map of a class in it, and the outline of the lesion,
 * where there are such.
 */
export function overlayPhoto(
  photo: Blob,
  analysis: Analysis,
  classId: string,
): Promise<Result<CleanPicture>> {
  return drawn(
    photo,
    (context) => {
      const { square, activation, lesion } = analysis;
      const line = Math.max(2, Math.round(context.canvas.width / 300));
      const plane = activation?.planes.find((plane) => plane.classId === classId);
      if (activation && plane) {
        const size = 256;
        const map = new OffscreenCanvas(size, size);
        const pixels = paintMap(plane.values, activation.width, activation.height, size);
        map.getContext('2d')?.putImageData(new ImageData(pixels, size, size), 0, 0);
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
      if (lesion?.mask) stroke(outlineOf(lesion.mask, context.canvas));
    },
    'image/jpeg',
  );
}

function outlineOf(
  mask: NonNullable<NonNullable<Analysis['lesion']>['mask']>,
  { width, height }: OffscreenCanvas,
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

async function drawn(
  photo: Blob,
  draw: (context: OffscreenCanvasRenderingContext2D) => void,
  type: CleanPicture['type'],
): Promise<Result<CleanPicture>> {
  try {
    const bitmap = await createImageBitmap(photo, { imageOrientation: 'from-image' });
    const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
    const context = canvas.getContext('2d');
    if (!context) return failure('out-of-memory');
    // White behind what is transparent, as the model saw it.
    context.fillStyle = 'white';
    context.fillRect(0, 0, bitmap.width, bitmap.height);
    context.drawImage(bitmap, 0, 0);
    bitmap.close();
    draw(context);
    const blob = await canvas.convertToBlob({ type, quality: 0.92 });
    return success({ bytes: new Uint8Array(await blob.arrayBuffer()), type });
  } catch (error) {
    return failure('file-unreadable', { reason: String(error) });
  }
}
