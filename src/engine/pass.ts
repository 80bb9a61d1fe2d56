import type * as tf from '@tensorflow/tfjs-core';

/** A tensor's values outside of TensorFlow.js, row by row. */
export interface Values {
  shape: number[];
  data: Float32Array;
}

/** A pass that was recorded, for inputs of the same shapes. */
export interface RecordedPass {
  run(inputs: Record<string, Values>): Promise<Values[]>;
  /** On the back end. */
  bytes: number;
  dispose(): void;
}

/** A back end that can record what a pass does, and do it again without TensorFlow.js. */
export interface Recorder {
  /** `execute` runs the pass on tensors of these inputs. Throws where a pass cannot be recorded. */
  record(inputs: Record<string, Values>, execute: (tensors: tf.NamedTensorMap) => tf.Tensor[]): RecordedPass;
}

/** A network whose passes TensorFlow.js makes. */
export interface UnrecordedPasses {
  forwardUnrecorded(inputs: Record<string, Values>, outputs: string[]): Promise<Values[]>;
  execute(tensors: tf.NamedTensorMap, outputs: string[]): tf.Tensor[];
}
