import type { Weight } from '../../graph/graph';
import { GraphBuilder } from '../builder';
import { ImportProblem, UnknownOperations } from '../problem';
import { type FileBytes, readWeights, type TfjsFile } from '../tfjs-file';
import { counted, inputSize, type ReadOptions, type Translated } from '../translated';
import { Config, object } from './config';
import { layerRules } from './rules';

/** As a map: a layer that is called "constructor" must not find what every object has. */
const rules = new Map(Object.entries(layerRules));
/** A model inside of another one is a layer of it; deeper than this is no network. */
const deepest = 8;
const mostLayers = 5000;

/** A layers model of TensorFlow.js, Sequential or Functional, one in another too. Throws `ImportProblem`. */
export function readLayersModel(file: TfjsFile, bytesOf: FileBytes, options: ReadOptions): Translated {
  const topology = object(file.modelTopology);
  const model = object(topology.model_config ?? topology);
  const names = [...classNamesIn(model, 0)];
  const unknown = new Set(names.filter((name) => !rules.has(name) && name !== 'InputLayer'));
  if (unknown.size > 0) throw new UnknownOperations('modelTopology', [...unknown]);
  const builder = new GraphBuilder();
  const path = 'modelTopology';
  builder.path = path;
  const size = inputSize(inputShapeOf(model, 0) ?? [-1, -1, -1, 3], `${path}.batch_input_shape`, options);
  const name = builder.input('image', [1, size, size, 3]);
  const reader = new LayersReader(builder, readWeights(file, bytesOf));
  const answers = reader.model(model, [name], path, 0);
  const operations = counted(names.filter((each) => each !== 'InputLayer'));
  return { builder, input: { name, size }, answers, operations, producer: file.generatedBy ?? '' };
}

const isModel = (className: unknown) =>
  className === 'Sequential' || className === 'Functional' || className === 'Model';

/** Sequential models of old have their layers as their whole config. */
function layersOf(model: Record<string, unknown>): Record<string, unknown>[] {
  const { config } = model;
  const layers = Array.isArray(config) ? config : object(config).layers;
  return Array.isArray(layers) ? layers.map(object) : [];
}

function* classNamesIn(model: Record<string, unknown>, depth: number): Generator<string> {
  if (!isModel(model.class_name))
    throw new ImportProblem(
      'modelTopology.class_name',
      `is "${String(model.class_name).slice(0, 80)}"`,
      'unsupported',
    );
  if (depth > deepest)
    throw new ImportProblem('modelTopology', 'has models inside of models inside of models', 'unsupported');
  const layers = layersOf(model);
  if (layers.length > mostLayers)
    throw new ImportProblem('modelTopology', `has ${layers.length} layers in one model`, 'too-large');
  for (const layer of layers) {
    if (isModel(layer.class_name)) yield* classNamesIn(layer, depth + 1);
    else yield String(layer.class_name).slice(0, 80);
  }
}

/** What the first layer takes that says so: -1 for what is not fixed. */
function inputShapeOf(model: Record<string, unknown>, depth: number): number[] | null {
  if (depth > deepest) return null;
  for (const layer of layersOf(model)) {
    const config = object(layer.config);
    const shape = config.batch_input_shape ?? config.batch_shape;
    if (Array.isArray(shape)) return shape.map((length) => (typeof length === 'number' ? length : -1));
    const inside = isModel(layer.class_name) ? inputShapeOf(layer, depth + 1) : null;
    if (inside) return inside;
  }
  return null;
}

class LayersReader {
  constructor(
    private readonly builder: GraphBuilder,
    private readonly weights: ReadonlyMap<string, Weight>,
  ) {}

  /** The names of the nodes of its outputs. */
  model(model: Record<string, unknown>, inputs: string[], path: string, depth: number): string[] {
    if (depth > deepest) throw new ImportProblem(path, 'is too deep inside of other models', 'unsupported');
    const layers = layersOf(model);
    if (layers.length === 0) throw new ImportProblem(`${path}.config.layers`, 'has no layers');
    if (model.class_name === 'Sequential')
      return layers.reduce(
        (x, layer, index) => this.layer(layer, x, `${path}.config.layers.${index}`, depth),
        inputs,
      );
    return this.functional(object(model.config), layers, inputs, path, depth);
  }

