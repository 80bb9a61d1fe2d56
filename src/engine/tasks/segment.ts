import { letterbox } from '../../core/geometry';
import { type CleanedLesions, findLesions } from '../../core/lesion/clean';
import type { Pixels, Probabilities } from '../../core/raster';
import { EngineError } from '../engine-error';
import type { NetworkInputs } from '../input/inputs';
import type { Uploads } from '../network';
import type { ReadyPackage } from '../package/packages';
import { computeOutputs } from './outputs';

/**
 * The lesions of a photo, and the probabilities that they were found in, on a raster that covers the whole
 * photo and nothing else.
 */
export type SegmentedPhoto = CleanedLesions & { probabilities: Probabilities };

/** The whole photo through a segmenter. Throws `package-invalid` for a package that is none. */
export async function segment(
  ready: ReadyPackage,
  photo: NetworkInputs,
  uploads?: Uploads,
): Promise<SegmentedPhoto> {
  const { card } = ready;
  if (card.task !== 'segmentation' || card.input.fit !== 'letterbox') {
    throw new EngineError('package-invalid', {
      package: card.id,
      problem: `task: ${card.task} with ${card.input.fit} does not segment a whole photo`,
    });
  }
  const { values } = photo.of(card.input);
  const { lesion } = await computeOutputs(ready, { [card.input.name]: values }, ['lesion'], uploads);
  const size = lesion?.shape[1] ?? 0;
  const probabilities = photoPart(lesion?.data ?? new Float32Array(), size, photo.photo);
  const { width, height } = probabilities;
  return { ...findLesions(probabilities, { left: 0, top: 0, width, height }), probabilities };
}

/**
 * Logits on the letterboxed square as probabilities on the photo's part of it: sigmoid, and the black rims
 * cut away.
 */
function photoPart(logits: Float32Array, size: number, photo: Pixels): Probabilities {
  const { left, top, width, height } = letterbox(photo.width, photo.height, size);
  const data = Float32Array.from({ length: width * height }, (_, at) => {
    const logit = logits[(top + Math.floor(at / width)) * size + left + (at % width)] ?? Number.NaN;
    if (Number.isNaN(logit)) throw new Error('the segmenter answered no numbers');
    return 1 / (1 + Math.exp(-logit));
  });
  return { width, height, data };
}
