import type { Card } from '../../../core/card/card';
import { type Failure, failure, type Result, success } from '../../../core/failure';
import { afterAwake } from '../../../engine/awake-timer';
import type { Engine, PackageFile } from '../../../engine/engine';
import type { Runtime } from '../../../runtime/runtime';

/** A large package on one thread takes some 20 seconds. */
const defaultLimitMs = 120_000;

/** Failures that say that the package broke what computed it, not that its answer was wrong. */
const broke: readonly Failure['code'][] = ['worker-died', 'out-of-memory', 'internal'];

/**
 * Tries a package in an engine of its own, which stores nothing and is closed at the end of `limitMs`
 * milliseconds, and takes it in afterwards. A package that hangs or ends its worker costs nothing else.
 *
 * A package of a new id is taken in unless it broke the engine: a wrong golden sample is reported where the package
 * is used, as for every other. In place of an earlier package of its id it is taken in only after it has loaded
 * with the right golden sample; until then, whatever happens, the earlier one stays.
 *
 * Fails as `Runtime.add` does, and with "added-broke" or "added-earlier-stays", whose details say what happened.
 */
export async function addAfterTrial(
  files: PackageFile[],
  runtime: Pick<Runtime, 'add'>,
  openTrialEngine: () => Engine,
  limitMs = defaultLimitMs,
): Promise<Result<Card>> {
  const passed = await passTrial(files, openTrialEngine(), limitMs);
  return passed.ok ? runtime.add(files) : passed;
}

async function passTrial(files: PackageFile[], engine: Engine, limitMs: number): Promise<Result<unknown>> {
  let stop = () => {};
  let card: Card | null = null;
  let earlier = false;
  const failed = ({ code, detail }: Failure): Result<unknown> => {
    const named: Failure['detail'] = card ? { package: card.id } : {};
    if (earlier)
      return failure('added-earlier-stays', { ...detail, ...named, problem: problemOf({ code, detail }) });
    if (!broke.includes(code)) return success(null);
    return failure('added-broke', { ...named, problem: problemOf({ code, detail }) });
  };
  const late = new Promise<Result<unknown>>((resolve) => {
    const reason = `no answer within ${limitMs / 1000} seconds`;
    stop = afterAwake(limitMs, () => resolve(failed({ code: 'worker-died', detail: { reason } })));
  });
  const trial = async (): Promise<Result<unknown>> => {
    const added = await engine.added();
    const checked = await engine.addPackage(files);
    if (!checked.ok) return broke.includes(checked.failure.code) ? failed(checked.failure) : checked;
    card = checked.value;
    earlier = added.ok && added.value.includes(card.id);
    const loaded = await engine.load(card.id);
    return loaded.ok ? loaded : failed(loaded.failure);
  };
  try {
    return await Promise.race([trial(), late]);
  } finally {
    stop();
    // Ends the worker, whatever it is at.
    engine.close();
  }
}

const problemOf = ({ code, detail }: Failure) => String(detail.reason ?? detail.problem ?? code);
