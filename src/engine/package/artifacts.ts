import type { NetworkCard } from '../../core/card/card';
import { bytesOf } from '../../core/card/size';
import type { Progress } from '../engine';
import { EngineError, forPackage } from '../engine-error';
import type { Graph, Weight } from '../graph/graph';
import type { FileSource } from './file-source';
import { type FetchedFile, fetchVerified } from './files';
import { type ModelFile, parseModelFile } from './format';
import { packageHash } from './hash';
import { type Shard, Shards } from './shards';
import { decodeWeights } from './weights';

/** A network as a package stores it: its graph, and its weights, which may still be on their way. */
export interface StoredNetwork {
  graph: Graph;
  /** What model.json says beside the nodes and weights, for TensorFlow.js. */
  topology: Omit<ModelFile['modelTopology'], 'node'>;
  signature: unknown;
  shards: Shards;
}

/** A package's network, fetched and verified. */
export interface FetchedNetwork extends StoredNetwork {
  /** Of all files together. */
  hash: string;
  /** Settles once every file is there. */
  whole: Promise<{
    /** Whether nothing had to be downloaded. */
    fromCache: boolean;
    /** Whether the next visit needs no network. */
    cached: boolean;
  }>;
}

/**
 * Fetches the files of a package side by side and gives its graph as soon as that can be read. `folder` is
 * the package's own, with a slash at its end. Throws the errors of `fetchVerified`, and `package-invalid`
 * where the files do not make a graph.
 */
export async function fetchNetwork(
  source: FileSource,
  folder: URL,
  card: NetworkCard,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<FetchedNetwork> {
  const total = bytesOf(card);
  let done = 0;
  const onBytes = (bytes: number) => {
    done += bytes;
    onProgress({ stage: 'download', fraction: done / total, bytes: { done, total } });
  };
  const files = new Map<string, Promise<FetchedFile>>(
    card.files.map((entry) => [
      entry.path,
      forPackage(card.id, () => fetchVerified(source, folder, entry, signal, onBytes)),
    ]),
  );
  const whole = Promise.all(files.values()).then((all) => {
    onProgress({ stage: 'load', fraction: null });
    return { fromCache: all.every((file) => file.fromCache), cached: all.every((file) => !file.notCached) };
  });
  // Heard of by whoever waits for it or for the weights, and by nobody where model.json itself is at fault.
  whole.catch(() => {});
  const network = await forPackage(card.id, () =>
    readNetwork(card, async (path) => (await files.get(path))?.data),
  );
  return { ...network, hash: await packageHash(card), whole };
}

/**
 * The network of verified files, `dataOf` by their paths; undefined for those that the card does not list.
 * Waits for model.json and for the whole numbers among the weights, which say what shapes the graph has.
 * Throws `package-invalid` where the files do not make one.
 */
export async function readNetwork(
  card: NetworkCard,
  dataOf: (path: string) => Promise<ArrayBuffer | undefined>,
): Promise<StoredNetwork> {
  const contents = async (path: string) => {
    const data = await dataOf(path);
    if (!data) throw new EngineError('package-invalid', { package: card.id, problem: `files: no ${path}` });
    return data;
  };
  const model = parseModelFile(await contents('model.json'));
  const [group] = model.weightsManifest;
  const shards = new Shards((group?.paths ?? []).map((path) => shardOf(card, path, contents(path))));
  const weights = decodeWeights(group?.weights ?? [], shards);
  await shards.until(lastOf([...weights.values()].filter(({ dtype }) => dtype === 'int32')));
  const { node: nodes, ...topology } = model.modelTopology;
  const outputs = new Set(Object.values(card.outputs));
  return { graph: { nodes, weights, outputs }, topology, signature: model.signature, shards };
}

function shardOf(card: NetworkCard, path: string, data: Promise<ArrayBuffer>): Shard {
  data.catch(() => {});
  return { bytes: card.files.find((file) => file.path === path)?.bytes ?? 0, data };
}

/** How many bytes have to be there for all of them. */
const lastOf = (weights: Weight[]) => Math.max(0, ...weights.map(({ after }) => after));
