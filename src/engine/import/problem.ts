/**
 * What is wrong with a model of another format, as far as its owner can do something about it; the app has a
 * sentence for each (importModel.refused.reason). `problem` has the particulars, for whoever wrote the file.
 */
export const reasons = [
  /** What lies in the file does not hold together, or ends too early. */
  'broken',
  /** In order, but set in a way that is not run here. */
  'unsupported',
  'too-large',
  'no-model',
  'several-models',
  'not-json',
  'too-old',
  'weights-elsewhere',
  'weights-missing',
  'several-inputs',
  'no-picture',
  'channels',
  'not-square',
  'side',
  'any-size',
  'operations',
  'no-classifier',
  'many-classes',
  'single-class',
  'several-true',
  'reader-ended',
  'reader-late',
  /** Read, but with these answers no package comes of it. */
  'no-package',
] as const;
export type Reason = (typeof reasons)[number];

/** For the sentence of a reason. */
export type ReasonValues = Readonly<Record<string, string | number>>;

/** What is wrong with a model of another format: the path of the field in its file, and what it is about it. */
export class ImportProblem extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
    readonly reason: Reason = 'broken',
    readonly values: ReasonValues = {},
  ) {
    super(`${path}: ${problem}`);
  }
}

/** The model takes pictures of any size, so somebody has to say which. */
export class SizeNeeded extends ImportProblem {
  constructor(path: string) {
    super(path, 'takes pictures of any size: say which it learned from', 'any-size');
  }
}

/** Operations that are not translated, each once. */
export class UnknownOperations extends ImportProblem {
  constructor(
    path: string,
    readonly operations: readonly string[],
  ) {
    super(path, `has operations that are not run here: ${operations.join(', ')}`, 'operations');
  }
}
