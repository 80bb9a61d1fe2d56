import type { Graph } from '../graph/graph';

/** At most so many bytes a shard, as in docs/model-package.md. */
const shardBytes = 4 * 2 ** 20;

/**
 * A graph as the files of a package: model.json, a TensorFlow.js graph model, and its weights, whole numbers
 * first, because they say what shapes there are.
 */
export function writeModel(graph: Graph): Map<string, Uint8Array<ArrayBuffer>> {
  const ordered = [...graph.weights].sort(
    ([, a], [, b]) => Number(a.dtype === 'float32') - Number(b.dtype === 'float32'),
  );
  const weights = ordered.map(([name, { shape, dtype }]) => ({ name, shape, dtype }));
  const bytes = joined(ordered.map(([, weight]) => weight.values()));
  const count = Math.max(1, Math.ceil(bytes.length / shardBytes));
  const paths = Array.from({ length: count }, (_, index) => `group1-shard${index + 1}of${count}.bin`);
  const inputs = graph.nodes.filter(({ op }) => op === 'Placeholder');
  const model = {
    format: 'graph-model',
    generatedBy: 'lentigo',
    signature: { inputs: Object.fromEntries(inputs.map(({ name }) => [name, { name: `${name}:0` }])) },
    modelTopology: { node: graph.nodes, library: {}, versions: { producer: 1 } },
    weightsManifest: [{ paths, weights }],
  };
  const files = new Map<string, Uint8Array<ArrayBuffer>>([
    ['model.json', new TextEncoder().encode(JSON.stringify(model))],
  ]);
  for (const [index, path] of paths.entries())
    files.set(path, bytes.slice(index * shardBytes, (index + 1) * shardBytes));
  return files;
}

function joined(parts: readonly (Float32Array | Int32Array)[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const { buffer, byteOffset, byteLength } of parts) {
    whole.set(new Uint8Array(buffer, byteOffset, byteLength), at);
    at += byteLength;
  }
  return whole;
}
