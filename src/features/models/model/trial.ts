import type { Card } from '../../../core/card/card';
import { type Failure, failure, type Result } from '../../../core/failure';
import type { Engine, PackageFile } from '../../../engine/engine';
import type { Runtime } from '../../../runtime/runtime';

/** A large package on one thread takes some 20 seconds. */
const defaultLimitMs = 120_000;

/** Failures that say that the package broke what computed it, not that its answer was wrong. */
const broke: readonly Failure['code'][] = ['worker-died', 'out-of-memory', 'internal'];

/**
 * Takes a package in and tries it in an engine of its own, which is closed at the end of `limitMs`
 * milliseconds: a package that hangs or ends its worker costs nothing else, and is taken away again. Fails as
 * `Runtime.add` does, and with "added-broke", whose detail says what happened. A wrong golden sample is reported
 * where the package is used, as for every other.
 */
export async function addAfterTrial(
  files: PackageFile[],
  runtime: Pick<Runtime, 'add' | 'remove'>,
  openEngine: () => Engine,
  limitMs = defaultLimitMs,
): Promise<Result<Card>> {
  const added = await runtime.add(files);
  if (!added.ok) return added;
  const { id } = added.value;
  const problem = await problemOf(id, openEngine(), limitMs);
  if (problem === null) return added;
  await runtime.remove(id);
  return failure('added-broke', { package: id, problem });
}

async function problemOf(id: string, engine: Engine, limitMs: number): Promise<string | null> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(() => resolve(`no answer within ${limitMs / 1000} seconds`), limitMs);
  });
  const tried = engine.load(id).then((result) => {
    if (result.ok || !broke.includes(result.failure.code)) return null;
    return String(result.failure.detail.reason ?? result.failure.code);
  });
  try {
    return await Promise.race([tried, late]);
  } finally {
    clearTimeout(timer);
    // Ends the worker, whatever it is at.
    engine.close();
  }
}
