import type { Pixels } from '../../core/raster';
import { EngineError, isOutOfMemory, messageOf } from '../engine-error';
import type { Photo } from '../exchange';
import { mayBeCutOut } from './cut-out';
import { type Header, readHeader } from './header';
import { openBitmap } from './open-bitmap';
import { isSupported, sniffLength, sniffType, supportedTypes } from './sniff';
import { readShown, readStrips } from './strips';
import { pixelsWithheld } from './withheld';

/** No photo has that many bytes, and reading them would freeze the page. */
const largestFile = 200 * 2 ** 20;
/** 100 megapixels are 400 MB of RGBA; a canvas has no side beyond 16,384. */
export const largestArea = 100e6;
const longestSide = 16384;
/**
 * From this size on a photo that cannot be decoded is tried again after a while (milliseconds): the memory of
 * the ones before it may not be free yet. A smaller one is damaged.
 */
const largePhoto = 8e6;
const waits = [300, 1500];
/** Under that there is nothing to see. */
const shortestSide = 32;

/**
 * A photo's bytes as upright sRGB pixels (RGBA, opaque): EXIF orientation applied, colours converted from the
 * file's profile, white behind transparency, with the word of what was transparent; as `open_rgb` of training.
 * Throws `file-unsupported` with the type found, `file-unreadable`, `file-too-large`, `file-too-small`, or
 * `pixels-withheld` before it decodes anything. Pixels are taken as they are.
 */
export async function decodePhoto(photo: Photo): Promise<Pixels> {
  if (!(photo instanceof Blob)) {
    checkSize(photo, '');
    return photo;
  }
  const file = 'name' in photo ? String(photo.name) : '';
  if (photo.size > largestFile) throw new EngineError('file-too-large', { file, bytes: photo.size });
  const bytes = new Uint8Array(await readBytes(photo, file));
  const { width, height, cutOut } = checkHeader(bytes, file);
  if (pixelsWithheld()) throw new EngineError('pixels-withheld');
  for (const wait of width * height < largePhoto ? [] : waits) {
    try {
      return await pixelsOf(photo, file, cutOut);
    } catch {
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
  return pixelsOf(photo, file, cutOut);
}

async function pixelsOf(photo: Blob, file: string, cutOut: boolean): Promise<Pixels> {
  const bitmap = await openBitmap(photo, {
    imageOrientation: 'from-image',
    premultiplyAlpha: 'none',
    colorSpaceConversion: 'default',
  }).catch((error) => {
    throw unreadable(file, error);
  });
  try {
    const { width, height } = bitmap;
    const data = new Uint8ClampedArray(4 * width * height);
    readStrips(bitmap, 'white', (rgba, top) => data.set(rgba, 4 * width * top));
    const shown = cutOut ? readShown(bitmap) : null;
    return { width, height, channels: 4, data, ...(shown && { shown }) };
  } catch (error) {
    throw unreadable(file, error);
  } finally {
    bitmap.close();
  }
}

function unreadable(file: string, error: unknown): EngineError {
  if (error instanceof EngineError) return error;
  return new EngineError(isOutOfMemory(error) ? 'out-of-memory' : 'file-unreadable', {
    file,
    reason: messageOf(error),
  });
}

/** Refuses by kind and by size before anything is decoded. */
function checkHeader(bytes: Uint8Array, file: string): Header & { cutOut: boolean } {
  if (bytes.length === 0) throw new EngineError('file-unreadable', { file });
  const type = sniffType(bytes.subarray(0, sniffLength));
  if (!isSupported(type)) {
    throw new EngineError('file-unsupported', { file, type, supported: supportedTypes.join(', ') });
  }
  const header = readHeader(bytes, type);
  if (!header?.complete) throw new EngineError('file-unreadable', { file });
  checkSize(header, file);
  return { ...header, cutOut: mayBeCutOut(bytes, type) };
}

function checkSize({ width, height }: Pick<Header, 'width' | 'height'>, file: string): void {
  if (width * height > largestArea || Math.max(width, height) > longestSide) {
    throw new EngineError('file-too-large', { file, width, height });
  }
  if (Math.min(width, height) < shortestSide) {
    throw new EngineError('file-too-small', { file, width, height, least: shortestSide });
  }
}

async function readBytes(photo: Blob, file: string): Promise<ArrayBuffer> {
  try {
    return await photo.arrayBuffer();
  } catch (error) {
    // Moved or deleted since it was picked, or more than there is memory for.
    throw unreadable(file, error);
  }
}
