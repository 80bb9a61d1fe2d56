import type { HeifImage } from 'libheif-js/libheif-wasm/libheif-bundle.mjs';
import type { Result } from '../../core/failure';
import { encodePng, type PngSource } from '../../core/image/png';
import { EngineError, messageOf, toResult } from '../engine-error';
import { heicColours } from './heic-colours';

/** As in input/decode.ts: 100 megapixels are 400 MB of RGBA. */
const largestArea = 100e6;

/**
 * A HEIC photo as a PNG without loss, upright, with the colour profile of the file and without its metadata:
 * from there it goes the way of any photo. libheif (WebAssembly, 2.0 MB, 0.7 MB compressed; it fetches
 * nothing) comes in with the first HEIC photo. Fails with "file-unreadable" or "file-too-large".
 */
export function heicToPng(bytes: Uint8Array): Promise<Result<Blob>> {
  return toResult(async () => {
    const { default: load } = await import('libheif-js/libheif-wasm/libheif-bundle.mjs');
    const { HeifDecoder } = await load();
    const images = decode(() => new HeifDecoder().decode(bytes));
    try {
      const image = images.find((image) => image.is_primary()) ?? images[0];
      if (!image) throw new EngineError('file-unreadable', { reason: 'no picture inside' });
      const pixels = await pixelsOf(image);
      return new Blob([encodePng(opaque(pixels), heicColours(bytes))], { type: 'image/png' });
    } finally {
      for (const image of images) image.free();
    }
  });
}

/** Three channels where nothing is transparent: a photo's file then says that nothing hides behind it. */
function opaque(pixels: PngSource): PngSource {
  const { width, height, data } = pixels;
  for (let at = 3; at < data.length; at += 4) if (data[at] !== 255) return pixels;
  const rgb = new Uint8Array(width * height * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from] as number;
    rgb[to + 1] = data[from + 1] as number;
    rgb[to + 2] = data[from + 2] as number;
  }
  return { width, height, channels: 3, data: rgb };
}

function decode(work: () => HeifImage[]): HeifImage[] {
  try {
    return work();
  } catch (error) {
    throw new EngineError('file-unreadable', { reason: messageOf(error) });
  }
}

/**
 * What `work` gives to its callback. libheif draws within a promise of its own that nobody hears of, so some
 * broken files would never end: in a worker, which opens one file at a time, whatever is rejected meanwhile is
 * that file's. Elsewhere the limit of opener.ts ends it.
 */
function endingWithRejection<T>(work: (done: (value: T) => void) => void): Promise<T> {
  return new Promise<T>((resolve, reject) => {
    const isWorker = 'addEventListener' in globalThis;
    const onRejection = (event: PromiseRejectionEvent) => {
      event.preventDefault();
      if (isWorker) globalThis.removeEventListener('unhandledrejection', onRejection);
      reject(new EngineError('file-unreadable', { reason: messageOf(event.reason) }));
    };
    if (isWorker) globalThis.addEventListener('unhandledrejection', onRejection);
    work((value) => {
      if (isWorker) globalThis.removeEventListener('unhandledrejection', onRejection);
      resolve(value);
    });
  });
}

async function pixelsOf(image: HeifImage) {
  const width = image.get_width();
  const height = image.get_height();
  if (width * height > largestArea) throw new EngineError('file-too-large', { width, height });
  const data = new Uint8ClampedArray(width * height * 4);
  const filled = await endingWithRejection<unknown>((done) => image.display({ width, height, data }, done));
  if (!filled) throw new EngineError('file-unreadable', { reason: 'libheif' });
  return { width, height, channels: 4 as const, data };
}
