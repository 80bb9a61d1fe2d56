/** One dispatch of a pass: everything that it takes to do it again. */
export interface Step {
  pipeline: GPUComputePipeline;
  bindGroup: GPUBindGroup;
  workgroups: [x: number, y: number, z: number];
}

/** What goes on in a pass that cannot be done again without the processor. */
export class NotRecordable extends Error {}

/**
 * A command encoder that writes down every dispatch which goes through it. Stands in for a real one wherever
 * TensorFlow.js uses one.
 */
export class RecordingEncoder {
  constructor(
    private readonly encoder: GPUCommandEncoder,
    private readonly steps: Step[],
  ) {}

  beginComputePass(descriptor?: GPUComputePassDescriptor) {
    const pass = this.encoder.beginComputePass(descriptor);
    const { steps } = this;
    let pipeline: GPUComputePipeline;
    let bindGroup: GPUBindGroup;
    return {
      setPipeline(next: GPUComputePipeline) {
        pipeline = next;
        pass.setPipeline(next);
      },
      setBindGroup(index: number, next: GPUBindGroup) {
        if (index !== 0) throw new NotRecordable(`bind group ${index}`);
        bindGroup = next;
        pass.setBindGroup(index, next);
      },
      dispatchWorkgroups(x: number, y = 1, z = 1) {
        steps.push({ pipeline, bindGroup, workgroups: [x, y, z] });
        pass.dispatchWorkgroups(x, y, z);
      },
      end() {
        pass.end();
      },
    };
  }

  copyBufferToBuffer(): never {
    throw new NotRecordable('a copy between two buffers');
  }

  copyBufferToTexture(): never {
    throw new NotRecordable('a copy to a texture');
  }

  finish(): GPUCommandBuffer {
    return this.encoder.finish();
  }
}
