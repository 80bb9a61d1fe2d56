import { type Failure, type FailureCode, failure, type Result, success } from '../core/failure';

/**
 * A failure on its way out of the engine. Thrown inside only: `toResult` makes a value of it before anyone
 * outside sees it.
 */
export class EngineError extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, detail: Failure['detail'] = {}) {
    super(`${code} ${JSON.stringify(detail)}`);
    this.failure = { code, detail };
  }
}

/**
 * Runs what is done for one package: a failure that names a file alone then names its package too, since every
 * package has a model.json.
 */
export async function forPackage<T>(id: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof EngineError)) throw error;
    const { code, detail } = error.failure;
    if (code === 'cancelled' || detail.package !== undefined) throw error;
    throw new EngineError(code, { package: id, ...detail });
  }
}

/** Throws `cancelled` where the caller has given up. Called at the boundaries between stages. */
export function throwIfAborted(signal: AbortSignal): void {
  if (signal.aborted) throw new EngineError('cancelled');
}

/**
 * Runs work and answers with its value or with its failure; what nobody foresaw is `internal` with the
 * error's own words.
 */
export async function toResult<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await work());
  } catch (error) {
    if (error instanceof EngineError) return { ok: false, failure: error.failure };
    console.error(error);
    return failure(isOutOfMemory(error) ? 'out-of-memory' : 'internal', { reason: messageOf(error) });
  }
}

/** An error's own words. tfjs also throws plain objects with a message. */
export function messageOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

/**
 * By the words of Chromium, Firefox, Safari and WebAssembly; an array that is too long for a browser is one of
 * them.
 */
const memoryWords =
  /out ?of ?memory|allocation (failed|size overflow)|cannot enlarge memory|invalid (typed array|array buffer) length|length too large/i;

export function isOutOfMemory(error: unknown): boolean {
  if (error instanceof EngineError) return error.failure.code === 'out-of-memory';
  return memoryWords.test(messageOf(error));
}
