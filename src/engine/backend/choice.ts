import type { BackendName } from '../../core/analysis';

/** What decides which back end is tried. */
export interface Circumstances {
  /** The back end that the user insists on. */
  pinned: BackendName | null;
  /** Whether the browser has WebGPU at all (`navigator.gpu`). */
  hasWebgpu: boolean;
  /** Back ends that failed before in this session, and why. */
  distrusted: Partial<Record<BackendName, string>>;
}

export interface Choice {
  /** In the order of trying. */
  candidates: BackendName[];
  passedOver: { name: BackendName; reason: string }[];
}

const preferred: BackendName[] = ['webgpu', 'wasm'];

/** WebGPU, else WASM; only the pinned one where one is pinned. Whoever is left out is named with the reason. */
export function chooseBackends({ pinned, hasWebgpu, distrusted }: Circumstances): Choice {
  const choice: Choice = { candidates: [], passedOver: [] };
  for (const name of preferred) {
    const reason = reasonAgainst(name);
    if (reason === null) choice.candidates.push(name);
    else choice.passedOver.push({ name, reason });
  }
  return choice;

  function reasonAgainst(name: BackendName): string | null {
    if (pinned !== null && pinned !== name) return `${pinned} is pinned`;
    if (name === 'webgpu' && !hasWebgpu) return 'this browser has no WebGPU';
    return distrusted[name] ?? null;
  }
}

/**
 * WASM threads to ask for. tfjs itself takes half of the logical cores; the module holds eight thread workers at most (its
 * `pthreadPoolSize`), and without cross-origin isolation there are none.
 */
export function wasmThreadsFor(logicalCores: number, isolated: boolean): number {
  return isolated ? Math.max(1, Math.min(logicalCores, 8)) : 1;
}

/** Whether the GPU is emulated in software: SwiftShader (Chromium), llvmpipe (Mesa), WARP (Windows), or said to be a fallback. */
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
