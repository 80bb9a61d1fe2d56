import { readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { PNG } from 'pngjs';
import { masksOf } from '../../src/core/evaluation/masks';
import { sortFiles } from '../../src/core/evaluation/plan';
import { mayBePhoto } from '../../src/core/image/file-names';
import { mean } from '../../src/core/metrics/confusion';
import { dice, jaccard, type Overlap, overlap, thresholdedJaccard } from '../../src/core/metrics/overlap';
import type { Raster } from '../../src/core/raster';
import type { BackendStatus } from '../../src/engine/engine';
import { Stop } from '../command';
import { describeFailure, type FoundMask, type OpenApp } from './browser';
import { Progress } from './progress';
import { filesIn } from './table';

/** What `npm run evaluate -- --masks` writes. */
export interface OutlineResult {
  model: string;
  backend: BackendStatus['name'];
  adapter: string;
  /** Images with an outline. */
  count: number;
  /** Masks without an image, and images that could not be read. */
  skipped: number;
  dice: { mean: number };
  jaccard: { mean: number };
  /** As in ISIC 2018: what is under 0.65 counts 0. */
  thresholdedJaccard: { mean: number };
  /** Mean time from file to outline. */
  msPerImage: number;
  perImage: OutlineFigures[];
}

interface OutlineFigures {
  file: string;
  dice: number;
  jaccard: number;
  thresholdedJaccard: number;
}

/** A true outline, and the image that it belongs to; null where the folder has no such image. Paths inside their folders. */
export interface Outline {
  mask: string;
  image: string | null;
  /** It fits several images, or an image that has another mask too. */
  ambiguous: boolean;
}

const noSuchImage = 'no such image in the folder';

/**
 * Finds the image of each mask, by the rules of the Evaluate screen: outlines that lie among the photos are no photos, and a mask that fits two images
 * belongs to none. `masks` and `images` are paths inside their folders; `inside` is where the folder of masks lies in that of
 * images, '' where they are one folder, and null where it lies elsewhere.
 */
export function matchMasks(
  masks: readonly string[],
  images: readonly string[],
  inside: string | null = null,
): Outline[] {
  const files = (paths: readonly string[]) => paths.map((path) => ({ path, size: 0 }));
  const outlines =
    inside === '' ? sortFiles(files(masks)).masks : files(masks).filter(({ path }) => mayBePhoto(path));
  const photos = sortFiles(files(images)).images.filter(
    ({ path }) => !inside || !path.startsWith(`${inside}/`),
  );
  const { byImage, ambiguous } = masksOf(outlines, photos);
  const imageOf = new Map([...byImage].map(([image, mask]) => [mask, image]));
  return outlines.map(({ path }) => ({
    mask: path,
    image: imageOf.get(path) ?? null,
    ambiguous: ambiguous.includes(path),
  }));
}

/** Where a folder lies inside another, with forward slashes; '' where they are the same, null where it lies outside. */
function placeInside(folder: string, outer: string): string | null {
  const path = relative(outer, folder).replaceAll('\\', '/');
  return path.startsWith('..') || isAbsolute(path) ? null : path;
}

export async function evaluateOutlines(
  app: OpenApp,
  { model, images, masks, limit }: { model: string; images: string; masks: string; limit: number | null },
  backend: BackendStatus,
): Promise<OutlineResult> {
  const pathsIn = (folder: string) => filesIn(folder).map(({ path }) => path);
  const outlines = matchMasks(pathsIn(masks), pathsIn(images), placeInside(masks, images)).slice(
    0,
    limit ?? undefined,
  );
  const progress = new Progress(outlines.length);
  const perImage: OutlineFigures[] = [];
  const milliseconds: number[] = [];
  for (const { mask, image, ambiguous } of outlines) {
    const found = image === null ? null : await app.findLesions(image, model);
    const truth = found?.ok ? tryMask(join(masks, mask)) : null;
    if (image !== null && found?.ok && truth) {
      perImage.push({ file: image, ...figuresOf(overlap(truth, rasterOf(found.value))) });
      milliseconds.push(found.value.milliseconds);
    } else {
      const nowhere = ambiguous ? 'it fits several images, or an image with another mask' : noSuchImage;
      const unread = found?.ok ? 'it is no PNG that can be read' : nowhere;
      const why = found?.ok === false ? describeFailure(found.failure) : unread;
      progress.say(`${mask}: ${why}; skipped.`);
    }
    progress.advance(1);
  }
  progress.end();
  if (perImage.length === 0) throw new Stop('Nothing ran, so there is nothing to measure.');
  const meanOf = (figure: 'dice' | 'jaccard' | 'thresholdedJaccard') => ({
    mean: mean(perImage.map((figures) => figures[figure])),
  });
  return {
    model,
    backend: backend.name,
    adapter: backend.adapter,
    count: perImage.length,
    skipped: outlines.length - perImage.length,
    dice: meanOf('dice'),
    jaccard: meanOf('jaccard'),
    thresholdedJaccard: meanOf('thresholdedJaccard'),
    msPerImage: mean(milliseconds),
    perImage,
  };
}

const figuresOf = (found: Overlap) => ({
  dice: dice(found),
  jaccard: jaccard(found),
  thresholdedJaccard: thresholdedJaccard(found),
});

function rasterOf({ mask }: FoundMask): Raster | null {
  return mask && { ...mask, data: Uint8Array.from(mask.pixels, Number) };
}

function tryMask(file: string): Raster | null {
  try {
    return readMask(file);
  } catch {
    return null;
  }
}

/** A mask file: grey or coloured PNG, lesion where it is light. */
export function readMask(file: string): Raster {
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] ?? 0) };
}
