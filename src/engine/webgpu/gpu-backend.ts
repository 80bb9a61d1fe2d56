import { WebGPUBackend } from '@tensorflow/tfjs-backend-webgpu';
import * as tf from '@tensorflow/tfjs-core';
import { sizeOf } from '../graph/graph';
import type { Values } from '../pass';
import { Buffers, type PlanMemory } from './buffers';
import { Plan, type PlanOutput } from './plan';
import type { Program } from './program';
import { NotRecordable, RecordingEncoder, type Step } from './recording';

/** What TensorFlow.js's back end keeps for itself, and our kernels and plans need. */
interface Internals {
  commandEncoder: GPUCommandEncoder | null;
  computePassEncoder: GPUComputePassEncoder | null;
  commandQueueOwnedIds: WeakSet<object>;
  dispatchCountInPass: number;
  uniformPendingDisposal: GPUBuffer[];
  pipelineCache: Record<string, GPUComputePipeline | Promise<GPUComputePipeline>>;
}

const storage = () => GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST;

/**
 * TensorFlow.js's WebGPU back end, with kernels of our own, passes that are recorded, and weights that come
 * later.
 */
export class GpuBackend extends WebGPUBackend {
  private readonly buffers: Buffers;
  /** The dispatches so far, while a pass is recorded. */
  private steps: Step[] | null = null;

  constructor(
    device: GPUDevice,
    info: GPUAdapterInfo,
    /** So many workgroups keep it busy. */
    readonly workgroups: number,
  ) {
    super(device, info);
    this.buffers = new Buffers(device);
    this.bufferManager = this.buffers as unknown as WebGPUBackend['bufferManager'];
  }

  /** Runs a kernel of ours: its tensors are its bindings, the result first. */
  runProgram(program: Program, result: tf.TensorInfo, inputs: readonly tf.TensorInfo[]): void {
    const tensors = [result, ...inputs];
    for (const { dataId } of tensors) this.uploadToGPU(dataId);
    const pipeline = this.pipelineOf(program);
    if (pipeline === null) return;
    const { internals } = this;
    const bindGroup = this.device.createBindGroup({
      layout: pipeline.getBindGroupLayout(0),
      entries: [this.uniformOf(program.params), ...tensors.map(({ dataId }) => this.bufferOf(dataId))].map(
        (buffer, binding) => ({ binding, resource: { buffer } }),
      ),
    });
    for (const { dataId } of tensors) internals.commandQueueOwnedIds.add(dataId);
    this.ensureCommandEncoderReady();
    internals.computePassEncoder ??= internals.commandEncoder?.beginComputePass() ?? null;
    internals.computePassEncoder?.setPipeline(pipeline);
    internals.computePassEncoder?.setBindGroup(0, bindGroup);
    internals.computePassEncoder?.dispatchWorkgroups(...program.workgroups);
    internals.dispatchCountInPass += 1;
    if (internals.dispatchCountInPass >= tf.env().getNumber('WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE'))
      this.flush();
  }

  /**
   * Records what a pass dispatches. `execute` runs it on tensors of these inputs and gives its outputs.
   * Throws `NotRecordable` where a value was computed on the processor, which a replay could not compute
   * again.
   */
  record(inputs: Record<string, Values>, execute: (tensors: tf.NamedTensorMap) => tf.Tensor[]): Plan {
    this.flush();
    const memory = this.buffers.beginRecording();
    const steps: Step[] = [];
    this.steps = steps;
    // One dispatch at a time, so that a tensor's buffer is free for the next as soon as nobody needs it.
    const restore = withFlags({ WEBGPU_CPU_FORWARD: false, WEBGPU_DEFERRED_SUBMIT_BATCH_SIZE: 1 });
    try {
      const buffers = new Map<string, GPUBuffer>();
      let outputs: PlanOutput[] = [];
      tf.tidy(() => {
        const tensors: tf.NamedTensorMap = {};
        for (const [name, { shape, data }] of Object.entries(inputs)) {
          const buffer = this.buffers.create(data.byteLength, storage());
          this.device.queue.writeBuffer(buffer, 0, data as Float32Array<ArrayBuffer>);
          buffers.set(name, buffer);
          tensors[name] = this.createTensorFromGPUData({ buffer, zeroCopy: true }, shape, 'float32');
        }
        outputs = execute(tensors).map(({ dataId, shape }) => ({ buffer: this.bufferOf(dataId), shape }));
      });
      return new Plan(this.planHost, steps, buffers, outputs, memory);
    } catch (error) {
      this.flush();
      this.buffers.endRecording();
      this.buffers.release(memory);
      throw error;
    } finally {
      this.flush();
      restore();
      this.steps = null;
      this.buffers.endRecording();
      this.buffers.trim();
    }
  }

