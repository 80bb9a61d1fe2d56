import type { ChildProcess } from 'node:child_process';
import { patienceMs } from './patience';

/** How often a condition that no event announces is looked at, in milliseconds. */
const lookEveryMs = 100;

/** Waits until a program is ready; rejects where it ends before, or takes too long. */
export function started(child: ChildProcess, isReady: () => boolean | Promise<boolean>): Promise<void> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => settle(new Error(`${child.spawnfile} did not start.`)), patienceMs);
    const looking = setInterval(async () => (await isReady()) && settle(null), lookEveryMs);
    const gone = () =>
      settle(new Error(`${child.spawnfile} ended with ${child.exitCode ?? child.signalCode}.`));
    child.once('error', settle).once('exit', gone);
    function settle(error: Error | null) {
      clearTimeout(late);
      clearInterval(looking);
      child.off('error', settle).off('exit', gone);
      if (error) reject(error);
      else resolve();
    }
  });
}

/** Ends a program that was started here. */
export function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null || child.pid === undefined)
    return Promise.resolve();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill();
  });
}
