import type { NetworkCard } from '../../core/card/card';
import exampleCard from '../../core/fixtures/card.json' with { type: 'json' };
import {
  buildPackage,
  floats,
  generator,
  ints,
  node,
  placeholder,
  sameSize,
  type TinyPackage,
} from './build-package';

const name = { en: 'x', ko: '엑스' };
const choice = (id: string) => ({ id, name, values: [id] });

const tinyMetadata: NonNullable<NetworkCard['metadata']> = {
  width: 7,
  fields: [
    { id: 'age', name, kind: 'bins', offset: 0, size: 4, edges: [0, 30, 60] },
    {
      id: 'sex',
      name,
      kind: 'choice',
      offset: 4,
      size: 3,
      choices: [choice('female'), choice('male')],
    },
  ],
};

const width = 4;

/**
 * A fusion: 64 tokens of 4 numbers from a photo of 8 x 8, and the metadata and the mask as queries of one
 * head each.
 */
export function tinyFusion(logits: number[] = [0, 0], change: Partial<NetworkCard> = {}): TinyPackage {
  const random = generator(42);
  const weights = (count: number, size: number) => {
    return floats(...Array.from({ length: count }, () => size * (2 * random() - 1)));
  };
  const dropped = { keep_dims: { b: false } };
  const flipped = { adj_x: { b: false }, adj_y: { b: true } };
  const straight = { adj_x: { b: false }, adj_y: { b: false } };
  /** From a query [n, 4] to the attention [n, 1, 1, 64] and what it gathers, times weights: [n, 2]. */
  const attention = (kind: 'meta' | 'mask', query: string) => [
    node('Reshape', `${kind}/row`, [query, 'row']),
    node('BatchMatMulV2', `${kind}/scores`, [`${kind}/row`, 'tokens'], flipped),
    node('Softmax', `${kind}/weights`, [`${kind}/scores`]),
    node('Reshape', `attention_${kind}`, [`${kind}/weights`, 'heads']),
    node('BatchMatMulV2', `${kind}/context`, [`${kind}/weights`, 'tokens'], straight),
    node('Reshape', `${kind}/gathered`, [`${kind}/context`, 'flat']),
    node('MatMul', `${kind}/part`, [`${kind}/gathered`, `${kind}/head`]),
  ];
  const card = {
    ...exampleCard,
    id: 'tiny-fusion',
    task: 'fusion',
    outputs: {
      logits: 'logits',
      attention_meta: 'attention_meta',
      attention_mask: 'attention_mask',
      tokens: 'tokens',
      mask_vector: 'mask_vector',
    },
    metadata: tinyMetadata,
    ood: null,
    golden: { ...exampleCard.golden, logits, tolerance: 1e-3 },
    ...change,
  };
  return buildPackage(card, {
    constants: [
      ['image/weight', [1, 1, 3, width], weights(3 * width, 1.2)],
      ['mask/weight', [1, 1, 1, width], weights(width, 6)],
      ['meta/weight', [tinyMetadata.width, width], weights(tinyMetadata.width * width, 2)],
      ['meta/head', [width, 2], weights(2 * width, 3)],
      ['mask/head', [width, 2], weights(2 * width, 3)],
      ['bias', [2], floats(0.1, -0.1)],
      ['mask/bias', [width], weights(width, 1)],
      ['grid', [2], ints(1, 2)],
      ['sequence', [3], ints(-1, 64, width)],
      ['row', [3], ints(-1, 1, width)],
      ['heads', [4], ints(-1, 1, 1, 64)],
      ['flat', [2], ints(-1, width)],
    ],
    integers: ['grid', 'sequence', 'row', 'heads', 'flat'],
    nodes: [
      placeholder('image', [-1, 8, 8, 3]),
      placeholder('mask', [-1, 8, 8, 1]),
      placeholder('metadata', [-1, tinyMetadata.width]),
      node('Conv2D', 'features', ['image', 'image/weight'], sameSize),
      node('Reshape', 'tokens', ['features', 'sequence']),
      node('Conv2D', 'mask/features', ['mask', 'mask/weight'], sameSize),
      node('Mean', 'mask/mean', ['mask/features', 'grid'], dropped),
      node('AddV2', 'mask_vector', ['mask/mean', 'mask/bias']),
      node('MatMul', 'meta_query', ['metadata', 'meta/weight']),
      ...attention('meta', 'meta_query'),
      ...attention('mask', 'mask_vector'),
      node('AddV2', 'parts', ['meta/part', 'mask/part']),
      node('AddV2', 'logits', ['parts', 'bias']),
    ],
  });
}
