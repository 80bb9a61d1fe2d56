import type { io } from '@tensorflow/tfjs-core';
import { bytesOf, type NetworkCard } from '../../core/card/card';
import type { Progress } from '../engine';
import { EngineError, throwIfAborted } from '../engine-error';
import { rewriteGraph } from '../graph/rewrite';
import type { FileSource } from './file-source';
import { fetchVerified } from './files';
import { parseModelFile } from './format';
import { packageHash } from './hash';
import { decodeWeights } from './weights';

/** A network decoded and rewritten: ready for a graph model on any back end. */
export interface DecodedNetwork {
  artifacts: io.ModelArtifacts;
  /** Of the decoded weights. */
  bytes: number;
}

/** A package's network, fetched and verified too. */
export interface NetworkArtifacts extends DecodedNetwork {
  /** Of all files together. */
  hash: string;
  /** Whether nothing had to be downloaded. */
  fromCache: boolean;
  /** Whether the next visit needs no network. */
  cached: boolean;
}

/**
 * Fetches the files of a package side by side and makes the artifacts of them. `folder` is the package's own, with a slash at its end.
 * Throws the errors of `fetchVerified`, and `package-invalid` where the files do not make a graph.
 */
export async function fetchNetwork(
  source: FileSource,
  folder: URL,
  card: NetworkCard,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<NetworkArtifacts> {
  const total = bytesOf(card);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress({ stage: 'download', fraction: done / total, bytes: { done, total } });
  };
  const files = await Promise.all(
    card.files.map((entry) => fetchVerified(source, folder, entry, signal, onBytes)),
  );
  throwIfAborted(signal);
  onProgress({ stage: 'load', fraction: null });
  return {
    ...decodeNetwork(
      card,
      files.map(({ data }) => data),
    ),
    hash: await packageHash(card),
    fromCache: files.every((file) => file.fromCache),
    cached: files.every((file) => file.cached),
  };
}

/** The network of verified files, which stand in the order of the card. Throws `package-invalid` where they do not make a graph. */
export function decodeNetwork(card: NetworkCard, files: ArrayBuffer[]): DecodedNetwork {
  const dataOf = (path: string): ArrayBuffer => {
    const data = files[card.files.findIndex((entry) => entry.path === path)];
    if (!data) throw new EngineError('package-invalid', { package: card.id, problem: `files: no ${path}` });
    return data;
  };
  const model = parseModelFile(dataOf('model.json'));
  const groups = model.weightsManifest.map(({ paths, weights }) =>
    decodeWeights(weights, joined(paths.map(dataOf))),
  );
  const graph = rewriteGraph({
    nodes: model.modelTopology.node,
    weights: new Map(groups.flatMap((group) => [...group])),
  });
  const weights = [...graph.weights];
  return {
    artifacts: {
      modelTopology: { ...model.modelTopology, node: graph.nodes },
      signature: model.signature as io.ModelArtifacts['signature'],
      weightSpecs: weights.map(([name, { shape, dtype }]) => ({ name, shape, dtype })),
      weightData: weights.map(([, { values }]) => values.buffer as ArrayBuffer),
    },
    bytes: weights.reduce((sum, [, { values }]) => sum + values.byteLength, 0),
  };
}

function joined(parts: ArrayBuffer[]): ArrayBuffer {
  const [only] = parts;
  if (only && parts.length === 1) return only;
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.byteLength, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(new Uint8Array(part), at);
    at += part.byteLength;
  }
  return whole.buffer;
}
