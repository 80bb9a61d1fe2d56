import type { Conformal } from '../card/card';
import { predictionSet } from '../decision/prediction-set';
import type { ClassifierSample } from '../metrics/classifier';
import { each, finish, type Steps } from '../steps';
import type { ImageAnswer } from './answer';
import type { LabelMap, PlannedImage } from './plan';

/** What must be known of a model to judge its answers. */
export interface JudgedModel {
  packageId: string;
  classes: string[];
  /** At the model's own threshold; null where it has none. */
  decision: { positive: string[]; threshold: number } | null;
  /** The model's prediction sets; null where it makes none, missing in runs of before. */
  conformal?: Conformal | null;
  labels: LabelMap;
}

/** What it takes to measure a model, and the image of each row. */
export interface JudgedSample {
  images: PlannedImage[];
  sample: ClassifierSample;
}

/**
 * The images that a model has answered and whose labels mean one of its classes, with what it takes to
 * measure them.
 */
export function sampleOf(
  model: JudgedModel,
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
): JudgedSample {
  return finish(sampling(model, images, answers));
}

/** As `sampleOf`, in steps. */
export function* sampling(
  { packageId, classes, decision, conformal, labels }: JudgedModel,
  images: readonly PlannedImage[],
  answers: ReadonlyMap<string, ImageAnswer>,
): Steps<JudgedSample> {
  const judged: PlannedImage[] = [];
  const truth: number[] = [];
  const probabilities: number[][] = [];
  const groups: string[] = [];
  const sets: string[][] | null = conformal ? [] : null;
  yield* each(images, (image) => {
    const answer = answers.get(image.path)?.answers[packageId];
    const trueClass = classes.indexOf(labels[image.label] ?? '');
    if (!answer?.ok || trueClass < 0) return;
    judged.push(image);
    truth.push(trueClass);
    probabilities.push(answer.probabilities);
    groups.push(image.group);
    if (conformal) sets?.push(predictionSet(conformal.classes, answer.probabilities).classes);
  });
  return {
    images: judged,
    sample: {
      classes,
      truth,
      probabilities,
      groups,
      decision: decision && {
        classes: decision.positive.map((id) => classes.indexOf(id)),
        threshold: decision.threshold,
      },
      sets,
    },
  };
}
