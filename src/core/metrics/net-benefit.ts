/**
 * Is it worth acting on a model? Decision curve analysis: Vickers and Elkin, Medical Decision Making 26
 * (2006). A person who would act from a probability p on takes p / (1 - p) needless acts for one that was
 * needed.
 */

/** True positives for each image, less the false ones at that rate. `threshold`: 0 to 1, 1 excluded. */
export function netBenefit(
  truePositives: number,
  falsePositives: number,
  images: number,
  threshold: number,
): number {
  return truePositives / images - (falsePositives / images) * (threshold / (1 - threshold));
}

/** The net benefit of acting on everybody; that of acting on nobody is 0. `prevalence`: 0 to 1. */
export function netBenefitOfAll(prevalence: number, threshold: number): number {
  return netBenefit(prevalence, 1 - prevalence, 1, threshold);
}
