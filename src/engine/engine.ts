import type { Analysis, BackendName } from '../core/analysis';
import type { Card } from '../core/card/card';
import type { Result } from '../core/failure';
import type {
  AnalyseAllRequest,
  AnalyseRequest,
  BackendStatus,
  BenchmarkRequest,
  BenchmarkResult,
  CallOptions,
  Diagnostics,
  FindLesionsRequest,
  LoadedPackage,
  OutlinedPhoto,
  PackageAnswer,
  PackageFile,
  PackageProblem,
  Photo,
  SelfTest,
} from './exchange';

export type * from './exchange';

type AnyFunction = (...given: never[]) => unknown;

/** A method of the engine: what it takes, what it answers, and whether a restart waits for it. */
interface Method<Signature extends AnyFunction> {
  /** How many arguments the method takes before its `CallOptions`. */
  arguments: Parameters<Signature>['length'];
  /** True where the user would lose something if the page restarted during the call. */
  work: boolean;
  /** For the type only: it never has a value. */
  signature?: Signature;
}

const method = <Signature extends AnyFunction>(
  count: Parameters<Signature>['length'],
  options: { work?: true } = {},
): Method<Signature> => ({ arguments: count, work: options.work ?? false });

/**
 * Every method of the engine, once. `Engine`, `RemoteEngine`, the client, the count of running work and the
 * engines of the tests derive from this table; the service implements it. A signature gives the plain answer:
 * a caller gets it as a promise of a `Result`.
 */
export const engineMethods = {
  backend: method<() => BackendStatus>(0),
  /** Moves to the back end named, or back to automatic choice with null. */
  pinBackend: method<(name: BackendName | null) => BackendStatus>(1),
  /**
   * The cards of all packages that can be had, in the order of index.json. What could not be had before is
   * asked for again.
   */
  packages: method<() => Card[]>(0),
  /** Downloads, verifies, loads and self-tests a package; at once where it is loaded already. */
  load: method<(packageId: string) => LoadedPackage>(1, { work: true }),
  /** What could not be had of the packages as the site offers them, at the last call of `packages`. */
  packageProblems: method<() => PackageProblem[]>(0),
  /** The ids of the packages in this browser's cache, which need no network. */
  cached: method<() => string[]>(0),
  /**
   * Downloads, verifies and caches a package without loading it. Fails with `storage-full` where the browser
   * does not store it.
   */
  prefetch: method<(packageId: string) => null>(1, { work: true }),
  /**
   * Takes a package out of the cache. It stays usable while it is loaded; its next load downloads it again.
   */
  evict: method<(packageId: string) => null>(1),
  /** Runs one photo through a package, and loads the package first if need be. */
  analyse: method<(photo: Photo, request: AnalyseRequest) => Analysis>(2, { work: true }),
  /**
   * Runs one photo through several packages, which share its decoding, its mask and the inputs that they have
   * in common.
   */
  analyseAll: method<(photo: Photo, request: AnalyseAllRequest) => PackageAnswer[]>(2, { work: true }),
  /** Looks for lesions in one photo and does nothing else; the quality gate does not run. */
  findLesions: method<(photo: Photo, request: FindLesionsRequest) => OutlinedPhoto>(2, { work: true }),
  /** Frees what a loaded package holds; the next use loads it again. */
  release: method<(packageId: string) => null>(1),
  /** The ids of the packages that the user added to this browser. */
  added: method<() => string[]>(0),
  /**
   * Checks a package of the user's own and stores it in this browser, beside those of the site. Fails with
   * `added-...`.
   */
  addPackage: method<(files: PackageFile[]) => Card>(1, { work: true }),
  /** Removes a package that the user had added. */
  removePackage: method<(packageId: string) => null>(1),
  /** Runs the golden sample on a fresh copy of the package. A wrong answer is a result, not a failure. */
  selfTest: method<(packageId: string) => SelfTest>(1, { work: true }),
  /** Times a package on the back end in use. Use a fresh engine: then the first pass is the first. */
  benchmark: method<(request: BenchmarkRequest) => BenchmarkResult>(1, { work: true }),
  /** Waits for all calls before it, so that between two photos the figures are those of an engine at rest. */
  diagnostics: method<() => Diagnostics>(0),
};

type Methods = typeof engineMethods;
export type MethodName = keyof Methods;
type SignatureOf<Name extends MethodName> = NonNullable<Methods[Name]['signature']>;
export type ArgumentsOf<Name extends MethodName> = Parameters<SignatureOf<Name>>;
export type AnswerOf<Name extends MethodName> = Promise<Result<ReturnType<SignatureOf<Name>>>>;

export type EngineMethods = {
  [Name in MethodName]: (...given: [...ArgumentsOf<Name>, options?: CallOptions]) => AnswerOf<Name>;
};

/** The engine as the rest of the app sees it. Everything runs in the worker; nothing here holds a tensor. */
export interface Engine extends EngineMethods {
  /** Ends the worker and all that runs in it. The next call starts another. */
  close(): void;
}

/**
 * Makes one function for each method of the table. Whoever calls it answers for the types of what `make`
 * makes.
 */
export function eachMethod<Functions extends Record<MethodName, AnyFunction> = EngineMethods>(
  make: (name: MethodName) => AnyFunction,
): Functions {
  const names = Object.keys(engineMethods) as MethodName[];
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Functions;
}
