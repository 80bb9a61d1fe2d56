import { type EvaluationInput, measureEvaluation } from '../../../core/evaluation/measured';
import type { BootstrapOptions } from '../../../core/metrics/bootstrap';

export interface MeasureRequest {
  input: EvaluationInput;
  options: Pick<BootstrapOptions, 'resamples' | 'seed'>;
}

/** A thousand bootstrap draws over thousands of images take seconds: here they hold up nothing. */
self.onmessage = ({ data: { input, options } }: MessageEvent<MeasureRequest>) =>
  self.postMessage(measureEvaluation(input, options));
