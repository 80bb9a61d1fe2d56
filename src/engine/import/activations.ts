import { float } from './attributes';
import type { GraphBuilder } from './builder';

/** Activations, as nodes of a TensorFlow graph. */

/** max(0, min(1, alpha x + beta)), by the ReLU6 that every back end is fast at. */
export function hardSigmoid(
  builder: GraphBuilder,
  name: string,
  x: string,
  alpha: number,
  beta: number,
): string {
  const number = (value: number) => builder.number(Math.fround(value));
  const scaled = builder.add('Mul', `${name}/scaled`, [x, number(6 * alpha)]);
  const moved = builder.add('AddV2', `${name}/moved`, [scaled, number(6 * beta)]);
  const clipped = builder.add('Relu6', `${name}/clipped`, [moved]);
  return builder.add('Mul', name, [clipped, number(1 / 6)]);
}

/** As a map: "constructor" must not find what every object has. */
const plain = new Map(
  Object.entries({
    relu: 'Relu',
    relu6: 'Relu6',
    sigmoid: 'Sigmoid',
    tanh: 'Tanh',
    elu: 'Elu',
    selu: 'Selu',
    softplus: 'Softplus',
    softmax: 'Softmax',
    exponential: 'Exp',
    exp: 'Exp',
  }),
);

/** By the names that Keras has for them; null for others. */
export function activated(builder: GraphBuilder, kind: string, name: string, x: string): string | null {
  const op = plain.get(kind);
  if (op) return builder.add(op, name, [x]);
  switch (kind) {
    case 'linear':
      return x;
    case 'swish':
    case 'silu':
      return builder.add('Mul', name, [x, builder.add('Sigmoid', `${name}/gate`, [x])]);
    case 'hard_swish':
    case 'hard_silu':
      return builder.add('Mul', name, [x, hardSigmoid(builder, `${name}/gate`, x, 1 / 6, 0.5)]);
    case 'hard_sigmoid':
    case 'hardSigmoid':
      return hardSigmoid(builder, name, x, 0.2, 0.5);
    case 'mish': {
      const gate = builder.add('Tanh', `${name}/gate`, [builder.add('Softplus', `${name}/plus`, [x])]);
      return builder.add('Mul', name, [x, gate]);
    }
    case 'gelu':
      return gelu(builder, name, x);
    default:
      return null;
  }
}

/** x / 2 * (1 + erf(x / sqrt 2)) (Hendrycks and Gimpel, 2016). */
export function gelu(builder: GraphBuilder, name: string, x: string): string {
  const inner = builder.add('Mul', `${name}/inner`, [x, builder.number(Math.fround(Math.SQRT1_2))]);
  const one = builder.add('AddV2', `${name}/one`, [
    builder.add('Erf', `${name}/erf`, [inner]),
    builder.number(1),
  ]);
  const half = builder.add('Mul', `${name}/half`, [x, builder.number(0.5)]);
  return builder.add('Mul', name, [half, one]);
}

export const leakyRelu = (builder: GraphBuilder, name: string, x: string, alpha: number) =>
  builder.add('LeakyRelu', name, [x], { alpha: float(alpha) });
