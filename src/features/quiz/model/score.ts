import type { Estimate } from '../../../core/metrics/bootstrap';
import { wilson } from '../../../core/metrics/wilson';
import { type Diagnosis, diagnoses } from '../../../core/teaching/case-list';
import { isSuspicious } from '../../../core/teaching/suspicious';

/** What there is to choose from: the seven diagnoses, or benign and not benign. */
export type Mode = 'seven' | 'two';

export type Choice = Diagnosis | 'benign' | 'malignant';

/** One answer of the student's. */
export interface Attempt {
  /** SHA-256 of the photo. */
  photo: string;
  truth: Diagnosis;
  choice: Choice;
  /** ISO 8601, UTC. */
  at: string;
}

export const modeOf = ({ choice }: Pick<Attempt, 'choice'>): Mode =>
  choice === 'benign' || choice === 'malignant' ? 'two' : 'seven';

/** Whether a choice says that the lesion must not be missed. */
export const saysMalignant = (choice: Choice): boolean =>
  choice === 'malignant' || (choice !== 'benign' && isSuspicious(choice));

export const isRight = ({ choice, truth }: Pick<Attempt, 'choice' | 'truth'>): boolean =>
  modeOf({ choice }) === 'two' ? saysMalignant(choice) === isSuspicious(truth) : choice === truth;

/** So many of so many, with the 95 % interval; null of nothing. */
export interface Rate {
  hits: number;
  count: number;
  rate: Estimate | null;
}

export interface Score {
  /** Every answer, repeats too. */
  all: Rate;
  /**
   * From here on the first answer to each photo: one that is known from before says little, and one lesion
   * counts once. This one: where all seven were to choose from.
   */
  first: Rate;
  /** By the true diagnosis: how many were named. */
  classes: Record<Diagnosis, Rate>;
  /** Of the malignant and premalignant, how many were called so; of the others, how many were not. */
  sensitivity: Rate;
  specificity: Rate;
}

export function scoreOf(attempts: readonly Attempt[]): Score {
  const first = firstAnswers(attempts);
  const seven = first.filter((attempt) => modeOf(attempt) === 'seven');
  const ofTruth = (truth: Diagnosis) => seven.filter((attempt) => attempt.truth === truth);
  const malignant = first.filter(({ truth }) => isSuspicious(truth));
  const benign = first.filter(({ truth }) => !isSuspicious(truth));
  return {
    all: rateOf(attempts, isRight),
    first: rateOf(seven, isRight),
    classes: Object.fromEntries(
      diagnoses.map((diagnosis) => [diagnosis, rateOf(ofTruth(diagnosis), isRight)]),
    ) as Record<Diagnosis, Rate>,
    sensitivity: rateOf(malignant, ({ choice }) => saysMalignant(choice)),
    specificity: rateOf(benign, ({ choice }) => !saysMalignant(choice)),
  };
}

/** The first answer to each photo. */
export function firstAnswers(attempts: readonly Attempt[]): Attempt[] {
  const first = new Map<string, Attempt>();
  for (const attempt of attempts) if (!first.has(attempt.photo)) first.set(attempt.photo, attempt);
  return [...first.values()];
}

function rateOf(attempts: readonly Attempt[], hit: (attempt: Attempt) => boolean): Rate {
  const hits = attempts.filter(hit).length;
  return { hits, count: attempts.length, rate: wilson(hits, attempts.length) };
}
