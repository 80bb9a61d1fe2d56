import * as tf from '@tensorflow/tfjs-core';
import type { RunningBackend } from '../backend/running';
import { registerKernels } from '../kernels';
import { wasmKernels } from '../wasm/kernels';

/** tfjs's WASM back end in Node: SIMD, one thread. The same kernels and the same memory as in a browser. */
export async function startNodeWasm(): Promise<RunningBackend> {
  await import('@tensorflow/tfjs-backend-wasm');
  const use = () => tf.setBackend('wasm');
  if (!(await use())) throw new Error('WASM does not start');
  registerKernels('wasm', wasmKernels);
  const lost = new Promise<string>(() => {});
  const compile = async () => {};
  return {
    name: 'wasm',
    adapter: 'WASM',
    software: false,
    threads: 1,
    rewrites: 'wasm',
    use,
    lost,
    takeErrors: () => [],
    compile,
  };
}

/** What TensorFlow.js and its WASM back end hold now; `heap` is the module's memory, which can only grow. */
export function wasmMemory() {
  const { numTensors, numBytes } = tf.memory();
  const backend = tf.backend() as tf.KernelBackend & { wasm: { HEAPU8: Uint8Array } };
  return { numTensors, numBytes, dataIds: backend.numDataIds(), heap: backend.wasm.HEAPU8.length };
}
