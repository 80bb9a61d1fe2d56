import type { BackendName } from '../../core/analysis';
import type { SkippedBackend } from '../engine';

/**
 * What the browser has for WebGPU: no WebGPU at all, no GPU that it would give, an emulated one, or a real
 * one.
 */
export type GpuKind = 'no-webgpu' | 'no-gpu' | 'software' | 'hardware';

/** What decides which back end is tried. */
export interface Circumstances {
  /** The back end that the user insists on. */
  pinned: BackendName | null;
  gpu: GpuKind;
  /** How often a GPU was asked for, where the browser gave none. */
  attempts?: number;
  /** Back ends that failed before in this session, and why. */
  disabled: Partial<Record<BackendName, Omit<SkippedBackend, 'name'>>>;
}

export interface Choice {
  /** In the order of trying. */
  candidates: BackendName[];
  /** Those left out, and one put behind another although it comes first otherwise. */
  skippedBackends: SkippedBackend[];
}

/**
 * WebGPU, else WASM; on an emulated GPU the other way round, because WASM is some ten times faster there;
 * only the pinned one where one is pinned. Whoever is not first is named with the reason, but for WASM, which
 * nobody expects to be.
 */
export function chooseBackends({ pinned, gpu, attempts, disabled }: Circumstances): Choice {
  const choice: Choice = { candidates: [], skippedBackends: [] };
  for (const name of ['webgpu', 'wasm'] as const) {
    const against = objectionTo(name);
    if (against === null) choice.candidates.push(name);
    else choice.skippedBackends.push({ name, ...against });
  }
  const [first, second] = choice.candidates;
  if (first === 'webgpu' && second === 'wasm' && gpu === 'software') {
    return {
      candidates: [second, first],
      skippedBackends: [...choice.skippedBackends, { name: first, reason: 'software-gpu', detail: {} }],
    };
  }
  return choice;

  function objectionTo(name: BackendName): Omit<SkippedBackend, 'name'> | null {
    if (pinned !== null && pinned !== name) return { reason: 'pinned', detail: {} };
    if (name === 'webgpu' && (gpu === 'no-webgpu' || gpu === 'no-gpu'))
      return { reason: gpu, detail: attempts === undefined ? {} : { attempts } };
    return disabled[name] ?? null;
  }
}

/** In one line, for logs and terminals: "webgpu: golden-wrong (package: acne-cnn, difference: 0.1)". */
export function describeSkipped({ name, reason, detail }: SkippedBackend): string {
  const details = Object.entries(detail).map(([key, value]) => `${key}: ${value}`);
  return `${name}: ${reason}${details.length > 0 ? ` (${details.join(', ')})` : ''}`;
}

/**
 * WASM threads to ask for. tfjs itself takes half of the logical cores; the module holds eight thread workers
 * at most (its `pthreadPoolSize`), and without cross-origin isolation there are none.
 */
export function wasmThreadsFor(logicalCores: number, isolated: boolean): number {
  return isolated ? Math.max(1, Math.min(logicalCores, 8)) : 1;
}

/**
 * Whether the GPU is emulated in software: SwiftShader (Chromium), llvmpipe (Mesa), WARP (Windows), or said
 * to be a fallback.
 */
export function isSoftwareAdapter(info: Partial<GPUAdapterInfo>): boolean {
  const words = `${info.vendor} ${info.architecture} ${info.device} ${info.description}`;
  return (
    info.isFallbackAdapter === true || /swiftshader|llvmpipe|lavapipe|basic render|\bwarp\b/i.test(words)
  );
}

/** What the browser says of an adapter, in one line: it hides what it will not tell. */
export function describeAdapter(info: Partial<GPUAdapterInfo>): string {
  const exact = info.description || info.device;
  const family = [info.vendor, info.architecture].filter(Boolean).join(' ');
  const name = exact || family || 'unnamed GPU';
  return isSoftwareAdapter(info) ? `${name} (software)` : name;
}
