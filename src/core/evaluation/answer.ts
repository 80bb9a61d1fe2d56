import type { Failure } from '../failure';
import type { Overlap } from '../metrics/overlap';
import type { QualityCheck } from '../quality/gate';

/** What one model said of one image. */
export type ModelAnswer =
  | {
      ok: true;
      /** Calibrated, in the order of the model's classes. */
      probabilities: number[];
      milliseconds: number;
      /**
       * Why the clinic would say "no result" for this photo, the first cause first. Missing where it would
       * give one, and in answers of before.
       */
      refused?: QualityCheck['check'][];
    }
  | { ok: false; failure: Failure };

/** Whether the clinic would give no result for the photo. */
export const isRefused = (answer: ModelAnswer | undefined): boolean =>
  answer?.ok === true && (answer.refused?.length ?? 0) > 0;

export interface ImageAnswer {
  path: string;
  /** By package id. */
  answers: Readonly<Record<string, ModelAnswer>>;
  /** The outline found against the true one; null where either was not asked for or could not be had. */
  overlap: Overlap | null;
  /** Why there is no overlap though there is a true outline. */
  maskFailure: Failure | null;
  /**
   * Skin tone beside the lesion, in degrees (core/image/skin-tone.ts); null where too little skin is seen,
   * missing where nobody measured it.
   */
  typologyAngle?: number | null;
}

/** Whether some model could not answer, or the true outline could not be compared. */
export function hasFailed({ answers, maskFailure }: ImageAnswer): boolean {
  return maskFailure !== null || Object.values(answers).some(({ ok }) => !ok);
}
