import { GraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkCard } from '../../core/card/card';
import type { RunningBackend } from '../backend/running';
import { sizeOf, type Weight } from '../graph/graph';
import { rewriteGraph } from '../graph/rewrite';
import { Network } from '../network';
import type { StoredNetwork } from './artifacts';
import { compileFor } from './golden';
import type { Shards } from './shards';

/**
 * Larger than what TensorFlow.js reads on the processor: shapes, axes, numbers that images are padded with.
 */
const largeEnough = 64;

/**
 * Puts a stored network on the back end in use: rewritten for it, its weights decoded one by one as they
 * arrive. A GPU compiles its shaders in the meantime. Throws what the download threw; then nothing is left
 * behind.
 */
export async function instantiate(
  { graph, topology, signature, shards }: Omit<StoredNetwork, 'shards'> & { shards: Pick<Shards, 'until'> },
  backend: RunningBackend,
  card: NetworkCard,
): Promise<Network> {
  const { nodes, weights } = rewriteGraph(graph, backend.rewrites);
  const { gpu } = backend;
  const tensors: Record<string, tf.Tensor> = {};
  const later: [tf.Tensor, Weight][] = [];
  let bytes = 0;
  let compiled: Promise<void> = Promise.resolve();
  try {
    for (const [name, weight] of inOrderOfArrival(weights)) {
      const { shape, dtype, after } = weight;
      bytes += 4 * sizeOf(shape);
      if (gpu && sizeOf(shape) > largeEnough) {
        const tensor = gpu.reserve(shape, dtype);
        tensors[name] = tensor;
        later.push([tensor, weight]);
      } else {
        await shards.until(after);
        tensors[name] = tf.tensor(weight.values(), shape, dtype);
      }
    }
    const artifacts = { modelTopology: { ...topology, node: nodes }, signature: signature as object };
    const network = new Network(modelOf(artifacts, tensors), bytes, gpu);
    // What recording spares the processor is nothing where the processor is the GPU.
    network.recording = !backend.software;
    compiled = backend.compile(() => compileFor(card, network));
    // Heard of below, or not at all where the download fails first.
    compiled.catch(() => {});
    for (const [tensor, { after, values }] of later) {
      await shards.until(after);
      gpu?.fill(tensor, values());
    }
    await compiled;
    return network;
  } catch (error) {
    // Pipelines on their way belong to tensors that are there.
    await compiled.catch(() => {});
    tf.dispose(tensors);
    throw error;
  }
}

/**
 * A model with weights that are tensors already: they are handed to TensorFlow.js as its way to decode
 * weights.
 */
export function modelOf(artifacts: tf.io.ModelArtifacts, tensors: Record<string, tf.Tensor>): GraphModel {
  const model = new GraphModel('', {}, { ...tf.io, decodeWeights: () => tensors });
  model.loadSync({ ...artifacts, weightSpecs: [], weightData: new ArrayBuffer(0) });
  return model;
}

function inOrderOfArrival<T extends { after: number }>(weights: Map<string, T>): [string, T][] {
  return [...weights].sort(([, a], [, b]) => a.after - b.after);
}
