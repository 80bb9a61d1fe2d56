import type { Card } from '../../../core/card/card';
import { type EvaluationInput, measureEvaluation } from '../../../core/evaluation/measured';
import { fitSite, type SiteFit, type SiteSample } from '../../../core/evaluation/site-fit';
import type { BootstrapOptions } from '../../../core/metrics/bootstrap';

/** Figures of an evaluation, or a calibration of this site. */
export type MeasureRequest =
  | { kind: 'figures'; input: EvaluationInput; options: Pick<BootstrapOptions, 'resamples' | 'seed'> }
  | { kind: 'site'; card: SiteFitCard; sample: SiteSample; about: SiteFit };

export type SiteFitCard = Pick<Card, 'id' | 'version' | 'classes' | 'calibration' | 'decision'>;

/** A thousand bootstrap draws over thousands of images take seconds: here they hold up nothing. */
self.onmessage = ({ data }: MessageEvent<MeasureRequest>) =>
  self.postMessage(
    data.kind === 'figures'
      ? measureEvaluation(data.input, data.options)
      : fitSite(data.card, data.sample, data.about),
  );
