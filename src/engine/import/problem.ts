/** What is wrong with a model of another format: the path of the field in its file, and what it is about it. */
export class ImportProblem extends Error {
  constructor(
    readonly path: string,
    readonly problem: string,
  ) {
    super(`${path}: ${problem}`);
  }
}

/** The model takes pictures of any size, so somebody has to say which. */
export class SizeNeeded extends ImportProblem {}

/** Operations that are not translated, each once. */
export class UnknownOperations extends ImportProblem {
  constructor(
    path: string,
    readonly operations: readonly string[],
  ) {
    super(path, `has operations that are not run here: ${operations.join(', ')}`);
  }
}
