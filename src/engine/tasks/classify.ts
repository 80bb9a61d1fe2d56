import type { ActivationMaps, AttentionMaps, LesionSearch, ModelMetadata } from '../../core/analysis';
import type { NetworkCard } from '../../core/card/card';
import { rulesOf, type SiteCalibration } from '../../core/decision/site-calibration';
import type { WhatIfRow } from '../../core/decision/what-if';
import type { Square } from '../../core/geometry';
import { metadataForCard } from '../../core/patient/body-sites';
import { encodeMetadata, type MetadataValues, unknownFields } from '../../core/patient/metadata';
import type { Progress } from '../engine';
import { EngineError, throwIfAborted } from '../engine-error';
import type { NetworkInputs } from '../input/inputs';
import type { Uploads } from '../network';
import type { ReadyPackage } from '../package/packages';
import type { Values } from '../pass';
import { asViews } from './augmentation';
import { attentionOf, fusionOutputs, maskInput, whatIf } from './fuse';
import { computeOutputs, firstOf, numbersIn, type OutputKind, type Outputs, rowsOf } from './outputs';

export interface ClassifyRequest {
  inputs: NetworkInputs;
  /** What of them lies on the back end of the package already. */
  uploads?: Uploads;
  square?: Square | undefined;
  /** What is known of the patient, in any card's words; the rest is "unknown". */
  metadata?: MetadataValues | undefined;
  /** Null where nobody looked for lesions. */
  lesion: LesionSearch | null;
  /** Also asks of the photo turned and mirrored. */
  testTimeAugmentation?: boolean | undefined;
  /** In place of the card's own calibration, for the what-if table. */
  site: SiteCalibration | null;
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** What a network says of one photo, or several networks joined, before it is judged by a card. */
export interface NetworkAnswer {
  /** What it saw of the photo. */
  square: Square;
  /** In the order of the card's classes. */
  logits: number[];
  /** The logits of each of the eight views; null where they were not asked for. */
  views: number[][] | null;
  /** The out-of-distribution score; null where the network gives none. */
  oodScore: number | null;
  /** A unit vector; null where the network gives none. */
  embedding: number[] | null;
  activation: ActivationMaps | null;
  attention: AttentionMaps | null;
  whatIf: WhatIfRow[] | null;
  modelMetadata: ModelMetadata | null;
  /** Milliseconds. */
  timings: { resize: number; network: number };
}

/**
 * One photo through a classifier or a fusion. What is measured is the photo as it is: turned and mirrored
 * ones only add the spread. Throws `package-invalid` for a package that gives no class probabilities.
 */
export async function classify(ready: ReadyPackage, request: ClassifyRequest): Promise<NetworkAnswer> {
  const { card } = ready;
  const { lesion, signal, onProgress } = request;
  const metadata = card.metadata ? metadataForCard(card.metadata, request.metadata ?? {}) : {};
  if (card.task === 'segmentation') {
    throw new EngineError('package-invalid', {
      package: card.id,
      problem: 'task: it gives no probabilities',
    });
  }
  onProgress({ stage: 'resize', fraction: null });
  const start = performance.now();
  const { values, square } = request.inputs.of(card.input, request.square);
  const inputs: Record<string, Values> = { [card.input.name]: values };
  if (card.task === 'fusion') inputs.mask = maskInput(ready, lesion, request.inputs.photo, square);
  if (card.metadata) inputs.metadata = metadataInput(card.metadata, metadata);
  const resized = performance.now();

  throwIfAborted(signal);
  onProgress({ stage: 'network', fraction: null });
  const kinds: OutputKind[] = ['logits', 'cam', 'ood', 'embedding'];
  if (card.task === 'fusion') kinds.push(...fusionOutputs);
  const batchInputs = request.testTimeAugmentation ? asViews(inputs) : inputs;
  const batch = await computeOutputs(ready, batchInputs, kinds, request.uploads);
  const outputs = Object.fromEntries(
    Object.entries(batch).map(([kind, answer]) => [kind, firstOf(answer)]),
  ) as Outputs;
  const answered = performance.now();
  throwIfAborted(signal);

  const rows = batch.logits ? rowsOf(batch.logits).map((row) => numbersIn(row, card.classes.length)) : [];
  const logits = rows[0] ?? numbersIn(new Float32Array(), card.classes.length);
  const rules = rulesOf(card, request.site);
  const { mask } = inputs;
  const table = mask
    ? await whatIf(ready, outputs, { metadata: inputs.metadata?.data ?? null, mask, rules, logits })
    : null;
  throwIfAborted(signal);
  return {
    square,
    logits,
    views: request.testTimeAugmentation ? rows : null,
    oodScore: outputs.ood?.data[0] ?? null,
    embedding: outputs.embedding ? [...outputs.embedding.data] : null,
    activation: outputs.cam ? activationOf(card, outputs.cam) : null,
    attention: attentionOf(outputs),
    whatIf: table,
    modelMetadata: card.metadata ? modelMetadataOf(card.metadata, metadata) : null,
    timings: { resize: resized - start, network: answered - resized },
  };
}

/** [1, height, width, classes] as one plane for each class. */
function activationOf({ classes }: NetworkCard, { shape, data }: Values): ActivationMaps {
  const [, height = 0, width = 0] = shape;
  const planes = classes.map(({ id: classId }, index) => ({
    classId,
    values: Float32Array.from(
      { length: height * width },
      (_, at) => data[at * classes.length + index] as number,
    ),
  }));
  return { width, height, planes };
}

function metadataInput(metadata: NonNullable<NetworkCard['metadata']>, facts: MetadataValues): Values {
  return { shape: [1, metadata.width], data: encodeMetadata(metadata, facts) };
}

/** What the network really heard: a word that it does not know was as good as none. */
function modelMetadataOf(
  metadata: NonNullable<NetworkCard['metadata']>,
  facts: MetadataValues,
): ModelMetadata {
  const missing = unknownFields(metadata, facts);
  const used = metadata.fields
    .filter(({ id }) => !missing.includes(id))
    .map(({ id }) => [id, facts[id] as string | number]);
  return { used: Object.fromEntries(used), missing };
}
