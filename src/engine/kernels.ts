import { registerOp } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type OperationName, type Operations, operationNames, parseHow } from './graph/operations';

/** Computes a node on a back end: from its inputs, in their order, to its result. */
type Kernel<Backend, Name extends OperationName> = (
  backend: Backend,
  how: Operations[Name],
  inputs: tf.TensorInfo[],
) => tf.TensorInfo;

export type Kernels<Backend> = { [Name in OperationName]?: Kernel<Backend, Name> };

/**
 * Makes the operations of `graph/operations.ts` known to TensorFlow.js, and how one of its back ends computes
 * them.
 */
export function registerKernels<Backend>(backendName: string, kernels: Kernels<Backend>): void {
  for (const name of operationNames) {
    registerOp(name, ({ inputs, attrs }) => {
      const named = Object.fromEntries(inputs.map((tensor, index) => [`${index}`, tensor]));
      return tf.engine().runKernel(name, named, { how: parseHow(attrs.how as number[]) });
    });
    const kernel = kernels[name] as Kernel<Backend, OperationName> | undefined;
    // A back end that is restarted finds them registered.
    if (!kernel || tf.getKernel(name, backendName)) continue;
    tf.registerKernel({
      kernelName: name,
      backendName,
      kernelFunc: ({ inputs, attrs, backend }) => {
        const { how } = attrs as unknown as { how: Operations[OperationName] };
        return kernel(backend as Backend, how, Object.values(inputs) as tf.TensorInfo[]);
      },
    });
  }
}
