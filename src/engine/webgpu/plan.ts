import type { Values } from '../pass';
import type { PlanMemory } from './buffers';
import type { Step } from './recording';

/** An output of a plan: where it is when the last step is done. */
export interface PlanOutput {
  buffer: GPUBuffer;
  shape: number[];
}

/** What a plan needs of the back end that recorded it. */
export interface PlanHost {
  device: GPUDevice;
  /** Gets the back end's own commands out of the way. Throws where a tensor would be overwritten. */
  prepare(): void;
  release(memory: PlanMemory): void;
}

const bytesOf = ({ shape }: PlanOutput) => 4 * shape.reduce((product, length) => product * length, 1);

/**
 * A recorded pass: the dispatches that one pass made, for any inputs of the same shapes. A replay asks
 * nothing of TensorFlow.js: it writes the inputs, makes the dispatches in one compute pass, and reads all
 * outputs in one go.
 */
export class Plan {
  private readonly staging: GPUBuffer;

  constructor(
    private readonly host: PlanHost,
    private readonly steps: readonly Step[],
    private readonly inputs: ReadonlyMap<string, GPUBuffer>,
    private readonly outputs: readonly PlanOutput[],
    private readonly memory: PlanMemory,
  ) {
    const size = outputs.reduce((sum, output) => sum + bytesOf(output), 0);
    this.staging = host.device.createBuffer({
      size,
      usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
    });
  }

  get dispatches(): number {
    return this.steps.length;
  }

  /** Of its own, and of what it shares with other plans. */
  get bytes(): number {
    const { owned, scratch } = this.memory;
    return [...owned, ...scratch].reduce((sum, { size }) => sum + size, this.staging.size);
  }

  /**
   * The outputs that it was recorded for, in their order, of inputs by the names that it was recorded with.
   */
  async run(inputs: Record<string, Values>): Promise<Values[]> {
    const { device } = this.host;
    this.host.prepare();
    for (const [name, buffer] of this.inputs) {
      const values = inputs[name];
      if (values) device.queue.writeBuffer(buffer, 0, values.data as Float32Array<ArrayBuffer>);
    }
    const encoder = device.createCommandEncoder();
    const pass = encoder.beginComputePass();
    let pipeline: GPUComputePipeline | null = null;
    for (const step of this.steps) {
      if (step.pipeline !== pipeline) pass.setPipeline(step.pipeline);
      pipeline = step.pipeline;
      pass.setBindGroup(0, step.bindGroup);
      pass.dispatchWorkgroups(...step.workgroups);
    }
    pass.end();
    let at = 0;
    for (const output of this.outputs) {
      const size = bytesOf(output);
      encoder.copyBufferToBuffer(output.buffer, 0, this.staging, at, size);
      at += size;
    }
    device.queue.submit([encoder.finish()]);
    await this.staging.mapAsync(GPUMapMode.READ);
    const read = this.staging.getMappedRange();
    let from = 0;
    const values = this.outputs.map((output) => {
      const size = bytesOf(output);
      from += size;
      return { shape: output.shape, data: new Float32Array(read.slice(from - size, from)) };
    });
    this.staging.unmap();
    return values;
  }

  dispose(): void {
    this.staging.destroy();
    this.host.release(this.memory);
  }
}
