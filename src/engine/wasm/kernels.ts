import type * as tf from '@tensorflow/tfjs-core';
import type { Kernels } from '../kernels';

/** What of TensorFlow.js's WASM back end our kernels need: its memory, seen from JavaScript. */
interface WasmBackend {
  makeOutput(shape: number[], dtype: 'float32'): tf.TensorInfo;
  typedArrayFromHeap(tensor: tf.TensorInfo): ArrayLike<number> & Float32Array;
}

/**
 * How our operations are computed for WASM: the module takes no kernels, but those that only move numbers are
 * as fast in plain loops.
 */
export const wasmKernels: Kernels<WasmBackend> = {
  LentigoInterleave(backend, { activation }, [even, evenOdd, oddEven, odd, beside]) {
    if (!even || !evenOdd || !oddEven || !odd) throw new Error('four quarters make an image');
    const [count = 0, height = 0, width = 0, channels = 0] = even.shape;
    const result = backend.makeOutput([count, 2 * height, 2 * width, channels], 'float32');
    const into = backend.typedArrayFromHeap(result);
    for (const [phase, quarter] of [even, evenOdd, oddEven, odd].entries()) {
      const from = backend.typedArrayFromHeap(quarter);
      for (let line = 0; line < count * height; line++) {
        const start = ((2 * line + (phase >> 1)) * 2 * width + (phase & 1)) * channels;
        copyRows(from, line * width * channels, channels, into, start, 2 * channels, width);
      }
    }
    if (beside) addTo(into, backend.typedArrayFromHeap(beside));
    if (activation !== 'linear') clamp(into, activation === 'relu6' ? 6 : Number.POSITIVE_INFINITY);
    return result;
  },
};

/**
 * `rows` times `length` numbers, from `at` on, to every `stride`th place from `start` on. Pixels are too
 * small for a call each.
 */
function copyRows(
  from: Float32Array,
  at: number,
  length: number,
  into: Float32Array,
  start: number,
  stride: number,
  rows: number,
): void {
  let [read, write] = [at, start];
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < length; i++) into[write + i] = from[read + i] as number;
    read += length;
    write += stride;
  }
}

function addTo(numbers: Float32Array, others: Float32Array): void {
  for (let i = 0; i < numbers.length; i++) numbers[i] = (numbers[i] as number) + (others[i] as number);
}

/** To at least 0. What is no number stays none. */
function clamp(numbers: Float32Array, most: number): void {
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i] as number;
    if (number < 0) numbers[i] = 0;
    else if (number > most) numbers[i] = most;
  }
}
