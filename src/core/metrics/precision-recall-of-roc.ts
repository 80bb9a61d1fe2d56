/** A precision-recall curve from the points of a ROC curve, for cards, which keep no scores. */

export interface PrecisionRecallOfRoc {
  /** x: recall, y: precision, both 0 to 1, in rising recall. */
  points: { x: number; y: number }[];
  /** Average precision, 0 to 1. */
  averagePrecision: number;
}

/**
 * `roc`: points of (false positive rate, true positive rate), rising, from (0, 0) to (1, 1); `positives` and
 * `negatives`: images on each side. Null where one side is empty. Between two points both counts grow evenly
 * (Davis and Goadrich, ICML 2006, section 3), so of a whole curve without ties the average precision is
 * scikit-learn's; of a thinned one it is off by as much as the thinning has left out.
 */
export function precisionRecallOfRoc(
  roc: readonly (readonly [number, number])[],
  positives: number,
  negatives: number,
): PrecisionRecallOfRoc | null {
  if (positives === 0 || negatives === 0) return null;
  // Rates are rounded in a card; counts are whole.
  const counts = roc.map(([falseRate, trueRate]) => ({
    flagged: Math.round(falseRate * negatives),
    found: Math.round(trueRate * positives),
  }));
  const points: PrecisionRecallOfRoc['points'] = [];
  let total = 0;
  counts.forEach(({ flagged, found }, index) => {
    const before = counts[index - 1] ?? { flagged: 0, found: 0 };
    const rise = found - before.found;
    for (let step = 1; step <= rise; step++) {
      const now = before.found + step;
      const wrong = before.flagged + ((flagged - before.flagged) * step) / rise;
      const precision = now / (now + wrong);
      total += precision;
      points.push({ x: now / positives, y: precision });
    }
    if (rise === 0 && found > 0 && flagged > before.flagged)
      points.push({ x: found / positives, y: found / (found + flagged) });
  });
  return { points, averagePrecision: total / positives };
}
