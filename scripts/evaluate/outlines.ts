import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PNG } from 'pngjs';
import { imageFinder } from '../../src/core/evaluation/labels';
import { mean } from '../../src/core/metrics/confusion';
import { dice, jaccard, type Overlap, overlap, thresholdedJaccard } from '../../src/core/metrics/overlap';
import type { Raster } from '../../src/core/raster';
import type { BackendStatus } from '../../src/engine/engine';
import { Stop } from '../command';
import { describeFailure, type FoundMask, type OpenApp } from './browser';
import { Progress } from './progress';
import { pathsIn } from './table';

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
}

/** Finds the image of each mask by its name without ending; "_segmentation" and "_mask" at its end do not count. */
export function matchMasks(masks: readonly string[], images: readonly string[]): Outline[] {
  const find = imageFinder(images);
  return masks
    .filter((path) => /\.png$/i.test(path))
    .map((mask) => {
      const name = mask.slice(mask.lastIndexOf('/') + 1).replace(/\.png$/i, '');
      return { mask, image: find(name) ?? find(name.replace(/_(segmentation|mask)$/i, '')) };
    });
}

export async function evaluateOutlines(
  app: OpenApp,
  { model, images, masks, limit }: { model: string; images: string; masks: string; limit: number | null },
  backend: BackendStatus,
): Promise<OutlineResult> {
  const outlines = matchMasks(pathsIn(masks), pathsIn(images)).slice(0, limit ?? undefined);
  const progress = new Progress(outlines.length);
  const perImage: OutlineFigures[] = [];
  const milliseconds: number[] = [];
  for (const { mask, image } of outlines) {
    const found = image === null ? null : await app.findLesions(image, model);
    if (image !== null && found?.ok) {
      perImage.push({
        file: image,
        ...figuresOf(overlap(readMask(join(masks, mask)), rasterOf(found.value))),
      });
      milliseconds.push(found.value.milliseconds);
    } else {
      const why = found?.ok === false ? describeFailure(found.failure) : 'no such image in the folder';
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

/** A mask file: grey or coloured PNG, lesion where it is light. */
export function readMask(file: string): Raster {
  const { width, height, data } = PNG.sync.read(readFileSync(file));
  return { width, height, data: Uint8Array.from({ length: width * height }, (_, at) => data[4 * at] ?? 0) };
}
