import * as tf from '@tensorflow/tfjs-core';

/**
 * What tfjs's back ends say of their memory, each in its own way: buffers on the GPU, or the WASM heap; null
 * where one is silent.
 */
export function allocatedBytes(): number | null {
  const { numBytesAllocatedInGPU } = tf.memory() as { numBytesAllocatedInGPU?: number };
  if (numBytesAllocatedInGPU !== undefined) return numBytesAllocatedInGPU;
  const { wasm } = tf.backend() as { wasm?: { HEAPU8?: Uint8Array } };
  return wasm?.HEAPU8?.byteLength ?? null;
}

/** Of the GPU's buffers, those in use; null on back ends that do not say. */
export function bytesInUse(): number | null {
  return (tf.memory() as { numBytesInGPU?: number }).numBytesInGPU ?? null;
}
