import type { NetworkCard } from '../../core/card/card';
import exampleCard from '../../core/fixtures/card.json' with { type: 'json' };
import {
  base64,
  buildPackage,
  bytesOf,
  type Constant,
  floats,
  generator,
  halfBytes,
  ints,
  node,
  placeholder,
  sameSize,
  type TinyPackage,
} from './build-package';

const channels = 4;
const classes = 2;

/**
 * A classifier: convolution (int8 weights times a scale a channel) and ReLU, the mean over the grid, a
 * product with float16 weights and a bias; a class activation map and an out-of-distribution score. With
 * metadata in `change.metadata`, their product with weights of (place + 1) / 8 is added to the logit of the
 * second class. `logits` are the golden ones, which only a network can know: run once with any, then again
 * with the answer.
 */
export function tinyPackage(
  logits: number[] = [0, 0],
  change: Partial<NetworkCard> = {},
  headBias: [number, number] = [0.25, -0.25],
  seed = 1,
): TinyPackage {
  const random = generator(seed);
  const quantised = Uint8Array.from({ length: 3 * 3 * 3 * channels }, () => Math.floor(random() * 256));
  const scale = Float32Array.from({ length: channels }, () => 0.002 + 0.004 * random());
  const bias = Float32Array.from({ length: channels }, () => random() - 0.5);
  // Sixteenths between -2 and 2 are whole in float16.
  const head = Array.from({ length: channels * classes }, () => Math.floor(random() * 65) / 16 - 2);
  const width = change.metadata?.width ?? 0;
  const metadataWeights = Array.from({ length: 2 * width }, (_, at) => (at % 2) * ((at + 1) / 16));

  const constants: Constant[] = [
    ['conv/scale', [channels], bytesOf(scale)],
    ['conv/bias', [channels], bytesOf(bias)],
    ['head/bias', [classes], floats(...headBias)],
    ['grid', [2], ints(1, 2)],
    ['every', [3], ints(1, 2, 3)],
    ['pair', [2], ints(-1, 1)],
    ['head/weight', [channels, classes], halfBytes(head), { dtype: 'float16' }],
    ['cam/weight', [1, 1, channels, classes], halfBytes(head), { dtype: 'float16' }],
    ['conv/quantised', [3, 3, 3, channels], quantised, { dtype: 'uint8', scale: 1, min: -128 }],
  ];
  const fused = { fused_ops: { list: { s: [base64('BiasAdd'), base64('Relu')] } }, num_args: { i: '1' } };
  const dropped = { keep_dims: { b: false } };
  const nodes = [
    placeholder('image', [-1, 8, 8, 3]),
    node('Mul', 'conv/weight', ['conv/quantised', 'conv/scale']),
    node('_FusedConv2D', 'features', ['image', 'conv/weight', 'conv/bias'], {
      ...sameSize,
      ...fused,
      epsilon: { f: 0 },
    }),
    node('Mean', 'mean', ['features', 'grid'], dropped),
    node('MatMul', 'product', ['mean', 'head/weight']),
    node('Conv2D', 'cam', ['features', 'cam/weight'], sameSize),
    node('Mean', 'score', ['features', 'every'], dropped),
    node('Reshape', 'ood', ['score', 'pair']),
  ];
  if (width === 0) nodes.push(node('AddV2', 'logits', ['product', 'head/bias']));
  else {
    constants.unshift(['metadata/weight', [width, classes], floats(...metadataWeights)]);
    nodes.push(
      placeholder('metadata', [-1, width]),
      node('MatMul', 'metadata_logits', ['metadata', 'metadata/weight']),
      node('AddV2', 'image_logits', ['product', 'head/bias']),
      node('AddV2', 'logits', ['image_logits', 'metadata_logits']),
    );
  }
  const golden = { ...exampleCard.golden, logits, tolerance: 1e-4 };
  return buildPackage(
    { ...exampleCard, golden, ...change },
    { constants, integers: ['grid', 'every', 'pair'], nodes },
  );
}
