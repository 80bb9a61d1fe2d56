import { type ClassList, listedIn } from '../decision/class-list';
import { predictionSet } from '../decision/prediction-set';
import { positiveScores } from '../metrics/classifier';
import { argmax } from '../metrics/confusion';
import type { QualityCheck } from '../quality/gate';
import { type ImageAnswer, isRefused } from './answer';
import { flaggedBy } from './flagged';
import { type JudgedModel, sampleOf } from './measured';
import type { PlannedImage } from './plan';

/** The images worth looking at: the worst errors, what models disagree on, what has no result. */

export interface GalleryImage {
  image: PlannedImage;
  /** Index of the class that the label means, and of the most probable one. */
  truth: number;
  predicted: number;
  /** In the order of the model's classes. */
  probabilities: readonly number[];
  /** At the model's own threshold; null where it has none. */
  flagged: boolean | null;
  /** The clinic would give no result. */
  refused: boolean;
}

/** What two models said of one image. */
export interface Disagreement extends GalleryImage {
  /** Class id that the other model found most probable, how probable, and what leads its answer. */
  other: { predicted: string; probability: number } & Pick<GalleryImage, 'flagged' | 'refused'>;
}

export interface RefusedImage extends GalleryImage {
  reasons: QualityCheck['check'][];
}

type Answers = ReadonlyMap<string, ImageAnswer>;

/** Every image of the model's figures, with its answer. */
export function answeredImages(
  model: JudgedModel,
  images: readonly PlannedImage[],
  answers: Answers,
): GalleryImage[] {
  const judged = sampleOf(model, images, answers);
  return judged.images.map((image, index) => {
    const probabilities = judged.sample.probabilities[index] as readonly number[];
    const truth = judged.sample.truth[index] as number;
    const flagged = flaggedBy(model, probabilities);
    const refused = isRefused(answers.get(image.path)?.answers[model.packageId]);
    return { image, truth, predicted: argmax(probabilities), probabilities, flagged, refused };
  });
}

/** What the clinic would say of an image beside its most probable class, for the one that is looked at. */
export interface SaidOfImage {
  /** Null where the model has no threshold. */
  flag: { flagged: boolean; probability: number; threshold: number } | null;
  /** What cannot be ruled out; null where the run has no prediction sets of the model. */
  listed: Pick<ClassList, 'classes' | 'words'> | null;
}

export function saidOf(
  { classes, decision, conformal }: Pick<JudgedModel, 'classes' | 'decision' | 'conformal'>,
  probabilities: readonly number[],
): SaidOfImage {
  const positive = decision?.positive.map((id) => classes.indexOf(id)) ?? [];
  const [probability = 0] = positiveScores([probabilities], positive);
  const above = decision !== null && probability >= decision.threshold;
  const set = conformal ? predictionSet(conformal.classes, probabilities) : null;
  return {
    flag: decision && { flagged: above, probability, threshold: decision.threshold },
    listed: set && {
      ...listedIn({
        conformalSet: set.classes,
        unsure: set.unsure,
        decision: decision && { ...decision, probability, above, wanted: null },
        probabilities: classes.map((id, at) => ({
          ...{ id, logit: 0, raw: 0 },
          calibrated: probabilities[at] ?? 0,
        })),
      }),
    },
  };
}

/**
 * Wrong answers, the worst first: those that gave the true class the least, which is the order of their
 * logarithmic loss -ln p(true class).
 */
export function worstErrors(
  model: JudgedModel,
  images: readonly PlannedImage[],
  answers: Answers,
): GalleryImage[] {
  const given = ({ truth, probabilities }: GalleryImage) => probabilities[truth] as number;
  return answeredImages(model, images, answers)
    .filter(({ truth, predicted }) => truth !== predicted)
    .sort((a, b) => given(a) - given(b));
}

/**
 * Images of which one model is right and the other wrong, or, where both tell the same classes apart, that
 * they call different classes; first those of which both are surest. Seen from `model`.
 */
export function disagreements(
  model: JudgedModel,
  other: JudgedModel,
  images: readonly PlannedImage[],
  answers: Answers,
): Disagreement[] {
  const theirs = new Map(answeredImages(other, images, answers).map((item) => [item.image.path, item]));
  const sameClasses = model.classes.join(' ') === other.classes.join(' ');
  const sureness = (item: Disagreement) => (item.probabilities[item.predicted] ?? 0) * item.other.probability;
  return answeredImages(model, images, answers)
    .flatMap((item): Disagreement[] => {
      const second = theirs.get(item.image.path);
      if (!second) return [];
      const differs = sameClasses
        ? item.predicted !== second.predicted
        : (item.predicted === item.truth) !== (second.predicted === second.truth);
      const predicted = other.classes[second.predicted] as string;
      const probability = second.probabilities[second.predicted] as number;
      const { flagged, refused } = second;
      return differs ? [{ ...item, other: { predicted, probability, flagged, refused } }] : [];
    })
    .sort((a, b) => sureness(b) - sureness(a));
}

/** Images for which the clinic would give no result, and why; in the order of the images. */
export function withoutResult(
  model: JudgedModel,
  images: readonly PlannedImage[],
  answers: Answers,
): RefusedImage[] {
  return answeredImages(model, images, answers).flatMap((item) => {
    const answer = answers.get(item.image.path)?.answers[model.packageId];
    return answer?.ok && answer.refused?.length ? [{ ...item, reasons: answer.refused }] : [];
  });
}
