import type { SiteCalibration } from '../../../core/decision/site-calibration';
import type { EvaluationInput, EvaluationMeasured } from '../../../core/evaluation/measured';
import type { SiteFit, SiteSample } from '../../../core/evaluation/site-fit';
import type { Result } from '../../../core/failure';
import { type InputPiece, inputPieces } from './input-pieces';
import type { MeasureProgress, MeasureRequest, SiteFitCard } from './measure.worker';
import { nextTask } from './next-task';

/** Measures off the main thread. `onShare` hears what share of the work is done, 0 to 1. */
export type Measure = (
  input: EvaluationInput,
  signal: AbortSignal,
  onShare?: (share: number) => void,
) => Promise<EvaluationMeasured>;

/** Fits a calibration of this site off the main thread. */
export type FitSite = (
  request: { card: SiteFitCard; sample: SiteSample; about: SiteFit },
  signal: AbortSignal,
) => Promise<Result<SiteCalibration>>;

export const measureInWorker: Measure = (input, signal, onShare) =>
  askWorker({ kind: 'figures', models: input.models, options: {} }, signal, onShare, inputPieces(input));

export const fitInWorker: FitSite = (request, signal) => askWorker({ kind: 'site', ...request }, signal);

/**
 * A worker of its own for each request: it is ended with its answer, or by the signal; then the promise is
 * rejected.
 */
function askWorker<T extends object>(
  request: MeasureRequest,
  signal: AbortSignal,
  onShare?: (share: number) => void,
  before: Iterable<InputPiece> = [],
): Promise<T> {
  return new Promise((resolve, reject) => {
    const worker = new Worker(new URL('./measure.worker.ts', import.meta.url), { type: 'module' });
    const end = () => worker.terminate();
    signal.addEventListener('abort', () => {
      end();
      reject(signal.reason);
    });
    worker.onmessage = ({ data }: MessageEvent<T | MeasureProgress>) => {
      if ('share' in data) {
        onShare?.(data.share);
        return;
      }
      end();
      resolve(data);
    };
    worker.onerror = (event) => {
      end();
      reject(new Error(event.message));
    };
    const send = async () => {
      for (const piece of before) {
        if (signal.aborted) return;
        worker.postMessage(piece);
        await nextTask();
      }
      worker.postMessage(request);
    };
    send().catch((error: unknown) => {
      end();
      reject(error);
    });
  });
}
