import type { ActivationMaps, Analysis } from '../../core/analysis';
import type { Card } from '../../core/card/card';
import { type ClassProbability, conformalSet, decide, softmax } from '../../core/decision/probability';
import type { OutOfDistribution } from '../../core/quality/gate';
import type { Values } from '../pass';
import type { Outputs } from './outputs';

/** What the network said, by the rules of the card. `outputs` are those of one photo, a batch of one. */
export function judge(
  card: Card,
  { logits, ood, cam }: Outputs,
): Pick<Analysis, 'probabilities' | 'conformalSet' | 'decision' | 'outOfDistribution' | 'activation'> {
  const probabilities = probabilitiesOf(card, logits?.data ?? new Float32Array());
  const ids = probabilities.map(({ id }) => id);
  const calibrated = probabilities.map((probability) => probability.calibrated);
  const score = ood?.data[0];
  return {
    probabilities,
    conformalSet: conformalSet(ids, calibrated, card.calibration?.conformal.quantile ?? 1),
    decision: card.decision ? decide(card.decision, ids, calibrated) : null,
    outOfDistribution: card.ood && score !== undefined ? oodScore(card.ood, score) : null,
    activation: cam ? activationOf(ids, cam) : null,
  };
}

function oodScore({ threshold, refusal }: NonNullable<Card['ood']>, score: number): OutOfDistribution {
  return {
    score,
    threshold,
    inDistribution: score <= threshold,
    refused: refusal !== undefined && score > refusal.threshold,
  };
}

/** Softmax with the card's temperature, in the order of its classes. Throws where the network answered no numbers. */
export function calibratedOf(card: Card, data: Float32Array): number[] {
  const logits = [...data];
  if (logits.length !== card.classes.length || logits.some((logit) => !Number.isFinite(logit))) {
    throw new Error('the network answered no numbers');
  }
  return softmax(logits, card.calibration?.temperature);
}

function probabilitiesOf(card: Card, data: Float32Array): ClassProbability[] {
  const calibrated = calibratedOf(card, data);
  const raw = softmax([...data]);
  return card.classes.map(({ id }, index) => ({
    id,
    logit: data[index] as number,
    raw: raw[index] as number,
    calibrated: calibrated[index] as number,
  }));
}

/** [1, height, width, classes] as one plane a class. */
function activationOf(ids: string[], { shape, data }: Values): ActivationMaps {
  const [, height = 0, width = 0] = shape;
  const planes = ids.map((classId, index) => ({
    classId,
    values: Float32Array.from({ length: height * width }, (_, at) => data[at * ids.length + index] as number),
  }));
  return { width, height, planes };
}
