import { failure, type Result, success } from '../core/failure';
import { afterAwake } from '../engine/awake-timer';
import { storageFailure } from './storage-failure';

/**
 * How long another tab gets to let go, in milliseconds: it does so at once unless it is an old version or
 * frozen.
 */
const timeoutMs = 3000;

/** Runs what other tabs can hold up; fails with "storage-blocked" where they do. */
export async function unlessBlocked<T>(start: (blocked: () => void) => Promise<T>): Promise<Result<T>> {
  return new Promise((resolve) => {
    const giveUp = () => resolve(failure('storage-blocked'));
    // Where site data are blocked, even the call throws.
    const begun = (async () => start(() => afterAwake(timeoutMs, giveUp)))();
    begun.then(
      (value) => resolve(success(value)),
      (error) => resolve(storageFailure(error)),
    );
  });
}
