import * as tf from '@tensorflow/tfjs-core';
import type { OperationName, Operations } from '../graph/operations';
import { references } from './reference-kernels';

/** A tensor as a kernel gets one. */
export interface Operand {
  shape: number[];
  values: Float32Array | Int32Array;
}

/**
 * How far an operation on a back end is from the same made of TensorFlow.js's own on the CPU, beside the
 * largest number of the result. Both back ends have to be up.
 */
export async function distance<Name extends OperationName>(
  name: Name,
  how: Operations[Name],
  operands: readonly Operand[],
  backend: 'webgpu' | 'wasm' = 'webgpu',
): Promise<number> {
  await tf.setBackend(backend);
  const actual = await computed(operands, (tensors) => {
    const named = Object.fromEntries(tensors.map((tensor, index) => [`${index}`, tensor]));
    return tf.engine().runKernel(name, named, { how } as never) as tf.Tensor;
  });
  await tf.setBackend('cpu');
  const reference = references[name] as (how: Operations[Name], tensors: tf.Tensor[]) => tf.Tensor;
  const expected = await computed(operands, (tensors) => reference(how, tensors));
  if (actual.shape.join() !== expected.shape.join()) return Number.POSITIVE_INFINITY;
  const largest = expected.values.reduce((most, value) => Math.max(most, Math.abs(value)), 1);
  return expected.values.reduce((most, value, at) => {
    const apart = Math.abs(value - (actual.values[at] ?? Number.NaN)) / largest;
    return Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(most, apart);
  }, 0);
}

async function computed(operands: readonly Operand[], compute: (tensors: tf.Tensor[]) => tf.Tensor) {
  const tensors = operands.map(({ shape, values }) =>
    tf.tensor(values, shape, values instanceof Int32Array ? 'int32' : 'float32'),
  );
  const result = tf.tidy(() => compute(tensors));
  const values = await result.data<'float32'>();
  tf.dispose([...tensors, result]);
  return { shape: result.shape, values };
}
