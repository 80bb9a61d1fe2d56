/** The memory of a plan: what belongs to it alone, and what it shares with other passes. */
export interface PlanMemory {
  /**
   * What it must find again as it left it: its inputs, its constants, how its kernels are told what to do.
   */
  owned: Set<GPUBuffer>;
  /** What it writes before it reads it: any pass may use it in between. */
  scratch: Set<GPUBuffer>;
}

type Kind = 'scratch' | 'uniform' | 'single' | 'owned';

/** A tensor may be given a buffer that is so many times too large. */
const maxOversize = 2;

/**
 * GPU buffers, in place of TensorFlow.js's own manager, which never gives any back and knows nothing of
 * plans. Tensors that a pass computes live in scratch buffers, which all passes and plans share, because
 * passes never overlap and none leaves a tensor behind. Whatever is written from outside, weights above all,
 * has a buffer of its own.
 */
export class Buffers {
  numBytesUsed = 0;
  numBytesAllocated = 0;
  /** Scratch buffers that wait, the smallest first. */
  private waiting: GPUBuffer[] = [];
  private readonly waitingUniforms = new Map<number, GPUBuffer[]>();
  private readonly kinds = new Map<GPUBuffer, Kind>();
  /** How many plans count on a scratch buffer. */
  private readonly claims = new Map<GPUBuffer, number>();
  private recording: PlanMemory | null = null;
  /** Scratch buffers that hold a tensor. */
  scratchInUse = 0;

  constructor(private readonly device: GPUDevice) {}

  /** Until `endRecording`, what is taken belongs to a plan. */
  beginRecording(): PlanMemory {
    this.recording = { owned: new Set(), scratch: new Set() };
    return this.recording;
  }

  endRecording(): void {
    for (const buffer of this.recording?.scratch ?? [])
      this.claims.set(buffer, (this.claims.get(buffer) ?? 0) + 1);
    this.recording = null;
  }

  /** Frees what a plan had for itself, and what it shared with nobody. */
  release({ owned, scratch }: PlanMemory): void {
    for (const buffer of owned) this.destroy(buffer);
    for (const buffer of scratch) this.claims.set(buffer, (this.claims.get(buffer) ?? 1) - 1);
    this.trim();
  }

  /** Frees what waits and no plan counts on: the next pass makes its own. */
  trim(): void {
    for (const buffer of [...this.waitingUniforms.values()].flat()) this.destroy(buffer, false);
    this.waitingUniforms.clear();
    const claimed = (buffer: GPUBuffer) => (this.claims.get(buffer) ?? 0) > 0;
    for (const buffer of this.waiting) if (!claimed(buffer)) this.destroy(buffer, false);
    this.waiting = this.waiting.filter(claimed);
  }

  /** A buffer for a plan that is being recorded, or for values that come later. */
  create(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false): GPUBuffer {
    const buffer = this.device.createBuffer({ size, usage, mappedAtCreation });
    this.kinds.set(buffer, this.recording ? 'owned' : 'single');
    this.recording?.owned.add(buffer);
    this.numBytesAllocated += size;
    this.numBytesUsed += size;
    return buffer;
  }

  /** As TensorFlow.js asks for one. */
  acquireBuffer(size: number, usage: GPUBufferUsageFlags, mappedAtCreation = false): GPUBuffer {
    if (usage & GPUBufferUsage.STORAGE && !mappedAtCreation) return this.takeScratch(size, usage);
    if (usage & GPUBufferUsage.UNIFORM && !this.recording) return this.takeUniform(size, usage);
    return this.create(size, usage, mappedAtCreation);
  }

  /** As TensorFlow.js gives one back. */
  releaseBuffer(buffer: GPUBuffer): void {
    switch (this.kinds.get(buffer)) {
      case 'scratch': {
        const at = this.waiting.findIndex(({ size }) => size >= buffer.size);
        this.waiting.splice(at < 0 ? this.waiting.length : at, 0, buffer);
        this.numBytesUsed -= buffer.size;
        this.scratchInUse -= 1;
        break;
      }
      case 'uniform':
        this.waitingUniforms.set(buffer.size, [...(this.waitingUniforms.get(buffer.size) ?? []), buffer]);
        this.numBytesUsed -= buffer.size;
        break;
      case 'single':
        this.destroy(buffer);
        break;
    }
  }

  /** As TensorFlow.js does at the end of its back end. */
  dispose(): void {
    for (const buffer of this.kinds.keys()) buffer.destroy();
    this.kinds.clear();
    this.claims.clear();
    this.waiting = [];
    this.waitingUniforms.clear();
    this.numBytesUsed = 0;
    this.numBytesAllocated = 0;
  }

  private takeScratch(size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const at = this.waiting.findIndex(
      (buffer) => buffer.size >= size && buffer.size <= maxOversize * size && buffer.usage === usage,
    );
    const [found] = at < 0 ? [] : this.waiting.splice(at, 1);
    const buffer = found ?? this.device.createBuffer({ size, usage });
    if (!found) this.numBytesAllocated += size;
    this.kinds.set(buffer, 'scratch');
    this.recording?.scratch.add(buffer);
    this.numBytesUsed += buffer.size;
    this.scratchInUse += 1;
    return buffer;
  }

  private takeUniform(size: number, usage: GPUBufferUsageFlags): GPUBuffer {
    const found = this.waitingUniforms.get(size)?.pop();
    const buffer = found ?? this.device.createBuffer({ size, usage });
    if (!found) this.numBytesAllocated += size;
    this.kinds.set(buffer, 'uniform');
    this.numBytesUsed += size;
    return buffer;
  }

  private destroy(buffer: GPUBuffer, inUse = true): void {
    buffer.destroy();
    this.kinds.delete(buffer);
    this.claims.delete(buffer);
    this.numBytesAllocated -= buffer.size;
    if (inUse) this.numBytesUsed -= buffer.size;
  }
}