  /** A tensor whose values follow: everything but a pass can be made ready in the meantime. */
  reserve(shape: number[], dtype: 'float32' | 'int32'): tf.Tensor {
    const info = this.makeTensorInfo(shape, dtype);
    this.tensorMap.get(info.dataId).resource = this.buffers.create(4 * sizeOf(shape), storage());
    return tf.engine().makeTensorFromTensorInfo(info, this);
  }

  fill({ dataId }: tf.Tensor, values: Float32Array | Int32Array): void {
    this.device.queue.writeBuffer(this.bufferOf(dataId), 0, values as Float32Array<ArrayBuffer>);
  }

  /** Frees what only passes that are over needed. */
  trim(): void {
    this.flush();
    this.buffers.trim();
  }

  override ensureCommandEncoderReady(): void {
    const { internals, steps } = this;
    if (steps !== null && !internals.commandEncoder) {
      const encoder = new RecordingEncoder(this.device.createCommandEncoder(), steps);
      internals.commandEncoder = encoder as unknown as GPUCommandEncoder;
    }
    super.ensureCommandEncoderReady();
  }

  override readSync(dataId: object): tf.BackendValues {
    if (this.steps !== null && this.tensorMap.get(dataId).values == null)
      throw new NotRecordable('a tensor is read in the middle of the pass');
    return super.readSync(dataId);
  }

  /** The values of a tensor alone: its buffer may be larger. */
  override async read(dataId: object): Promise<tf.BackendValues> {
    const { values, shape, dtype } = this.tensorMap.get(dataId);
    if (values != null || dtype === 'complex64') return super.read(dataId);
    if (this.steps !== null) throw new NotRecordable('a tensor is read in the middle of the pass');
    const size = 4 * sizeOf(shape);
    const staging = this.buffers.create(size, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
    this.ensureCommandEncoderReady();
    this.endComputePassEncoder();
    this.internals.commandEncoder?.copyBufferToBuffer(this.bufferOf(dataId), 0, staging, 0, size);
    this.submitQueue();
    try {
      await staging.mapAsync(GPUMapMode.READ);
      const read = tf.util.convertBackendValuesAndArrayBuffer(staging.getMappedRange().slice(0), dtype);
      this.tensorMap.get(dataId).values = read;
      return read;
    } finally {
      this.buffers.releaseBuffer(staging);
    }
  }

  private readonly planHost = {
    device: this.device,
    prepare: () => {
      this.flush();
      if (this.buffers.scratchInUse > 0) throw new Error('a computed tensor outlived its pass');
    },
    release: (memory: PlanMemory) => this.buffers.release(memory),
  };

  private get internals(): Internals {
    return this as unknown as Internals;
  }

  /** Hands over what is encoded so far. */
  private flush(): void {
    this.endComputePassEncoder();
    if (this.internals.commandEncoder) this.submitQueue();
  }

  /** Null while pipelines are only compiled, side by side. */
  private pipelineOf({ key, shader }: Program): GPUComputePipeline | null {
    const { pipelineCache } = this.internals;
    const compileOnly = tf.env().getBool('WEBGPU_ENGINE_COMPILE_ONLY');
    const name = `lentigo ${key}`;
    if (!(name in pipelineCache)) {
      const module = this.device.createShaderModule({ code: shader(), label: name });
      const descriptor = { compute: { module, entryPoint: 'main' }, label: name, layout: 'auto' } as const;
      pipelineCache[name] = compileOnly
        ? this.device.createComputePipelineAsync(descriptor)
        : this.device.createComputePipeline(descriptor);
    }
    const pipeline = pipelineCache[name];
    if (compileOnly) return null;
    if (pipeline instanceof Promise) throw new Error(`${name} is still being compiled`);
    return pipeline ?? null;
  }

  /**
   * A buffer with these numbers, until what is encoded so far is handed over; for good while a pass is
   * recorded.
   */
  private uniformOf(params: readonly number[]): GPUBuffer {
    const numbers = new Int32Array(4 * Math.ceil(params.length / 4));
    numbers.set(params);
    const usage = GPUBufferUsage.COPY_DST | GPUBufferUsage.UNIFORM;
    const buffer = this.buffers.acquireBuffer(numbers.byteLength, usage);
    this.device.queue.writeBuffer(buffer, 0, numbers);
    this.internals.uniformPendingDisposal.push(buffer);
    return buffer;
  }

  private bufferOf(dataId: object): GPUBuffer {
    const { resource } = this.tensorMap.get(dataId);
    if (!(resource instanceof GPUBuffer)) throw new NotRecordable('a tensor is not on the GPU');
    return resource;
  }
}

/** Sets flags of TensorFlow.js; the function that it gives sets them back. */
function withFlags(flags: Record<string, boolean | number>): () => void {
  const before = Object.keys(flags).map((name) => [name, tf.env().get(name)] as const);
  for (const [name, value] of Object.entries(flags)) tf.env().set(name, value);
  return () => {
    for (const [name, value] of before) if (value !== undefined) tf.env().set(name, value as number);
  };
}
