import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';

/** A tensor's values outside of TensorFlow.js, row by row. */
export interface Values {
  shape: number[];
  data: Float32Array;
}

/** Inputs of several passes, on the back end in use: the same `Values` are carried there once, and stay until `close`. */
export class Uploads {
  private readonly tensors = new Map<Values, tf.Tensor>();
  private closed = false;

  /** Throws once it is closed: a pass that was given up must not leave anything behind afterwards. */
  of(values: Values): tf.Tensor {
    if (this.closed) throw new Error('the inputs of this photo were let go');
    // Kept, because it may be made within a pass that tidies up behind itself.
    const tensor = this.tensors.get(values) ?? tf.keep(upload(values));
    this.tensors.set(values, tensor);
    return tensor;
  }

  close(): void {
    this.closed = true;
    tf.dispose([...this.tensors.values()]);
    this.tensors.clear();
  }
}

/** A network on the back end in use. */
export class Network {
  constructor(private readonly model: GraphModel) {}

  /**
   * One forward pass: named inputs in, the outputs named out, in their order. All outputs come back in one read, because each read from
   * the GPU waits for it. Leaves no tensor behind, whether it succeeds or throws, but the inputs in `uploads` where there are any.
   */
  async forward(inputs: Record<string, Values>, outputs: string[], uploads?: Uploads): Promise<Values[]> {
    const { packed, shapes } = this.compute(inputs, outputs, uploads);
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

  /** Hands a pass to the back end without waiting for it: all outputs in one vector, which the caller disposes of. */
  compute(inputs: Record<string, Values>, outputs: string[], uploads?: Uploads) {
    let shapes: number[][] = [];
    const packed = tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, values]) => [name, uploads?.of(values) ?? upload(values)]),
      );
      const answers = [this.model.execute(tensors, outputs)].flat();
      shapes = answers.map((answer) => answer.shape);
      return tf.concat1d(answers.map((answer) => tf.reshape(answer, [-1]) as tf.Tensor1D));
    });
    return { packed, shapes };
  }

  /** Frees its weights. */
  dispose(): void {
    this.model.dispose();
  }
}

const upload = ({ shape, data }: Values) => tf.tensor(data, shape, 'float32');
