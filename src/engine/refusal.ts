import { type Failure, type FailureCode, failure, type Result, success } from '../core/failure';

/** A failure on its way out of the engine. Thrown inside only: `settle` makes a value of it before anyone outside sees it. */
export class Refusal extends Error {
  readonly failure: Failure;

  constructor(code: FailureCode, detail: Failure['detail'] = {}) {
    super(`${code} ${JSON.stringify(detail)}`);
    this.failure = { code, detail };
  }
}

/** Throws `cancelled` where the caller has given up. Called at the boundaries between stages. */
export function goOnUnless(signal: AbortSignal): void {
  if (signal.aborted) throw new Refusal('cancelled');
}

/** Runs work and answers with its value or with its failure; what nobody foresaw is `internal` with the error's own words. */
export async function settle<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return success(await work());
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, failure: error.failure };
    console.error(error);
    return failure(isOutOfMemory(error) ? 'out-of-memory' : 'internal', { reason: reasonOf(error) });
  }
}

/** An error's own words. tfjs also throws plain objects with a message. */
export function reasonOf(error: unknown): string {
  if (typeof error === 'object' && error !== null && 'message' in error) return String(error.message);
  return String(error);
}

function isOutOfMemory(error: unknown): boolean {
  return /out ?of ?memory|allocation failed|cannot enlarge memory/i.test(reasonOf(error));
}
