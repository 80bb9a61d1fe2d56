import { invalidModel, type Weight, type WeightSpec } from './format';

/**
 * Decodes the weights of a TensorFlow.js graph model: the shards' bytes one after the other, a tensor a spec, in their order.
 * Stored float16 and uint8 (`value * scale + min`) become float32, as in tfjs-core's `io.decodeWeights`.
 * Throws `package-invalid` for a type it does not know or for too few bytes.
 */
export function decodeWeights(specs: WeightSpec[], data: ArrayBuffer): Map<string, Weight> {
  const weights = new Map<string, Weight>();
  let at = 0;
  for (const spec of specs) {
    const size = spec.shape.reduce((product, length) => product * length, 1);
    const stored = spec.quantization?.dtype ?? spec.dtype;
    const width = widths[stored];
    if (width === undefined) throw invalidModel(`${spec.name} is stored as ${stored}`);
    if (at + size * width > data.byteLength) throw invalidModel(`the weights end before ${spec.name}`);
    // A copy, because a tensor need not begin at a multiple of its width.
    const bytes = data.slice(at, at + size * width);
    weights.set(spec.name, { shape: spec.shape, dtype: spec.dtype, values: decode(spec, bytes) });
    at += size * width;
  }
  if (at !== data.byteLength)
    throw invalidModel(`${data.byteLength - at} bytes of weights belong to no tensor`);
  return weights;
}

const widths: Record<string, number> = { float32: 4, int32: 4, float16: 2, uint8: 1 };

function decode(spec: WeightSpec, bytes: ArrayBuffer): Float32Array | Int32Array {
  const quantization = spec.quantization;
  if (!quantization) return spec.dtype === 'int32' ? new Int32Array(bytes) : new Float32Array(bytes);
  if (spec.dtype !== 'float32') throw invalidModel(`${spec.name} is quantised ${spec.dtype}`);
  if (quantization.dtype === 'float16')
    return Float32Array.from(new Uint16Array(bytes), (bits) => halves()[bits] as number);
  const { scale = 1, min = 0 } = quantization;
  return Float32Array.from(new Uint8Array(bytes), (value) => value * scale + min);
}

let table: Float32Array | null = null;

/** All 65,536 values of a float16 (IEEE 754 binary16), by their bits. */
function halves(): Float32Array {
  table ??= Float32Array.from({ length: 65536 }, (_, bits) => {
    const sign = bits & 0x8000 ? -1 : 1;
    const exponent = (bits >> 10) & 0x1f;
    const fraction = bits & 0x3ff;
    if (exponent === 0) return sign * fraction * 2 ** -24;
    if (exponent === 31) return fraction ? Number.NaN : sign * Number.POSITIVE_INFINITY;
    return sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
  });
  return table;
}
