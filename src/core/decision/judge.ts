import type { Card } from '../card/card';
import { predictionSet } from './prediction-set';
import { type ClassProbability, type Decision, decide, softmax } from './probability';
import { type Rules, rulesOf, type SiteCalibration } from './site-calibration';

/** What an analysis says of the classes, from a network's numbers alone. */
export interface Judgement {
  /** In the order of the card's classes. */
  probabilities: ClassProbability[];
  /** Class ids that cannot be ruled out, the most probable first; never empty. */
  conformalSet: string[];
  /** No class was probable enough to be in the set, and the most probable one stands in. */
  unsure: boolean;
  /** Null where the card has no threshold. */
  decision: Decision | null;
}

/** softmax(logits / temperature + offsets): a probability for each class, adding up to 1. */
export function calibrated(
  { temperature, offsets }: Pick<Rules, 'temperature' | 'offsets'>,
  logits: readonly number[],
): number[] {
  return softmax(logits.map((logit, index) => logit / temperature + (offsets[index] ?? 0)));
}

/** `logits`: one for each class of the card, in its order. */
export function judge(
  card: Pick<Card, 'classes' | 'calibration' | 'decision'>,
  logits: readonly number[],
  site: SiteCalibration | null = null,
): Judgement {
  const rules = rulesOf(card, site);
  const ids = card.classes.map(({ id }) => id);
  const raw = softmax(logits);
  const values = calibrated(rules, logits);
  const { classes, unsure } = predictionSet(rules.conformal.classes, values);
  return {
    probabilities: ids.map((id, index) => ({
      id,
      logit: logits[index] as number,
      raw: raw[index] as number,
      calibrated: values[index] as number,
    })),
    conformalSet: classes,
    unsure,
    decision: rules.decision ? decide(rules.decision, ids, values) : null,
  };
}
