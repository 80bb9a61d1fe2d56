import type { Conformal, Kind } from '../card/card';
import { wilson } from '../metrics/wilson';

/** A class whose lists hold it less often than promised. */
export interface CoverageShortfall {
  classId: string;
  /** Photos whose list held it, among `photos` of it. */
  held: number;
  photos: number;
}

/**
 * The classes whose measured coverage is below the promise by more than chance: the whole 95 % interval
 * (Wilson) lies below it. Photos count one by one, so that several photos of a lesion warn too early rather
 * than too late. Of many classes that keep the promise, one in forty is named by chance.
 */
export function coverageShortfalls({ test, coverage: promise }: Conformal): CoverageShortfall[] {
  return (test?.perClass ?? []).flatMap(({ class: classId, count: photos, coverage }) => {
    const held = Math.round(coverage.value * photos);
    const interval = wilson(held, photos);
    return interval !== null && interval.high < promise ? [{ classId, held, photos }] : [];
  });
}

/** Those of them that are malignant or premalignant: of these a fit warns before it is used. */
export function urgentShortfalls(
  conformal: Conformal,
  classes: readonly { id: string; kind: Kind }[],
): CoverageShortfall[] {
  const urgent = classes.filter(({ kind }) => kind !== 'benign').map(({ id }) => id);
  return coverageShortfalls(conformal).filter(({ classId }) => urgent.includes(classId));
}
