import type { Analysis, Degradation, LesionSearch, ModelMetadata } from '../../core/analysis';
import type { Card } from '../../core/card/card';
import { isClassifier } from '../../core/card/segmenter';
import type { Square } from '../../core/geometry';
import { metadataForCard } from '../../core/patient/body-sites';
import { encodeMetadata, type MetadataValues, unknownFields } from '../../core/patient/metadata';
import { addOodCheck, overrule, type QualityVerdict } from '../../core/quality/gate';
import type { Progress } from '../engine';
import { EngineError, throwIfAborted } from '../engine-error';
import type { NetworkInputs } from '../input/inputs';
import type { Uploads } from '../network';
import type { ReadyPackage } from '../package/packages';
import type { Values } from '../pass';
import { asViews, testTimeAugmentationOf } from './augmentation';
import { attentionOf, fusionOutputs, maskInput, whatIf } from './fuse';
import { computeOutputs, firstOf, type OutputKind, type Outputs } from './outputs';
import { judge } from './probabilities';
import { provenanceOf } from './provenance';

export interface ClassifyRequest {
  inputs: NetworkInputs;
  /** What of them lies on the back end of the package already. */
  uploads?: Uploads;
  /** Milliseconds that decoding took. */
  decoded: number;
  square?: Square | undefined;
  /** What is known of the patient, in any card's words; the rest is "unknown". */
  metadata?: MetadataValues | undefined;
  /** What the input gate found. */
  gate: QualityVerdict;
  /** Null where nobody looked for lesions. */
  lesion: LesionSearch | null;
  /** Also asks of the photo turned and mirrored. */
  testTimeAugmentation?: boolean | undefined;
  degradations: Degradation[];
  overruleGate?: boolean | undefined;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/**
 * One photo through a classifier or a fusion. What is measured is the photo as it is: turned and mirrored ones only add the spread.
 * Throws `package-invalid` for a package that gives no class probabilities.
 */
export async function classify(ready: ReadyPackage, request: ClassifyRequest): Promise<Analysis> {
  const { card } = ready;
  const { decoded, lesion, degradations, signal, onProgress } = request;
  const metadata = card.metadata ? metadataForCard(card.metadata, request.metadata ?? {}) : {};
  if (!isClassifier(card)) {
    throw new EngineError('package-invalid', {
      package: card.id,
      problem: 'task: it gives no probabilities',
    });
  }
  onProgress({ stage: 'resize', fraction: null });
  const start = performance.now();
  const { photo } = request.inputs;
  const { values, square } = request.inputs.of(card.input, request.square);
  const inputs: Record<string, Values> = { [card.input.name]: values };
  if (card.task === 'fusion') inputs.mask = maskInput(ready, lesion, photo, square);
  if (card.metadata) inputs.metadata = metadataInput(card.metadata, metadata);
  const resized = performance.now();

  throwIfAborted(signal);
  onProgress({ stage: 'network', fraction: null });
  const kinds: OutputKind[] = ['logits', 'cam', 'ood', ...(card.task === 'fusion' ? fusionOutputs : [])];
  const batchInputs = request.testTimeAugmentation ? asViews(inputs) : inputs;
  const batch = await computeOutputs(ready, batchInputs, kinds, request.uploads);
  const outputs = Object.fromEntries(
    Object.entries(batch).map(([kind, answer]) => [kind, firstOf(answer)]),
  ) as Outputs;
  const answered = performance.now();
  throwIfAborted(signal);

  const judgement = judge(card, outputs);
  const calibrated = judgement.probabilities.map((probability) => probability.calibrated);
  const mask = inputs.mask;
  const table = mask
    ? await whatIf(ready, outputs, { metadata: inputs.metadata?.data ?? null, mask, calibrated })
    : null;
  throwIfAborted(signal);
  return {
    schema: 1,
    createdAt: new Date().toISOString(),
    provenance: provenanceOf(ready),
    photo: { width: photo.width, height: photo.height },
    square,
    ...judgement,
    gate: withOutOfDistribution(request.gate, judgement.outOfDistribution, card, request.overruleGate),
    modelMetadata: card.metadata ? modelMetadataOf(card.metadata, metadata) : null,
    lesion,
    attention: attentionOf(outputs),
    whatIf: table,
    testTimeAugmentation: request.testTimeAugmentation ? testTimeAugmentationOf(card, batch) : null,
    degradations,
    timings: {
      decode: decoded,
      resize: resized - start,
      network: answered - resized,
      total: decoded + (lesion?.milliseconds ?? 0) + performance.now() - start,
    },
  };
}

/** The network's own "this is none of mine" is a check like the others, made last; its numbers are kept beside it. */
function withOutOfDistribution(
  before: QualityVerdict,
  found: Analysis['outOfDistribution'],
  { ood }: Card,
  overruled = false,
): QualityVerdict {
  const after = found ? addOodCheck(before, found, ood?.refusal?.threshold) : before;
  return overruled ? overrule(after) : after;
}

function metadataInput(metadata: NonNullable<Card['metadata']>, values: MetadataValues): Values {
  return { shape: [1, metadata.width], data: encodeMetadata(metadata, values) };
}

/** What the network really heard: a word that it does not know was as good as none. */
function modelMetadataOf(metadata: NonNullable<Card['metadata']>, values: MetadataValues): ModelMetadata {
  const missing = unknownFields(metadata, values);
  const known = metadata.fields
    .filter(({ id }) => !missing.includes(id))
    .map(({ id }) => [id, values[id] as string | number]);
  return { used: Object.fromEntries(known), missing };
}
