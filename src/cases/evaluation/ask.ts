import type { Provenance } from '../../core/analysis';
import type { ImageAnswer, ModelAnswer } from '../../core/evaluation/answer';
import { factsOf } from '../../core/evaluation/labels';
import type { PlannedImage } from '../../core/evaluation/plan';
import { type Failure, failure } from '../../core/failure';
import { overlap } from '../../core/metrics/overlap';
import type { Engine } from '../../engine/engine';
import type { OpenPhoto } from '../../engine/input/opener';
import type { Folder } from './folder';
import { readMask } from './outline';

export interface Asked {
  answer: ImageAnswer;
  /** By package id. */
  provenance: Record<string, Provenance>;
  /** What kept the engine from working at all: not this file's fault. */
  trouble: Failure | null;
}

/** What is not a file's fault, and would befall the next file too. */
const troubles = new Set<Failure['code']>([
  'cancelled',
  'backend-unavailable',
  'golden-failed',
  'device-lost',
  'out-of-memory',
  'worker-died',
  'package-unknown',
  'package-unavailable',
  'package-corrupt',
  'package-invalid',
]);

/**
 * Asks every model about one image of the folder, as a card was measured: the largest centred square, the gate overruled, behind
 * whatever the user does meanwhile. Nothing of the image is kept but the answers.
 */
export async function ask(
  { engine, open, folder }: { engine: Engine; open: OpenPhoto; folder: Folder },
  image: PlannedImage,
  { packageIds, segment, outlines }: { packageIds: string[]; segment: boolean; outlines: boolean },
  signal: AbortSignal,
): Promise<Asked> {
  const file = await folder.open(image.path);
  if (!file) return failed(image, packageIds, failure('file-unreadable').failure);
  const opened = await open(file);
  if (!opened.ok) return failed(image, packageIds, opened.failure);
  const result = await engine.analyseAll(
    opened.value.image,
    {
      packageIds,
      square: 'centre',
      overruleGate: true,
      background: true,
      facts: factsOf(image),
      ...(segment ? {} : { segmenterId: null }),
    },
    { signal },
  );
  if (!result.ok) return failed(image, packageIds, result.failure);
  const asked: Asked = {
    answer: { path: image.path, answers: {}, overlap: null, maskFailure: null },
    provenance: {},
    trouble: null,
  };
  const answers: Record<string, ModelAnswer> = {};
  for (const { packageId, answer } of result.value) {
    if (answer.ok) {
      asked.provenance[packageId] = answer.value.provenance;
      answers[packageId] = {
        ok: true,
        probabilities: answer.value.probabilities.map(({ calibrated }) => calibrated),
        milliseconds: answer.value.timings.total,
      };
    } else {
      if (troubles.has(answer.failure.code)) asked.trouble = answer.failure;
      answers[packageId] = answer;
    }
  }
  asked.answer.answers = answers;
  const whole = result.value.find(({ answer }) => answer.ok)?.answer;
  if (outlines && image.mask !== null && whole?.ok) {
    const { lesion, setbacks } = whole.value;
    const truth = await folder.open(image.mask).then((mask) => mask && readMask(mask));
    const setback = setbacks.find(({ stage }) => stage === 'lesion');
    if (truth?.ok && lesion) asked.answer.overlap = overlap(truth.value, lesion.mask);
    else if (truth && !truth.ok) asked.answer.maskFailure = truth.failure;
    else asked.answer.maskFailure = setback?.failure ?? failure('file-unreadable').failure;
  }
  return asked;
}

function failed(image: PlannedImage, packageIds: string[], why: Failure): Asked {
  return {
    answer: {
      path: image.path,
      answers: Object.fromEntries(packageIds.map((id) => [id, { ok: false, failure: why }])),
      overlap: null,
      maskFailure: null,
    },
    provenance: {},
    trouble: troubles.has(why.code) ? why : null,
  };
}
