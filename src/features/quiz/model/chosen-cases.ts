import type { Diagnosis } from '../../../core/teaching/case-list';
import { type Difficulty, difficultyOf, type MachineAnswer } from './machine-answer';
import type { Mode } from './score';
import type { TeachingCase, TeachingSet } from './teaching-set';

/** What is asked about, and how. */
export interface QuizChoices {
  /** A set alone; null for all. */
  setId: string | null;
  /** Empty: all seven. */
  classes: readonly Diagnosis[];
  difficulty: Difficulty | 'all';
  mode: Mode;
  /** Whether the machine is asked after each answer. */
  withMachine: boolean;
}

/** A photo with a known diagnosis. */
export interface KnownCase extends TeachingCase {
  diagnosis: Diagnosis;
}

/** Every photo of these sets that has a diagnosis, once. */
export function knownCases(sets: readonly TeachingSet[], setId: string | null = null): KnownCase[] {
  const cases = sets.filter(({ id }) => setId === null || id === setId).flatMap(({ cases }) => cases);
  const byPhoto = new Map<string, KnownCase>();
  for (const { diagnosis, ...rest } of cases)
    if (diagnosis !== null && !byPhoto.has(rest.photo)) byPhoto.set(rest.photo, { ...rest, diagnosis });
  return [...byPhoto.values()];
}

/** The photos that fit what was chosen. */
export function chosenCases(
  sets: readonly TeachingSet[],
  { setId, classes, difficulty }: Pick<QuizChoices, 'setId' | 'classes' | 'difficulty'>,
  answers: ReadonlyMap<string, MachineAnswer>,
): KnownCase[] {
  return knownCases(sets, setId).filter(
    ({ photo, diagnosis }) =>
      (classes.length === 0 || classes.includes(diagnosis)) &&
      (difficulty === 'all' || difficultyOf(answers.get(photo)) === difficulty),
  );
}
