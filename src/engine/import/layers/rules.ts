import type { Weight } from '../../graph/graph';
import { activated, leakyRelu } from '../activations';
import { flag } from '../attributes';
import type { GraphBuilder } from '../builder';
import {
  batchNormalisation,
  convolution,
  globalPool,
  joined,
  padded,
  pool,
  product,
  reshaped,
  scaleShift,
  transposed,
} from '../operations';
import { ImportProblem } from '../problem';
import type { Config } from './config';

/** The usual layers of Keras, as nodes: https://keras.io/api/layers */

export interface Layer {
  name: string;
  config: Config;
  /** The weight of this layer with a name such as "kernel". Throws where it is missing. */
  weight(name: string): Weight;
}

/** `inputs`: names of nodes. Gives the name of the result. */
export type LayerRule = (builder: GraphBuilder, layer: Layer, inputs: string[]) => string;

const floats = (weight: Weight) => weight.values() as Float32Array;

function only(layer: Layer, inputs: readonly string[]): string {
  const [x] = inputs;
  if (x !== undefined && inputs.length === 1) return x;
  throw new ImportProblem(layer.config.path, `has ${inputs.length} inputs, and takes one`);
}

function channelsLast({ config }: Layer): void {
  if (config.text('data_format', 'channels_last') !== 'channels_last')
    config.refuse('data_format', 'is not channels_last');
}

/** By the activation that the layer names in its config. */
function withActivation(builder: GraphBuilder, { name, config }: Layer, x: string): string {
  const kind = config.text('activation', 'linear');
  const result = activated(builder, kind, `${name}/activation`, x);
  return result ?? config.refuse('activation', `is "${kind.slice(0, 40)}", which is not run here`);
}

function windowOf({ config }: Layer) {
  const padding = config.text('padding', 'valid');
  if (padding !== 'same' && padding !== 'valid') config.refuse('padding', 'is neither same nor valid');
  return {
    strides: config.pair('strides', 1),
    padding: padding === 'same' ? ('same' as const) : { top: 0, left: 0, bottom: 0, right: 0 },
  };
}

const biasOf = (layer: Layer) => (layer.config.flag('use_bias', true) ? floats(layer.weight('bias')) : null);

function filterOf(weight: Weight, layer: Layer) {
  if (weight.shape.length !== 4)
    throw new ImportProblem(layer.config.path, `has a filter of the shape [${weight.shape}]`);
  return { shape: weight.shape as [number, number, number, number], values: floats(weight) };
}

const conv2d: LayerRule = (builder, layer, inputs) => {
  channelsLast(layer);
  const window = { ...windowOf(layer), dilations: layer.config.pair('dilation_rate', 1) };
  const how = { groups: layer.config.number('groups', 1), bias: biasOf(layer) };
  const filter = filterOf(layer.weight('kernel'), layer);
  return withActivation(
    builder,
    layer,
    convolution(builder, layer.name, only(layer, inputs), filter, window, how),
  );
};

/** Filters [height, width, channels, filters of each channel], as one group for each channel. */
function depthwise(builder: GraphBuilder, layer: Layer, x: string, bias: Float32Array | null): string {
  const weight = layer.weight('depthwise_kernel');
  const { shape, values } = filterOf(weight, layer);
  const [height, width, channels, times] = shape;
  const filter = { shape: [height, width, 1, channels * times] as const, values };
  const window = { ...windowOf(layer), dilations: layer.config.pair('dilation_rate', 1) };
  return convolution(builder, `${layer.name}/depthwise`, x, filter, window, { groups: channels, bias });
}

function pooling(op: 'MaxPool' | 'AvgPool'): LayerRule {
  return (builder, layer, inputs) => {
    channelsLast(layer);
    const size = layer.config.pair('pool_size', 2);
    const strides = layer.config.has('strides') ? layer.config.pair('strides') : size;
    return pool(builder, op, layer.name, only(layer, inputs), { ...windowOf(layer), size, strides });
  };
}

function globalPooling(op: 'Mean' | 'Max'): LayerRule {
  return (builder, layer, inputs) => {
    channelsLast(layer);
    return globalPool(builder, op, layer.name, only(layer, inputs), layer.config.flag('keepdims', false));
  };
}

function ofSeveral(op: string): LayerRule {
  return (builder, layer, [first, ...others]) => {
    if (first === undefined || others.length === 0)
      throw new ImportProblem(layer.config.path, 'joins fewer than two');
    return others.reduce((sum, other) => builder.add(op, layer.name, [sum, other]), first);
  };
}

