import type * as tf from '@tensorflow/tfjs-core';
import type { Kernels } from '../../kernels';
import type { GpuBackend } from '../gpu-backend';
import { averageProgram, averageShape } from './average';
import { convolutionProgram, convolutionShapes, partsOf } from './convolution';
import { depthwiseProgram, depthwiseShape } from './depthwise';
import { gateProgram } from './gate';
import { scaleShiftProgram } from './scale-shift';
import { slabProgram, slabShape } from './slab';

/** How WebGPU computes our operations. */
export const gpuKernels: Kernels<GpuBackend> = {
  LentigoConvolution(backend, how, inputs) {
    const { slab, ...parts } = partsOf(how.parts, inputs);
    const shapes = {
      image: parts.image?.shape,
      ...(parts.residual && { residual: parts.residual.shape }),
      ...(slab && { slab: slab.shape }),
    };
    const program = convolutionProgram(
      how,
      shapes as Partial<Record<'image' | 'residual' | 'slab', number[]>>,
      backend.workgroups,
    );
    const { held } = convolutionShapes(how, parts.image?.shape ?? []);
    const result = slab ? sharing(backend, slab) : backend.makeTensorInfo(held, 'float32');
    // In the order of the shader's bindings.
    const order = ['image', 'filter', 'affine', 'entry', 'gate', 'residual'] as const;
    backend.runProgram(
      program,
      result,
      order.flatMap((part) => parts[part] ?? []),
    );
    return result;
  },
  LentigoDepthwise(backend, how, inputs) {
    const [image = none] = inputs;
    const result = backend.makeTensorInfo(depthwiseShape(how, image.shape), 'float32');
    backend.runProgram(depthwiseProgram(how, image.shape), result, inputs);
    return result;
  },
  LentigoAverage(backend, how, inputs) {
    const [image = none] = inputs;
    const result = backend.makeTensorInfo(averageShape(how, image.shape), 'float32');
    backend.runProgram(averageProgram(image.shape), result, inputs);
    return result;
  },
  LentigoGate(backend, how, inputs) {
    const [means = none] = inputs;
    const result = backend.makeTensorInfo(means.shape, 'float32');
    backend.runProgram(gateProgram(how, means.shape), result, inputs);
    return result;
  },
  LentigoScaleShift(backend, how, inputs) {
    const [image = none] = inputs;
    const result = backend.makeTensorInfo(image.shape, 'float32');
    backend.runProgram(scaleShiftProgram(how, image.shape), result, inputs);
    return result;
  },
  LentigoSlab(backend, how, inputs) {
    const [image = none] = inputs;
    const result = backend.makeTensorInfo(slabShape(how, image.shape), 'float32');
    backend.runProgram(slabProgram(how, image.shape), result, inputs);
    return result;
  },
};

const none: tf.TensorInfo = { dataId: {}, shape: [], dtype: 'float32' };

/** The same buffer under another tensor: what is written to one is in both. */
function sharing(backend: GpuBackend, { dataId, shape, dtype }: tf.TensorInfo): tf.TensorInfo {
  backend.incRef(dataId);
  return { dataId, shape, dtype };
}
