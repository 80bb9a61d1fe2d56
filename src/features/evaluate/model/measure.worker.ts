import type { Card } from '../../../core/card/card';
import { type EvaluationInput, measureEvaluation } from '../../../core/evaluation/measured';
import { fitSite, type SiteFit, type SiteSample } from '../../../core/evaluation/site-fit';
import { readLabelTable } from '../../../core/evaluation/table';
import type { BootstrapOptions } from '../../../core/metrics/bootstrap';
import { collectPieces, type InputPiece } from './input-pieces';
import { piecesOf } from './table-pieces';

/** Figures of an evaluation, a calibration of this site, or a table of labels. */
export type MeasureRequest =
  /** Of the images and answers that came before it, in pieces. */
  | {
      kind: 'figures';
      models: EvaluationInput['models'];
      options: Pick<BootstrapOptions, 'resamples' | 'seed'>;
    }
  | InputPiece
  | { kind: 'site'; card: SiteFitCard; sample: SiteSample; about: SiteFit }
  | { kind: 'table'; bytes: Uint8Array<ArrayBuffer> };

/** Posted on the way to figures. */
export interface MeasureProgress {
  /** Of the work that is done, 0 to 1. */
  share: number;
}

export type SiteFitCard = Pick<Card, 'id' | 'version' | 'classes' | 'calibration' | 'decision'>;

const collected = collectPieces();

/**
 * A thousand bootstrap draws over thousands of images take seconds, as a table of many rows does: here they
 * hold up nothing.
 */
self.onmessage = ({ data }: MessageEvent<MeasureRequest>) => {
  if (data.kind === 'table') {
    for (const piece of piecesOf(readLabelTable(data.bytes))) self.postMessage(piece);
    return;
  }
  if (data.kind === 'piece') {
    collected.take(data);
    return;
  }
  const { input } = collected;
  self.postMessage(
    data.kind === 'figures'
      ? measureEvaluation({ models: data.models, ...input }, { ...data.options, onDraw: sayShare })
      : fitSite(data.card, data.sample, data.about),
  );
};

/** A hundred messages at most, however many draws there are. */
function sayShare(done: number, all: number): void {
  if (Math.floor((100 * done) / all) === Math.floor((100 * (done - 1)) / all)) return;
  self.postMessage({ share: done / all } satisfies MeasureProgress);
}
