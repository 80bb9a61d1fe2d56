import { createHash } from 'node:crypto';
import { cardSchema, type NetworkCard } from '../../core/card/card';

/** A whole package of a few hundred bytes, as `lentigo export` would write it. */
export interface TinyPackage {
  card: NetworkCard;
  /** By name, card.json included. */
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/**
 * Weights by name: shape, bytes, and how they are quantised. Names in `integers` are int32, the others
 * float32.
 */
export type Constant = [
  name: string,
  shape: number[],
  bytes: Uint8Array,
  quantization?: { dtype: string; scale?: number; min?: number },
];

export interface Network {
  constants: Constant[];
  integers?: string[];
  /** Every node but the constants. */
  nodes: { name: string; op: string }[];
}

/** Two shards, the first `firstShard` bytes long. `card` is completed with the files. */
export function buildPackage(
  card: object,
  { constants, integers = [], nodes }: Network,
  firstShard = 100,
): TinyPackage {
  const weights = constants.map(([name, shape, , quantization]) => ({
    name,
    shape,
    dtype: integers.includes(name) ? 'int32' : 'float32',
    ...(quantization ? { quantization } : {}),
  }));
  const node = [...weights.map(({ name, shape, dtype }) => constant(name, shape, dtype)), ...nodes];
  const data = Buffer.concat(constants.map(([, , bytes]) => bytes));
  const shards = [data.subarray(0, firstShard), data.subarray(firstShard)].map(
    (part) => new Uint8Array(part),
  );
  const inputs = nodes.filter(({ op }) => op === 'Placeholder');
  const signature = { inputs: Object.fromEntries(inputs.map(({ name }) => [name, { name: `${name}:0` }])) };
  const model = {
    format: 'graph-model',
    signature,
    modelTopology: { node, library: {}, versions: { producer: 1 } },
    weightsManifest: [{ paths: ['group1-shard1of2.bin', 'group1-shard2of2.bin'], weights }],
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>([['model.json', utf8(model)]]);
  for (const [index, shard] of shards.entries()) files.set(`group1-shard${index + 1}of2.bin`, shard);
  const whole = cardSchema.parse({
    ...card,
    files: [...files].map(([path, bytes]) => ({ path, bytes: bytes.length, sha256: sha256(bytes) })),
  });
  if (whole.task === 'panel') throw new Error('a panel has no network');
  files.set('card.json', utf8(whole));
  return { card: whole, files };
}

const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const utf8 = (json: unknown) => new Uint8Array(new TextEncoder().encode(JSON.stringify(json)));
export const base64 = (text: string) => Buffer.from(text).toString('base64');
export const bytesOf = ({ buffer }: Float32Array | Int32Array) => new Uint8Array(buffer);
export const floats = (...values: number[]) => bytesOf(Float32Array.from(values));
export const ints = (...values: number[]) => bytesOf(Int32Array.from(values));
const dims = (shape: number[]) => ({ dim: shape.map((size) => ({ size: String(size) })) });

/** The attribute that says that a node computes in float32. */
const float = (name = 'T') => ({ [name]: { type: 'DT_FLOAT' } });

export function placeholder(name: string, shape: number[]) {
  return { name, op: 'Placeholder', attr: { ...float('dtype'), shape: { shape: dims(shape) } } };
}

/** A node that computes in float32. */
export function node(op: string, name: string, input: string[], attr: object = {}) {
  return { name, op, input, attr: { ...float(), ...attr } };
}

const step = { list: { i: ['1', '1', '1', '1'] } };

/** Attributes of a convolution of the same size as its input. */
export const sameSize = {
  strides: step,
  dilations: step,
  padding: { s: base64('SAME') },
  data_format: { s: base64('NHWC') },
};

function constant(name: string, shape: number[], dtype: string) {
  const type = dtype === 'int32' ? 'DT_INT32' : 'DT_FLOAT';
  const value = { tensor: { dtype: type, tensorShape: dims(shape) } };
  return { name, op: 'Const', attr: { dtype: { type }, value } };
}

/** float16 of numbers that are whole in it: sixteenths between -2 and 2. */
export function halfBytes(values: number[]): Uint8Array {
  const bits = Uint16Array.from(values, (value) => {
    if (value === 0) return 0;
    const exponent = Math.floor(Math.log2(Math.abs(value)));
    const fraction = (Math.abs(value) / 2 ** exponent - 1) * 1024;
    return (value < 0 ? 0x8000 : 0) | ((exponent + 15) << 10) | fraction;
  });
  return new Uint8Array(bits.buffer);
}

/** Numbers from 0 to 1, always the same ones (a linear congruential generator, Numerical Recipes). */
export function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}
