import { measureEvaluation } from '../../core/evaluation/measured';
import type { MeasureRequest } from './measure';

/** A thousand bootstrap draws over thousands of images take seconds: here they hold up nothing. */
self.onmessage = ({ data: { input, options } }: MessageEvent<MeasureRequest>) =>
  self.postMessage(measureEvaluation(input, options));
