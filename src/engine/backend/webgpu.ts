import * as tf from '@tensorflow/tfjs-core';
import { messageOf } from '../engine-error';
import { registerKernels } from '../kernels';
import type { GpuBackend } from '../webgpu/gpu-backend';
import { askForAdapter } from './ask-for-adapter';
import type { FoundGpu } from './backends';
import { describeAdapter, isSoftwareAdapter } from './choice';
import type { RunningBackend } from './running';

/**
 * The limits that tfjs makes use of: asked of the adapter, because a device otherwise gets the smallest that
 * the standard allows.
 */
const limits = [
  'maxComputeWorkgroupStorageSize',
  'maxComputeWorkgroupsPerDimension',
  'maxStorageBufferBindingSize',
  'maxBufferSize',
  'maxComputeWorkgroupSizeX',
  'maxComputeInvocationsPerWorkgroup',
] as const;

/**
 * Nobody tells how many cores a GPU has: so many workgroups are enough for most of those in laptops, and not
 * many too many for any.
 */
const busyWorkgroups = 96;

/** What there is, without bringing anything up. */
export async function findGpu(): Promise<FoundGpu> {
  if (!navigator.gpu) return { kind: 'no-webgpu' };
  const { adapter, attempts } = await askForAdapter(navigator.gpu);
  if (!adapter) return { kind: 'no-gpu', attempts };
  return { kind: isSoftwareAdapter(adapter.info) ? 'software' : 'hardware' };
}

/**
 * Brings WebGPU up on a device of our own, in place of tfjs's registration, which falls over a missing
 * adapter and hears of neither a lost device nor an error. Throws with the reason where there is no adapter
 * or no device.
 */
export async function startWebgpu(): Promise<RunningBackend> {
  const { adapter } = await askForAdapter(navigator.gpu);
  if (!adapter) throw new Error('the browser gives no GPU adapter');
  const device = await adapter.requestDevice({
    requiredLimits: Object.fromEntries(limits.map((limit) => [limit, adapter.limits[limit]])),
  });
  const errors: string[] = [];
  device.addEventListener('uncapturederror', ({ error }) => {
    console.error(error.message);
    // The class tells lack of memory from a wrong program.
    errors.push(`${error.constructor.name}: ${error.message}`);
  });

  const { GpuBackend } = await import('../webgpu/gpu-backend');
  const { gpuKernels } = await import('../webgpu/kernels/all');
  registerKernels('webgpu', gpuKernels);
  // The module registers its own factory on import; an earlier device of ours may stand there too.
  if (tf.findBackendFactory('webgpu')) tf.removeBackend('webgpu');
  const software = isSoftwareAdapter(adapter.info);
  const gpu = new GpuBackend(device, adapter.info, software ? 1 : busyWorkgroups);
  tf.registerBackend('webgpu', () => gpu);
  if (!(await tf.setBackend('webgpu'))) throw new Error('TensorFlow.js does not start on this GPU');

  return {
    name: 'webgpu',
    adapter: describeAdapter(adapter.info),
    software,
    threads: 0,
    rewrites: 'webgpu',
    gpu,
    use: () => tf.setBackend('webgpu'),
    lost: device.lost.then(({ reason, message }) => message || reason),
    takeErrors: () => errors.splice(0),
    compile: compileShaders,
  };
}

/**
 * Runs a network once for its shaders alone, all compiled side by side, where tfjs would compile one after
 * the other during the first real run. The answer of this run means nothing.
 */
async function compileShaders(run: () => void): Promise<void> {
  try {
    tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', true);
    try {
      run();
    } finally {
      tf.env().set('WEBGPU_ENGINE_COMPILE_ONLY', false);
    }
    await (tf.backend() as GpuBackend).checkCompileCompletionAsync();
  } catch (error) {
    throw new Error(`a shader does not compile: ${messageOf(error)}`);
  }
}
