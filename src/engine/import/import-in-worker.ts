import { wrap } from 'comlink';
import { afterAwake } from '../awake-timer';
import type { Imported, ModelImporter } from './importer';
import type { Reason, ReasonValues } from './problem';

/** An importer in a worker of its own. */
export interface WorkerImporter extends ModelImporter {
  /** Ends the worker, whatever it is at. */
  end(): void;
}

/** Longer than any model takes that a browser can run. */
const defaultLimitMs = 60_000;

/** What takes longer than the limit, or ends its worker, is refused. */
export function importInWorker(
  createWorker = () =>
    new Worker(new URL('./import-worker.ts', import.meta.url), {
      type: 'module',
      name: 'lentigo-model-import',
    }),
  limitMs = defaultLimitMs,
): WorkerImporter {
  const worker = createWorker();
  const remote = wrap<ModelImporter>(worker);
  const refused = (problem: string, reason: Reason, values: ReasonValues = {}): Imported<never> => ({
    ok: false,
    fault: { kind: 'invalid', path: '', problem, reason, values, operations: [] },
  });
  const died = new Promise<Imported<never>>((resolve) => {
    worker.addEventListener('error', (event) => {
      event.preventDefault();
      resolve(refused(event.message || 'its reader ended', 'reader-ended'));
    });
  });
  async function within<T>(answer: Promise<Imported<T>>): Promise<Imported<T>> {
    let stop = () => {};
    const late = new Promise<Imported<never>>((resolve) => {
      stop = afterAwake(limitMs, () => {
        worker.terminate();
        resolve(
          refused(`was not read within ${limitMs / 1000} seconds`, 'reader-late', {
            seconds: limitMs / 1000,
          }),
        );
      });
    });
    const broken = answer.catch((error) => refused(String(error), 'reader-ended'));
    try {
      return await Promise.race([broken, died, late]);
    } finally {
      stop();
    }
  }
  return {
    read: (files, options) => within(remote.read(files, options)),
    make: (answers, golden, fit) => within(remote.make(answers, golden, fit)),
    fit: (request, sample) => remote.fit(request, sample),
    end: () => worker.terminate(),
  };
}
