import type { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { Recorder, UnrecordedPasses, Values } from './pass';
import { Plans } from './plans';

/**
 * Inputs of several passes, on the back end in use: the same `Values` are carried there once, and stay until
 * `close`.
 */
export class Uploads {
  private readonly tensors = new Map<Values, tf.Tensor>();
  private closed = false;

  /** Throws once it is closed: a pass that was given up must not leave anything behind afterwards. */
  of(values: Values): tf.Tensor {
    if (this.closed) throw new Error('the inputs of this photo were freed');
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
export class Network implements UnrecordedPasses {
  /** Whether passes are recorded, where the back end can: otherwise TensorFlow.js makes each of them. */
  recording = true;
  private readonly plans: Plans | null;

  constructor(
    private readonly model: GraphModel,
    /** Of its weights on the back end. */
    readonly weightBytes = 0,
    recorder: Recorder | null = null,
  ) {
    this.plans = recorder && new Plans(recorder, this);
  }

  /** On the back end: of its weights, and of what passes were recorded. */
  get bytes(): number {
    return this.weightBytes + (this.plans?.bytes ?? 0);
  }

  /**
   * One forward pass: named inputs in, the outputs named out, in their order. All outputs come back in one
   * read, because each read from the GPU waits for it. A pass that comes again is recorded, where the back
   * end can. Leaves no tensor behind, whether it succeeds or throws, but the inputs in `uploads` where there
   * are any.
   */
  async forward(inputs: Record<string, Values>, outputs: string[], uploads?: Uploads): Promise<Values[]> {
    const answers = this.recording ? await this.plans?.run(inputs, outputs) : undefined;
    return answers ?? this.forwardUnrecorded(inputs, outputs, uploads);
  }

  /**
   * Records the pass that gives these outputs of such inputs, where the back end can and it is not recorded
   * yet.
   */
  async record(inputs: Record<string, Values>, outputs: string[]): Promise<void> {
    if (this.recording) await this.plans?.prepare(inputs, outputs);
  }

  /** The same, by TensorFlow.js. */
  async forwardUnrecorded(
    inputs: Record<string, Values>,
    outputs: string[],
    uploads?: Uploads,
  ): Promise<Values[]> {
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

  /**
   * Hands a pass to the back end without waiting for it: all outputs in one vector, which the caller disposes
   * of.
   */
  compute(inputs: Record<string, Values>, outputs: string[], uploads?: Uploads) {
    let shapes: number[][] = [];
    const packed = tf.tidy(() => {
      const tensors = Object.fromEntries(
        Object.entries(inputs).map(([name, values]) => [name, uploads?.of(values) ?? upload(values)]),
      );
      const answers = this.execute(tensors, outputs);
      shapes = answers.map((answer) => answer.shape);
      return tf.concat1d(answers.map((answer) => tf.reshape(answer, [-1]) as tf.Tensor1D));
    });
    return { packed, shapes };
  }

  /** Tensors in, tensors out, which the caller disposes of. */
  execute(tensors: tf.NamedTensorMap, outputs: string[]): tf.Tensor[] {
    return [this.model.execute(tensors, outputs)].flat();
  }

  /** Frees its weights and what was recorded. */
  dispose(): void {
    this.plans?.dispose();
    this.model.dispose();
  }
}

const upload = ({ shape, data }: Values) => tf.tensor(data, shape, 'float32');
