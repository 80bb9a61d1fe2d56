import type { Card } from '../card/card';
import { wilson } from '../metrics/wilson';
import type { SiteCalibration } from './site-calibration-schema';

/** A class whose lists hold it less often than promised. */
export interface CoverageShortfall {
  classId: string;
  /** Photos whose list held it, among `photos` of it. */
  held: number;
  photos: number;
}

/**
 * The malignant and premalignant classes of a calibration of this site whose measured coverage is below the
 * promise by more than chance: the whole 95 % interval (Wilson) lies below it. Photos count one by one, so
 * that several photos of a lesion warn too early rather than too late.
 */
export function coverageShortfalls(
  { conformal }: Pick<SiteCalibration, 'conformal'>,
  classes: Card['classes'],
): CoverageShortfall[] {
  const atRisk = classes.filter(({ kind }) => kind !== 'benign').map(({ id }) => id);
  return (conformal.test?.perClass ?? []).flatMap(({ class: classId, count: photos, coverage }) => {
    const held = Math.round(coverage.value * photos);
    const interval = wilson(held, photos);
    const isShort = atRisk.includes(classId) && interval !== null && interval.high < conformal.coverage;
    return isShort ? [{ classId, held, photos }] : [];
  });
}
