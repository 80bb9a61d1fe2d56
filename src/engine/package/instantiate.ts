import { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { rewriteGraph } from '../graph/rewrite';
import { Network } from '../network';
import type { StoredNetwork } from './artifacts';

/** A network on a back end. */
export interface Instance {
  network: Network;
  /** Of its weights there. */
  bytes: number;
}

/**
 * Puts a stored network on the back end in use: rewritten for it, its weights decoded one by one as they arrive. Throws what the
 * download threw; then nothing is left behind.
 */
export async function instantiate({ graph, topology, signature, shards }: StoredNetwork): Promise<Instance> {
  const { nodes, weights } = rewriteGraph(graph);
  const tensors: Record<string, tf.Tensor> = {};
  let bytes = 0;
  try {
    for (const [name, { shape, dtype, after, values }] of inOrderOfArrival(weights)) {
      await shards.until(after);
      const decoded = values();
      tensors[name] = tf.tensor(decoded, shape, dtype);
      bytes += decoded.byteLength;
    }
    const artifacts = { modelTopology: { ...topology, node: nodes }, signature: signature as object };
    return { network: new Network(modelOf(artifacts, tensors)), bytes };
  } catch (error) {
    tf.dispose(tensors);
    throw error;
  }
}

/** A model with weights that are tensors already: TensorFlow.js is told that this is how weights are decoded. */
function modelOf(artifacts: tf.io.ModelArtifacts, tensors: Record<string, tf.Tensor>): GraphModel {
  const model = new GraphModel('', {}, { ...tf.io, decodeWeights: () => tensors });
  model.loadSync({ ...artifacts, weightSpecs: [], weightData: new ArrayBuffer(0) });
  return model;
}

function inOrderOfArrival<T extends { after: number }>(weights: Map<string, T>): [string, T][] {
  return [...weights].sort(([, a], [, b]) => a.after - b.after);
}
