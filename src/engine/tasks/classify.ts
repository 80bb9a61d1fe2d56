import { version } from '../../../package.json';
import type { Analysis, LesionSearch, Setback, Square, ToldFacts } from '../../core/analysis';
import type { Card } from '../../core/card';
import { encodeMetadata, type MetadataValues, unknownFields } from '../../core/metadata';
import type { Pixels } from '../../core/resize';
import type { Progress } from '../engine';
import { toNetworkInput } from '../input/tensor';
import type { Values } from '../network';
import type { ReadyPackage } from '../package/packages';
import { goOnUnless, Refusal } from '../refusal';
import { ask } from './ask';
import { judge } from './probabilities';

export interface ClassifyRequest {
  photo: Pixels;
  /** Milliseconds that decoding took. */
  decoded: number;
  square?: Square | undefined;
  /** What is known of the patient; what is not there is "unknown". */
  facts?: MetadataValues | undefined;
  /** Null where nobody looked for lesions. */
  lesion: LesionSearch | null;
  setbacks: Setback[];
  signal: AbortSignal;
  onProgress: (progress: Progress) => void;
}

/** One photo through a classifier. Throws `package-invalid` for a package that gives no class probabilities of a photo. */
export async function classify(
  ready: ReadyPackage,
  { photo, decoded, square: wanted, facts = {}, lesion, setbacks, signal, onProgress }: ClassifyRequest,
): Promise<Analysis> {
  const { card } = ready;
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
  const inputs: Record<string, Values> = { [card.input.name]: values, ...metadataInput(card, facts) };
  const outputs = await ask(ready, inputs, ['logits', 'cam', 'ood']);
  const answered = performance.now();
  goOnUnless(signal);

  return {
    schema: 1,
    createdAt: new Date().toISOString(),
    provenance: provenanceOf(ready),
    photo: { width: photo.width, height: photo.height },
    square,
    ...judge(card, outputs),
    told: card.metadata ? toldOf(card.metadata, facts) : null,
    lesion,
    attention: null,
    whatIf: null,
    steadiness: null,
    setbacks,
    timings: {
      decode: decoded,
      resize: resized - start,
      network: answered - resized,
      total: decoded + answered - start,
    },
  };
}

function provenanceOf({ card, hash, backend }: ReadyPackage): Analysis['provenance'] {
  return {
    appVersion: version,
    packageId: card.id,
    packageVersion: card.version,
    packageHash: hash,
    backend: backend.name,
    adapter: backend.adapter,
    preprocessing: 1,
  };
}

function metadataInput({ metadata }: Card, facts: MetadataValues): Record<string, Values> {
  if (!metadata) return {};
  return { metadata: { shape: [1, metadata.width], data: encodeMetadata(metadata, facts) } };
}

/** What the network really heard: a word that it does not know was as good as none. */
function toldOf(metadata: NonNullable<Card['metadata']>, facts: MetadataValues): ToldFacts {
  const unknown = unknownFields(metadata, facts);
  const known = metadata.fields
    .filter(({ id }) => !unknown.includes(id))
    .map(({ id }) => [id, facts[id] as string | number]);
  return { known: Object.fromEntries(known), unknown };
}