const batchNorm: LayerRule = (builder, layer, inputs) => {
  const x = only(layer, inputs);
  const { config } = layer;
  const rank = builder.shape(x).length;
  const [axis = -1] = Array.isArray(config.raw('axis'))
    ? config.numbers('axis')
    : [config.number('axis', -1)];
  if ((axis < 0 ? axis + rank : axis) !== rank - 1) config.refuse('axis', 'is not the last one');
  const mean = floats(layer.weight('moving_mean'));
  const variance = floats(layer.weight('moving_variance'));
  const gamma = config.flag('scale', true) ? floats(layer.weight('gamma')) : mean.map(() => 1);
  const beta = config.flag('center', true) ? floats(layer.weight('beta')) : mean.map(() => 0);
  const statistics = { gamma, beta, mean, variance };
  return batchNormalisation(builder, layer.name, x, statistics, config.number('epsilon', 1e-3));
};

const dense: LayerRule = (builder, layer, inputs) => {
  const x = only(layer, inputs);
  const weight = layer.weight('kernel');
  const [rows = 0, columns = 0] = weight.shape;
  const weights = { shape: [rows, columns] as const, values: floats(weight) };
  const shape = builder.shape(x);
  const flat = shape.length > 2 ? reshaped(builder, `${layer.name}/rows`, x, [rows]) : x;
  const result = product(builder, layer.name, flat, weights, biasOf(layer));
  const back =
    shape.length > 2
      ? reshaped(builder, `${layer.name}/shaped`, result, [...shape.slice(1, -1), columns])
      : result;
  return withActivation(builder, layer, back);
};

const relu: LayerRule = (builder, layer, inputs) => {
  const { config, name } = layer;
  const x = only(layer, inputs);
  if (config.number('threshold', 0) !== 0) config.refuse('threshold', 'is not 0');
  const slope = config.number('negative_slope', 0);
  const max = config.has('max_value') ? config.number('max_value') : null;
  if (slope !== 0) {
    if (max !== null) config.refuse('max_value', 'stands beside a negative slope');
    return leakyRelu(builder, name, x, slope);
  }
  if (max === null) return builder.add('Relu', name, [x]);
  if (max === 6) return builder.add('Relu6', name, [x]);
  return builder.add('Minimum', name, [builder.add('Relu', `${name}/least`, [x]), builder.number(max)]);
};

/** One number, the same on all sides; two, for height and width; or before and after each. */
function sidesOf({ config }: Layer, name: string): [number, number, number, number] {
  const value = config.raw(name) ?? 1;
  const [down, across] = Array.isArray(value) ? value : [value, value];
  const each = [down, across].flatMap((side) => (Array.isArray(side) ? side : [side, side]));
  if (each.length === 4 && each.every((side) => Number.isInteger(side) && side >= 0 && side <= 4096))
    return each as [number, number, number, number];
  return config.refuse(name, 'is no list of whole numbers from 0 up');
}

const same: LayerRule = (_, layer, inputs) => only(layer, inputs);

