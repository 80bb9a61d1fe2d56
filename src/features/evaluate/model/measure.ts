import type { EvaluationInput, EvaluationMeasured } from '../../../core/evaluation/measured';
import type { MeasureRequest } from './measure.worker';

/** Measures off the main thread. */
export type Measure = (input: EvaluationInput, signal: AbortSignal) => Promise<EvaluationMeasured>;

/** A worker of its own for each request: it is ended with its answer, or by the signal; then the promise is rejected. */
export const measureInWorker: Measure = (input, signal) =>
  new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.onmessage = ({ data }: MessageEvent<EvaluationMeasured>) => {
      end();
      resolve(data);
    };
    worker.onerror = (event) => {
      end();
      reject(new Error(event.message));
    };
    worker.postMessage({ input, options: {} } satisfies MeasureRequest);
  });
