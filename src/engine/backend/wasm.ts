import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import * as tf from '@tensorflow/tfjs-core';
import { afterAwake } from '../awake-timer';
import { messageOf } from '../engine-error';
import { registerKernels } from '../kernels';
import { wasmKernels } from '../wasm/kernels';
import { wasmThreadsFor } from './choice';
import type { RunningBackend } from './running';

/**
 * Thread workers that have not come up by then never will: a page whose policy forbids them gets no error.
 */
const timeoutMs = 20_000;

/**
 * Brings WASM up: SIMD where the browser has it, threads where the page is cross-origin isolated. Throws with
 * the reason.
 */
export async function startWasm(): Promise<RunningBackend> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  const wanted = wasmThreadsFor(navigator.hardwareConcurrency, crossOriginIsolated);
  wasm.setThreadsCount(wanted);
  const create = tf.findBackendFactory('wasm');

  let without = crossOriginIsolated ? '' : ' (the page is not cross-origin isolated)';
  let backend: tf.KernelBackend;
  try {
    // The module allows itself half of the logical cores, whatever it is asked for.
    backend = await withLogicalCores(2 * wanted, () => withTimeout(create()));
  } catch (error) {
    if (!crossOriginIsolated) throw error;
    console.error(error);
    without = ` (threads failed: ${messageOf(error)})`;
    tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
    wasm.setThreadsCount(1);
    backend = await withTimeout(create());
  }
  tf.removeBackend('wasm');
  tf.registerBackend('wasm', () => backend);
  await tf.setBackend('wasm');
  registerKernels('wasm', wasmKernels);

  const threads = wasm.getThreadsCount();
  const simd = (await tf.env().getAsync('WASM_HAS_SIMD_SUPPORT')) ? 'WASM SIMD' : 'WASM';
  return {
    name: 'wasm',
    adapter: `${simd}, ${threads} ${threads === 1 ? 'thread' : 'threads'}${without}`,
    software: false,
    threads,
    rewrites: 'wasm',
    use: () => tf.setBackend('wasm'),
    lost: new Promise(() => {}),
    takeErrors: () => [],
    compile: async () => {},
  };
}

/** Lets `navigator.hardwareConcurrency` say another number while work goes on. */
async function withLogicalCores<T>(cores: number, work: () => Promise<T>): Promise<T> {
  Object.defineProperty(navigator, 'hardwareConcurrency', { value: cores, configurable: true });
  try {
    return await work();
  } finally {
    // What stands behind it is the browser's own property.
    Reflect.deleteProperty(navigator, 'hardwareConcurrency');
  }
}

function withTimeout(work: Promise<tf.KernelBackend> | tf.KernelBackend): Promise<tf.KernelBackend> {
  return new Promise((resolve, reject) => {
    const stop = afterAwake(timeoutMs, () => reject(new Error('no sign of life after 20 seconds')));
    Promise.resolve(work).then(resolve, reject).finally(stop);
  });
}
