import { registerOp } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type OperationName, type Operations, parseHow } from '../../graph/operations';
import type { GpuBackend } from '../gpu-backend';
import { averageProgram, averageShape } from './average';
import { convolutionProgram, convolutionShapes, partsOf } from './convolution';
import { depthwiseProgram, depthwiseShape } from './depthwise';
import { gateProgram } from './gate';
import { scaleShiftProgram } from './scale-shift';
import { slabProgram, slabShape } from './slab';

/** Computes a node on WebGPU: from its inputs, in their order, to its result. */
type Kernel<Name extends OperationName> = (
  backend: GpuBackend,
  how: Operations[Name],
  inputs: tf.TensorInfo[],
) => tf.TensorInfo;

const kernels: { [Name in OperationName]: Kernel<Name> } = {
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

let registered = false;

/** Makes the operations of `graph/operations.ts` known to TensorFlow.js, and how WebGPU computes them. */
export function registerKernels(): void {
  if (registered) return;
  registered = true;
  registerOperations();
  for (const name of Object.keys(kernels) as OperationName[]) {
    const kernel = kernels[name] as Kernel<OperationName>;
    tf.registerKernel({
      kernelName: name,
      backendName: 'webgpu',
      kernelFunc: ({ inputs, attrs, backend }) =>
        kernel(
          backend as GpuBackend,
          (attrs as unknown as { how: Operations[OperationName] }).how,
          Object.values(inputs) as tf.TensorInfo[],
        ),
    });
  }
}

/** Lets graphs use them on any back end that has kernels of these names. */
export function registerOperations(): void {
  for (const name of Object.keys(kernels)) {
    registerOp(name, ({ inputs, attrs }) => {
      const named = Object.fromEntries(inputs.map((tensor, index) => [`${index}`, tensor]));
      const how = parseHow(attrs.how as number[]);
      return tf.engine().runKernel(name, named, { how });
    });
  }
}
