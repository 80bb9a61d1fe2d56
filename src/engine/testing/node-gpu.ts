import { create, globals } from 'webgpu';
import type { RunningBackend } from '../backend/running';
import { startWebgpu } from '../backend/webgpu';

/**
 * SwiftShader beside a Chromium: WebGPU in software, where the machine has no Vulkan driver of its own that
 * Dawn accepts.
 */
const swiftShader = '/usr/lib/chromium/vk_swiftshader_icd.json';

/**
 * WebGPU in Node (Dawn), under the engine's own start. `null`: an adapter that computes nothing, for what a
 * pass costs the processor; `software`: SwiftShader, for right answers. Null where the machine has no such
 * adapter.
 */
export async function startNodeGpu(kind: 'null' | 'software'): Promise<RunningBackend | null> {
  if (kind === 'software') process.env.VK_ICD_FILENAMES ??= swiftShader;
  Object.assign(globalThis, globals);
  const gpu = create(kind === 'null' ? ['backend=null'] : []);
  Object.defineProperty(globalThis, 'navigator', {
    value: { gpu, userAgent: 'Node', hardwareConcurrency: 1 },
    configurable: true,
  });
  const adapter = await gpu.requestAdapter().catch(() => null);
  return adapter && startWebgpu();
}
