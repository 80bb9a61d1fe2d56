import { createHash } from 'node:crypto';
import type { Card } from '../../core/card';
import { cardSchema } from '../../core/card';
import exampleCard from '../../core/fixtures/card.json';

/**
 * A whole package of a few hundred bytes, as `lentigo export` would write it: convolution (int8 weights times a scale a channel) and
 * ReLU, the mean over the grid, a product with float16 weights and a bias; a class activation map and an out-of-distribution score.
 */
export interface TinyPackage {
  card: Card;
  /** By name, card.json included. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

const channels = 4;
const classes = 2;

/** `logits` are the golden ones, which only a network can know: run once with any, then again with the answer. */
export function tinyPackage(logits: number[] = [0, 0], change: Partial<Card> = {}): TinyPackage {
  const random = generator(1);
  const quantised = Uint8Array.from({ length: 3 * 3 * 3 * channels }, () => Math.floor(random() * 256));
  const scale = Float32Array.from({ length: channels }, () => 0.002 + 0.004 * random());
  const bias = Float32Array.from({ length: channels }, () => random() - 0.5);
  // Sixteenths between -2 and 2 are whole in float16.
  const head = Array.from({ length: channels * classes }, () => Math.floor(random() * 65) / 16 - 2);
  const headBias = Float32Array.of(0.25, -0.25);

  const constants: [string, number[], Uint8Array, object?][] = [
    ['conv/scale', [channels], bytesOf(scale)],
    ['conv/bias', [channels], bytesOf(bias)],
    ['head/bias', [classes], bytesOf(headBias)],
    ['grid', [2], bytesOf(Int32Array.of(1, 2))],
    ['every', [3], bytesOf(Int32Array.of(1, 2, 3))],
    ['pair', [2], bytesOf(Int32Array.of(-1, 1))],
    ['head/weight', [channels, classes], halfBytes(head), { dtype: 'float16' }],
    ['cam/weight', [1, 1, channels, classes], halfBytes(head), { dtype: 'float16' }],
    ['conv/quantised', [3, 3, 3, channels], quantised, { dtype: 'uint8', scale: 1, min: -128 }],
  ];
  const integers = new Set(['grid', 'every', 'pair']);
  const weights = constants.map(([name, shape, , quantization]) => ({
    name,
    shape,
    dtype: integers.has(name) ? 'int32' : 'float32',
    ...(quantization ? { quantization } : {}),
  }));
  const ones = { list: { i: ['1', '1', '1', '1'] } };
  const strides = {
    strides: ones,
    dilations: ones,
    padding: { s: base64('SAME') },
    data_format: { s: base64('NHWC') },
  };
  const node = [
    { name: 'image', op: 'Placeholder', attr: { ...float('dtype'), shape: { shape: dims([-1, 8, 8, 3]) } } },
    ...weights.map(({ name, shape, dtype }) => constant(name, shape, dtype)),
    { name: 'conv/weight', op: 'Mul', input: ['conv/quantised', 'conv/scale'], attr: float('T') },
    {
      name: 'features',
      op: '_FusedConv2D',
      input: ['image', 'conv/weight', 'conv/bias'],
      attr: {
        ...float('T'),
        ...strides,
        fused_ops: { list: { s: [base64('BiasAdd'), base64('Relu')] } },
        num_args: { i: '1' },
        epsilon: { f: 0 },
      },
    },
    {
      name: 'mean',
      op: 'Mean',
      input: ['features', 'grid'],
      attr: { ...float('T'), keep_dims: { b: false } },
    },
    { name: 'product', op: 'MatMul', input: ['mean', 'head/weight'], attr: float('T') },
    { name: 'logits', op: 'AddV2', input: ['product', 'head/bias'], attr: float('T') },
    { name: 'cam', op: 'Conv2D', input: ['features', 'cam/weight'], attr: { ...float('T'), ...strides } },
    {
      name: 'score',
      op: 'Mean',
      input: ['features', 'every'],
      attr: { ...float('T'), keep_dims: { b: false } },
    },
    { name: 'ood', op: 'Reshape', input: ['score', 'pair'], attr: float('T') },
  ];
  const data = Buffer.concat(constants.map(([, , bytes]) => bytes));
  const shards = [data.subarray(0, 100), data.subarray(100)].map((part) => new Uint8Array(part));
  const model = {
    format: 'graph-model',
    signature: { inputs: { image: { name: 'image:0' } }, outputs: { logits: { name: 'logits:0' } } },
    modelTopology: { node, library: {}, versions: { producer: 1 } },
    weightsManifest: [{ paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'], weights }],
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>([['model.json', utf8(model)]]);
  for (const [index, shard] of shards.entries()) files.set(`group1-shard${index + 1}of2.bin`, shard);
  const card = cardSchema.parse({
    ...exampleCard,
    golden: { ...exampleCard.golden, logits, tolerance: 1e-4 },
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
    ...change,
  });
  files.set('card.json', utf8(card));
  return { card, files };
}

export const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

const utf8 = (json: unknown) => new Uint8Array(new TextEncoder().encode(JSON.stringify(json)));
const base64 = (text: string) => Buffer.from(text).toString('base64');
const float = (name: string) => ({ [name]: { type: 'DT_FLOAT' } });
const dims = (shape: number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) });
const bytesOf = ({ buffer }: Float32Array | Int32Array) => new Uint8Array(buffer);

function constant(name: string, shape: number[], dtype: string) {
  const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
  const value = { tensor: { dtype: type, tensorShape: dims(shape) } };
  return { name, op: 'Const', attr: { dtype: { type }, value } };
}

/** float16 of numbers that are whole in it: sixteenths between -2 and 2. */
function halfBytes(values: number[]): Uint8Array {
  const bits = Uint16Array.from(values, (value) => {
    if (value === 0) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(value)));
    const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
    return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
  });
  return new Uint8Array(bits.buffer);
}

/** Numbers from 0 to 1, always the same ones (a linear congruential generator, Numerical Recipes). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
