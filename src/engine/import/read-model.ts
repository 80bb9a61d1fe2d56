import { type Graph, sizeOf } from '../graph/graph';
import { type Answer, makeAnswer, type PlainAnswer } from './answer';
import { fuseConvolutions } from './fuse';
import { readGraphModel } from './graph-model';
import { readLayersModel } from './layers/read-layers';
import { isOnnx } from './may-be-foreign';
import { readOnnx } from './onnx/read-onnx';
import { ImportProblem } from './problem';
import { parseTfjsFile } from './tfjs-file';
import type { ReadOptions, Translated } from './translated';

/** A file of a model, by its name without folders. */
export interface ModelBytes {
  name: string;
  bytes: Uint8Array;
}

export type ModelFormat = 'tfjs-graph' | 'tfjs-layers' | 'onnx';

/** A classifier of another format, as a graph that a package can hold, and what its file says about it. */
export interface ForeignModel {
  format: ModelFormat;
  /** Whether it is from Teachable Machine: its own words say how it takes pictures. */
  teachableMachine: boolean;
  graph: Graph;
  input: { name: string; size: number };
  answer: Answer;
  operations: Record<string, number>;
  parameters: number;
  producer: string;
  /** Class names that lie beside the model, in the order of its answer; null where there are none. */
  labels: string[] | null;
}

export interface ForeignOptions extends ReadOptions {
  plain?: PlainAnswer | undefined;
}

/**
 * Reads an ONNX file, a TensorFlow.js graph or layers model, or Teachable Machine's files. Pure: nothing of
 * the model runs. Throws `ImportProblem` with the path of what is wrong, `SizeNeeded`, `UnknownOperations`.
 */
export function readForeignModel(
  files: readonly ModelBytes[],
  { plain, ...options }: ForeignOptions = {},
): ForeignModel {
  const { format, translated } = translate(files, options);
  const answer = makeAnswer(translated, plain);
  const { builder, input, operations, producer } = translated;
  const asked = [...Object.values(answer.outputs), ...(answer.features ? [answer.features.name] : [])];
  const graph = fuseConvolutions(builder.graph(asked));
  const weights = [...graph.weights.values()].filter(({ dtype }) => dtype === 'float32');
  const metadata = jsonOf(files.find(({ name }) => name === 'metadata.json')?.bytes);
  const labels = labelsOf(metadata, files, answer.classes);
  return {
    format,
    teachableMachine: isTeachableMachine(metadata),
    graph,
    input,
    answer,
    operations,
    parameters: weights.reduce((sum, { shape }) => sum + sizeOf(shape), 0),
    producer,
    labels,
  };
}

function translate(
  files: readonly ModelBytes[],
  options: ReadOptions,
): { format: ModelFormat; translated: Translated } {
  const onnx = files.filter(({ name }) => isOnnx(name));
  const [only] = onnx;
  if (only && onnx.length === 1) return { format: 'onnx', translated: readOnnx(only.bytes, options) };
  if (only)
    throw new ImportProblem(
      'files',
      `has ${onnx.length} ONNX files; give one model at a time`,
      'several-models',
      { count: onnx.length },
    );
  const json = files.find(({ name }) => name === 'model.json');
  if (!json) throw new ImportProblem('files', 'has neither an ONNX file nor a model.json', 'no-model');
  const parsed = jsonOf(json.bytes);
  if (parsed === null) throw new ImportProblem('model.json', 'is not JSON', 'not-json');
  const file = parseTfjsFile(parsed);
  const bytesOf = (name: string) => files.find((each) => each.name === name)?.bytes ?? null;
  const isGraph = file.format === 'graph-model' || Array.isArray(file.modelTopology.node);
  return isGraph
    ? { format: 'tfjs-graph', translated: readGraphModel(file, bytesOf, options) }
    : { format: 'tfjs-layers', translated: readLayersModel(file, bytesOf, options) };
}

/** Null for what is no JSON. */
function jsonOf(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return null;
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return null;
  }
}

const isTeachableMachine = (metadata: unknown): boolean =>
  typeof metadata === 'object' && metadata !== null && 'tmVersion' in metadata;

/** In Teachable Machine's metadata.json, or a line each in labels.txt ("0 Melanoma" too). */
function labelsOf(metadata: unknown, files: readonly ModelBytes[], classes: number): string[] | null {
  const inside = (metadata as { labels?: unknown } | null)?.labels;
  const lines = files.find(({ name }) => /^(labels|classes)\.txt$/i.test(name))?.bytes;
  const listed = lines
    ? new TextDecoder()
        .decode(lines)
        .split(/\r?\n/)
        .map((line) => line.replace(/^\d+\s+/, '').trim())
        .filter((line) => line !== '')
    : null;
  const labels = Array.isArray(inside) ? inside.map(String) : listed;
  if (labels?.length !== classes) return null;
  return labels.map((label) => label.slice(0, 200));
}
