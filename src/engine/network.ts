import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

/** A tensor's values outside of TensorFlow.js, row by row. */
export interface Values {
  shape: number[];
  data: Float32Array;
}

/**
 * One forward pass: named inputs in, the outputs named out, in their order. All outputs come back in one read, because each read from
 * the GPU waits for it. Leaves no tensor behind, whether it succeeds or throws.
 */
export async function forward(
  model: GraphModel,
  inputs: Record<string, Values>,
  outputs: string[],
): Promise<Values[]> {
  const { packed, shapes } = compute(model, inputs, outputs);
  let data: Float32Array;
  try {
    data = await packed.data<'float32'>();
  } finally {
    packed.dispose();
  }
  let at = 0;
  return shapes.map((shape) => {
    const size = tf.util.sizeFromShape(shape);
    at += size;
    return { shape, data: data.slice(at - size, at) };
  });
}

/** Hands the pass to the back end without waiting for it: all outputs in one vector, which the caller disposes of. */
export function compute(model: GraphModel, inputs: Record<string, Values>, outputs: string[]) {
  let shapes: number[][] = [];
  const packed = tf.tidy(() => {
    const tensors = Object.fromEntries(
      Object.entries(inputs).map(([name, { shape, data }]) => [name, tf.tensor(data, shape, 'float32')]),
    );
    const answers = [model.execute(tensors, outputs)].flat();
    shapes = answers.map((answer) => answer.shape);
    return tf.concat1d(answers.map((answer) => tf.reshape(answer, [-1]) as tf.Tensor1D));
  });
  return { packed, shapes };
}
