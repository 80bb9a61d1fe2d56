import { type ClassList, listedIn } from '../decision/class-list';
import { predictionSet } from '../decision/prediction-set';
import { positiveScores } from '../metrics/classifier';
import { argmax } from '../metrics/confusion';
import type { QualityCheck } from '../quality/gate';
import { each, type Steps, sorting } from '../steps';
import { type ImageAnswer, isRefused } from './answer';
import { flaggedBy } from './flagged';
import type { PlannedImage } from './plan';
import { type JudgedModel, type JudgedSample, sampling } from './sample';

/**
 * The images worth looking at: the worst errors, what models disagree on, what has no result. In steps: an
 * archive of 100,000 images would hold the page for seconds.
 */

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

/**
 * What another model said of an image: the class id that it found most probable, how probable, and what leads its
 * answer.
 */
export interface OtherAnswer extends Pick<GalleryImage, 'flagged' | 'refused'> {
  packageId: string;
  predicted: string;
  probability: number;
}

export interface Disagreement extends GalleryImage {
  /** One for each model that parts from this one. */
  others: OtherAnswer[];
}

export interface RefusedImage extends GalleryImage {
  reasons: QualityCheck['check'][];
}

type Answers = ReadonlyMap<string, ImageAnswer>;

/** Every image of a model's figures, with its answer. */
export function* answering(
  model: JudgedModel,
  { images, sample }: JudgedSample,
  answers: Answers,
): Steps<GalleryImage[]> {
  const answered: GalleryImage[] = [];
  yield* each(images, (image) => {
    const index = answered.length;
    const probabilities = sample.probabilities[index] as readonly number[];
    answered.push({
      image,
      truth: sample.truth[index] as number,
      predicted: argmax(probabilities),
      probabilities,
      flagged: flaggedBy(model, probabilities),
      refused: isRefused(answers.get(image.path)?.answers[model.packageId]),
    });
  });
  return answered;
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
        decision: decision && { above, positive: decision.positive },
        probabilities: classes.map((id, at) => ({ id, calibrated: probabilities[at] ?? 0 })),
      }),
    },
  };
}

/**
 * Wrong answers, the worst first: those that gave the true class the least, which is the order of their
 * logarithmic loss -ln p(true class).
 */
export function* findingErrors(answered: readonly GalleryImage[]): Steps<GalleryImage[]> {
  const given = ({ truth, probabilities }: GalleryImage) => probabilities[truth] as number;
  const wrong: GalleryImage[] = [];
  yield* each(answered, (item) => {
    if (item.truth !== item.predicted) wrong.push(item);
  });
  return yield* sorting(wrong, (a, b) => given(a) - given(b));
}

/**
 * Images of which one model is right and the other wrong, or, where both tell the same classes apart, that
 * they call different classes; first those of which both are surest. Seen from `model`, whose images are
 * `answered`.
 */
export function* comparingAnswers(
  model: JudgedModel,
  answered: readonly GalleryImage[],
  other: JudgedModel,
  theirs: readonly GalleryImage[],
): Steps<Disagreement[]> {
  const byPath = new Map<string, GalleryImage>();
  yield* each(theirs, (item) => byPath.set(item.image.path, item));
  const sameClasses = model.classes.join(' ') === other.classes.join(' ');
  const found: Disagreement[] = [];
  yield* each(answered, (item) => {
    const second = byPath.get(item.image.path);
    if (!second) return;
    const differs = sameClasses
      ? item.predicted !== second.predicted
      : (item.predicted === item.truth) !== (second.predicted === second.truth);
    if (!differs) return;
    const predicted = other.classes[second.predicted] as string;
    const probability = second.probabilities[second.predicted] as number;
    const { flagged, refused } = second;
    const others = [{ packageId: other.packageId, predicted, probability, flagged, refused }];
    found.push({ ...item, others });
  });
  const sureness = (item: Disagreement) =>
    (item.probabilities[item.predicted] ?? 0) * (item.others[0]?.probability ?? 0);
  return yield* sorting(found, (a, b) => sureness(b) - sureness(a));
}

/** Images for which the clinic would give no result, and why; in the order of the images. */
export function* findingRefused(
  model: JudgedModel,
  answered: readonly GalleryImage[],
  answers: Answers,
): Steps<RefusedImage[]> {
  const found: RefusedImage[] = [];
  yield* each(answered, (item) => {
    const answer = answers.get(item.image.path)?.answers[model.packageId];
    if (answer?.ok && answer.refused?.length) found.push({ ...item, reasons: answer.refused });
  });
  return found;
}

/** All that may be looked at of one model. */
export interface Galleries {
  answered: GalleryImage[];
  errors: GalleryImage[];
  /** An image on which several others part from this model is one image, with what each of them said. */
  disagreements: Disagreement[];
  refused: RefusedImage[];
}

export function* fillingGalleries(
  model: JudgedModel,
  others: readonly JudgedModel[],
  judged: JudgedSample,
  images: readonly PlannedImage[],
  answers: Answers,
): Steps<Galleries> {
  const answered = yield* answering(model, judged, answers);
  const apart = new Map<string, Disagreement>();
  for (const other of others) {
    const theirs = yield* answering(other, yield* sampling(other, images, answers), answers);
    yield* each(yield* comparingAnswers(model, answered, other, theirs), (item) => {
      const before = apart.get(item.image.path);
      if (before) before.others.push(...item.others);
      else apart.set(item.image.path, item);
    });
  }
  return {
    answered,
    errors: yield* findingErrors(answered),
    disagreements: [...apart.values()],
    refused: yield* findingRefused(model, answered, answers),
  };
}
