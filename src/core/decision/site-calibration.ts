import type { Card, Conformal } from '../card/card';
import type { SiteCalibration } from './site-calibration-schema';

export type { SiteCalibration };

/** By what an answer is judged: the card's own calibration, or that of the site in its place. */
export interface Rules {
  temperature: number;
  /** One for each class. */
  offsets: number[];
  conformal: Conformal;
  decision: Card['decision'];
}

export function rulesOf(
  { classes, calibration, decision }: Pick<Card, 'classes' | 'calibration' | 'decision'>,
  site: SiteCalibration | null = null,
): Rules {
  const offsetOf = (id: string) => site?.offsets.find((entry) => entry.class === id)?.offset ?? 0;
  return {
    temperature: site?.temperature ?? calibration?.temperature ?? 1,
    offsets: classes.map((cardClass) => offsetOf(cardClass.id)),
    conformal: site?.conformal ?? calibration?.conformal ?? nothingRuledOut(classes),
    decision: site && decision ? decisionOfSite(decision, site) : decision,
  };
}

/**
 * What the card measured of its own threshold says nothing of the site's. A calibration without a threshold, made where
 * the card had none, switches no flag off.
 */
function decisionOfSite(
  own: NonNullable<Card['decision']>,
  { decision, measured: { figures } }: SiteCalibration,
): Card['decision'] {
  if (!decision) return own;
  const [sensitivity, specificity] = [figures.sensitivity?.site, figures.specificity?.site];
  return {
    ...decision,
    positive: own.positive,
    fittedOn: 'validation',
    ...(sensitivity && specificity && { intervals: { sensitivity, specificity } }),
  };
}

function nothingRuledOut(classes: Card['classes']): Conformal {
  const open = classes.map((cardClass) => ({
    class: cardClass.id,
    quantile: 1,
    count: null,
    pooledWith: [],
  }));
  return { method: 'marginal', coverage: 1, classes: open };
}

export const siteCalibrationText = (site: SiteCalibration): string => `${JSON.stringify(site, null, 2)}\n`;

/** Whether it was made for this very package: for its files, and for classes in the same order. */
export function fitsPackage(
  site: SiteCalibration,
  { id, classes }: Pick<Card, 'id' | 'classes'>,
  packageHash: string,
): boolean {
  const ids = classes.map((cardClass) => cardClass.id).join();
  return (
    site.packageId === id &&
    site.packageHash === packageHash &&
    site.offsets.map((entry) => entry.class).join() === ids &&
    site.conformal.classes.map((cardClass) => cardClass.class).join() === ids
  );
}