export const layerRules: Record<string, LayerRule> = {
  Conv2D: conv2d,
  Convolution2D: conv2d,
  DepthwiseConv2D(builder, layer, inputs) {
    channelsLast(layer);
    return withActivation(builder, layer, depthwise(builder, layer, only(layer, inputs), biasOf(layer)));
  },
  SeparableConv2D(builder, layer, inputs) {
    channelsLast(layer);
    const between = depthwise(builder, layer, only(layer, inputs), null);
    const filter = filterOf(layer.weight('pointwise_kernel'), layer);
    const window = {
      strides: [1, 1] as const,
      dilations: [1, 1] as const,
      padding: { top: 0, left: 0, bottom: 0, right: 0 },
    };
    const result = convolution(builder, layer.name, between, filter, window, { bias: biasOf(layer) });
    return withActivation(builder, layer, result);
  },
  BatchNormalization: batchNorm,
  BatchNormalizationV1: batchNorm,
  Dense: dense,
  Activation: (builder, layer, inputs) => withActivation(builder, layer, only(layer, inputs)),
  ReLU: relu,
  ELU(builder, layer, inputs) {
    if (layer.config.number('alpha', 1) !== 1) layer.config.refuse('alpha', 'is not 1');
    return builder.add('Elu', layer.name, [only(layer, inputs)]);
  },
  LeakyReLU(builder, layer, inputs) {
    const alpha = layer.config.number('alpha', layer.config.number('negative_slope', 0.3));
    return leakyRelu(builder, layer.name, only(layer, inputs), alpha);
  },
  PReLU(builder, layer, inputs) {
    const { shape, values } = layer.weight('alpha');
    const slopes = builder.floats(`${layer.name}/alpha`, shape, values() as Float32Array);
    return builder.add('Prelu', layer.name, [only(layer, inputs), slopes]);
  },
  Softmax(builder, layer, inputs) {
    const x = only(layer, inputs);
    const rank = builder.shape(x).length;
    const axis = layer.config.number('axis', -1);
    if ((axis < 0 ? axis + rank : axis) !== rank - 1) layer.config.refuse('axis', 'is not the last one');
    return builder.add('Softmax', layer.name, [x]);
  },
  MaxPooling2D: pooling('MaxPool'),
  AveragePooling2D: pooling('AvgPool'),
  GlobalAveragePooling2D: globalPooling('Mean'),
  GlobalMaxPooling2D: globalPooling('Max'),
  Add: ofSeveral('AddV2'),
  Subtract: ofSeveral('Sub'),
  Multiply: ofSeveral('Mul'),
  Maximum: ofSeveral('Maximum'),
  Minimum: ofSeveral('Minimum'),
  Average(builder, layer, inputs) {
    const sum = ofSeveral('AddV2')(builder, layer, inputs);
    return builder.add('Mul', layer.name, [sum, builder.number(Math.fround(1 / inputs.length))]);
  },
  Concatenate(builder, layer, inputs) {
    const [first = ''] = inputs;
    const rank = builder.shape(first).length;
    const axis = layer.config.number('axis', -1);
    const at = axis < 0 ? axis + rank : axis;
    if (at === 0) layer.config.refuse('axis', 'joins images with each other');
    return joined(builder, layer.name, inputs, at);
  },
  ZeroPadding2D(builder, layer, inputs) {
    channelsLast(layer);
    const sides = sidesOf(layer, 'padding');
    return padded(builder, layer.name, only(layer, inputs), [0, 0, ...sides, 0, 0]);
  },
  Cropping2D(builder, layer, inputs) {
    channelsLast(layer);
    const x = only(layer, inputs);
    const [top, bottom, left, right] = sidesOf(layer, 'cropping');
    const [, height = 0, width = 0, channels = 0] = builder.shape(x);
    const begin = builder.integers([0, top, left, 0]);
    const size = builder.integers([-1, height - top - bottom, width - left - right, channels]);
    return builder.add('Slice', layer.name, [x, begin, size]);
  },
  UpSampling2D(builder, layer, inputs) {
    channelsLast(layer);
    const x = only(layer, inputs);
    if (layer.config.text('interpolation', 'nearest') !== 'nearest')
      layer.config.refuse('interpolation', 'is not nearest');
    const [, height = 0, width = 0] = builder.shape(x);
    const [down, across] = layer.config.pair('size', 2);
    const size = builder.integers([height * down, width * across]);
    const attributes = { align_corners: flag(false), half_pixel_centers: flag(false) };
    return builder.add('ResizeNearestNeighbor', layer.name, [x, size], attributes);
  },
  Flatten(builder, layer, inputs) {
    const x = only(layer, inputs);
    const length = builder
      .shape(x)
      .slice(1)
      .reduce((all, each) => all * each, 1);
    return reshaped(builder, layer.name, x, [length]);
  },
  Reshape(builder, layer, inputs) {
    const x = only(layer, inputs);
    const wanted = layer.config.numbers('target_shape');
    const all = builder
      .shape(x)
      .slice(1)
      .reduce((product, each) => product * each, 1);
    const known = wanted.filter((length) => length !== -1).reduce((product, each) => product * each, 1);
    const shape = wanted.map((length) => (length === -1 ? all / known : length));
    return reshaped(builder, layer.name, x, shape);
  },
  Permute(builder, layer, inputs) {
    return transposed(builder, layer.name, only(layer, inputs), [0, ...layer.config.numbers('dims')]);
  },
  Rescaling(builder, layer, inputs) {
    const x = only(layer, inputs);
    const channels = builder.shape(x).at(-1) ?? 1;
    const each = (name: string, otherwise: number) => {
      const value = layer.config.raw(name) ?? otherwise;
      const numbers = Array.isArray(value)
        ? layer.config.numbers(name)
        : [layer.config.number(name, otherwise)];
      return Float32Array.from({ length: channels }, (_, at) => numbers[at % numbers.length] as number);
    };
    return scaleShift(builder, layer.name, x, each('scale', 1), each('offset', 0));
  },
  // While a network answers, these do nothing.
  Dropout: same,
  SpatialDropout2D: same,
  AlphaDropout: same,
  GaussianDropout: same,
  GaussianNoise: same,
  ActivityRegularization: same,
  RandomFlip: same,
  RandomRotation: same,
  RandomZoom: same,
  RandomContrast: same,
  RandomBrightness: same,
  RandomTranslation: same,
};
