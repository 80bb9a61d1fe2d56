import type { ImageAnswer } from '../../../core/evaluation/answer';
import { readOneByOne } from '../../../runtime/read-one-by-one';
import type { EvaluationRun } from './run';
import { imageAnswerSchema, runSchema } from './run-schema';

/** Stored evaluations, each read through its schema. Imported late: the schemas are larger than the screen. */

export const readRuns = (stored: readonly unknown[]) => readOneByOne<EvaluationRun>(runSchema, stored);

export const readAnswers = (stored: readonly unknown[]) =>
  readOneByOne<ImageAnswer>(imageAnswerSchema, stored);