  /** Layers that name those that they read, in any order. */
  private functional(
    config: Record<string, unknown>,
    layers: readonly Record<string, unknown>[],
    inputs: readonly string[],
    path: string,
    depth: number,
  ): string[] {
    const made = new Map<string, string[]>();
    endsOf(config.input_layers, `${path}.config.input_layers`).forEach(([name], index) => {
      const x = inputs[index];
      if (x !== undefined) made.set(`${name}/0`, [x]);
    });
    const calls = layers.flatMap((layer, index) => {
      const at = `${path}.config.layers.${index}`;
      const nodes = Array.isArray(layer.inbound_nodes) ? layer.inbound_nodes : [];
      return nodes.map((node, call) => ({
        layer,
        at,
        key: `${nameOf(layer)}/${call}`,
        sources: sourcesOf(node, at),
      }));
    });
    // Each round makes what has all of its inputs; a round that makes nothing has met a circle.
    let waiting = calls.filter(({ key }) => !made.has(key));
    while (waiting.length > 0) {
      const left = waiting.filter(({ layer, at, key, sources }) => {
        const values = sources.map(([name, call, output]) => made.get(`${name}/${call}`)?.[output]);
        if (values.some((value) => value === undefined)) return true;
        made.set(key, this.layer(layer, values as string[], at, depth));
        return false;
      });
      if (left.length === waiting.length)
        throw new ImportProblem(
          `${left[0]?.at}.inbound_nodes`,
          'reads what is missing, or is behind a circle',
        );
      waiting = left;
    }
    return endsOf(config.output_layers, `${path}.config.output_layers`).map(([name, call, output]) => {
      const value = made.get(`${name}/${call}`)?.[output];
      if (value !== undefined) return value;
      throw new ImportProblem(`${path}.config.output_layers`, `"${name.slice(0, 80)}" is not there`);
    });
  }

  private layer(layer: Record<string, unknown>, inputs: string[], path: string, depth: number): string[] {
    if (isModel(layer.class_name)) return this.model(layer, inputs, path, depth + 1);
    if (layer.class_name === 'InputLayer') return inputs;
    const rule = rules.get(String(layer.class_name));
    if (!rule) throw new UnknownOperations(path, [String(layer.class_name)]);
    const name = nameOf(layer);
    this.builder.path = path;
    const config = new Config(object(layer.config), path);
    const weight = (wanted: string) => this.weightOf(name, wanted, path);
    return [rule(this.builder, { name, config, weight }, inputs)];
  }

  /**
   * "layer/kernel"; of some writers "layer/something/kernel" or "model/layer/kernel". Two of those are
   * ambiguous.
   */
  private weightOf(layer: string, name: string, path: string): Weight {
    const exact = this.weights.get(`${layer}/${name}`);
    if (exact) return exact;
    const alike = [...this.weights].filter(([key]) => {
      const parts = key.split('/');
      return parts.at(-1) === name && parts.slice(0, -1).includes(layer);
    });
    const [found] = alike;
    if (found && alike.length === 1) return found[1];
    throw new ImportProblem(
      path,
      `has ${alike.length} weights "${layer.slice(0, 80)}/${name}", and needs one`,
    );
  }
}

const nameOf = (layer: Record<string, unknown>): string => {
  const name = object(layer.config).name ?? layer.name;
  return typeof name === 'string' && name.length > 0 && name.length < 500 ? name : 'layer';
};

type End = [layer: string, call: number, output: number];

/** One of them alone stands without a list around it, as some writers have it. */
function endsOf(value: unknown, path: string): End[] {
  if (!Array.isArray(value)) throw new ImportProblem(path, 'is no list');
  const list = typeof value[0] === 'string' ? [value] : value;
  return list.map((end) => endOf(end, path));
}

function endOf(value: unknown, path: string): End {
  const [name, call = 0, output = 0] = Array.isArray(value) ? value : [];
  if (typeof name === 'string' && isPlace(call) && isPlace(output)) return [name, call, output];
  throw new ImportProblem(path, 'names no layer');
}

const isPlace = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value < 1000;

/** Of one call of a layer: a list of ends, or, from Keras 3 on, arguments that hold where they come from. */
function sourcesOf(node: unknown, path: string): End[] {
  if (Array.isArray(node)) return node.map((end) => endOf(end, `${path}.inbound_nodes`));
  const { args } = object(node);
  const pending: unknown[] = Array.isArray(args) ? [...args] : [];
  const ends: End[] = [];
  for (let steps = 0; pending.length > 0 && steps < 1000; steps++) {
    const value = pending.shift();
    if (Array.isArray(value)) pending.unshift(...value);
    const history = object(object(value).config).keras_history;
    if (history) ends.push(endOf(history, `${path}.inbound_nodes`));
  }
  return ends;
}
