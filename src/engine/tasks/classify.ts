import { version } from '../../../package.json';
import type { ActivationMaps, Analysis, ClassProbability, Square } from '../../core/analysis';
import type { Card } from '../../core/card';
import { unknownMetadata } from '../../core/golden';
import { conformalSet, decide, softmax } from '../../core/probability';
import type { Pixels } from '../../core/resize';
import type { Progress } from '../engine';
import { toNetworkInput } from '../input/tensor';
import { forward, type Values } from '../network';
import type { ReadyPackage } from '../package/packages';
import { goOnUnless, Refusal } from '../refusal';

export interface ClassifyRequest {
  photo: Pixels;
  /** Milliseconds that decoding took. */
  decoded: number;
  square?: Square | undefined;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * One photo through a classifier. Metadata, where the network takes any, are "unknown". Throws `package-invalid` for a package that
 * gives no class probabilities of a photo alone.
 */
export async function classify(
  { card, model, hash, backend }: ReadyPackage,
  { photo, decoded, square: wanted, signal, onProgress }: ClassifyRequest,
): Promise<Analysis> {
  if (card.task !== 'classification') {
    throw new Refusal('package-invalid', {
      package: card.id,
      problem: `task: ${card.task} is no classifier`,
    });
  }
  onProgress({ stage: 'resize', fraction: null });
  const start = performance.now();
  const { values, square } = toNetworkInput(photo, card.input, wanted);
  const resized = performance.now();

  goOnUnless(signal);
  onProgress({ stage: 'network', fraction: null });
  const { logits, cam, ood } = await ask(card, model, values);
  const answered = performance.now();
  goOnUnless(signal);

  const probabilities = probabilitiesOf(card, logits);
  const ids = probabilities.map(({ id }) => id);
  const calibrated = probabilities.map((one) => one.calibrated);
  const quantile = card.calibration?.conformal.quantile ?? 1;
  const score = ood?.data[0];
  return {
    schema: 1,
    createdAt: new Date().toISOString(),
    provenance: {
      appVersion: version,
      packageId: card.id,
      packageVersion: card.version,
      packageHash: hash,
      backend: backend.name,
      adapter: backend.adapter,
      preprocessing: 1,
    },
    photo: { width: photo.width, height: photo.height },
    square,
    probabilities,
    conformalSet: conformalSet(ids, calibrated, quantile),
    decision: card.decision ? decide(card.decision, ids, calibrated) : null,
    outOfDistribution:
      card.ood && score !== undefined
        ? { score, threshold: card.ood.threshold, familiar: score <= card.ood.threshold }
        : null,
    activation: cam ? activationOf(ids, cam) : null,
    timings: {
      decode: decoded,
      resize: resized - start,
      network: answered - resized,
      total: decoded + answered - start,
    },
  };
}

interface Answer {
  logits: Values;
  cam: Values | undefined;
  ood: Values | undefined;
}

async function ask(card: Card, model: ReadyPackage['model'], image: Values): Promise<Answer> {
  const inputs: Record<string, Values> = { [card.input.name]: image };
  if (card.metadata) {
    inputs.metadata = { shape: [1, card.metadata.width], data: unknownMetadata(card.metadata) };
  }
  const { logits, cam, ood } = card.outputs;
  const names = [logits, cam, ood].filter((name) => name !== undefined);
  const answers = await forward(model, inputs, names);
  const answerOf = (name: string | undefined) => (name ? answers[names.indexOf(name)] : undefined);
  return { logits: answerOf(logits) as Values, cam: answerOf(cam), ood: answerOf(ood) };
}

function probabilitiesOf(card: Card, { data }: Values): ClassProbability[] {
  const logits = [...data];
  if (logits.some((logit) => !Number.isFinite(logit))) throw new Error('the network answered no numbers');
  const raw = softmax(logits);
  const calibrated = softmax(logits, card.calibration?.temperature);
  return card.classes.map(({ id }, index) => ({
    id,
    logit: logits[index] as number,
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
