import type { Weight } from '../../graph/graph';
import { activated, leakyRelu } from '../activations';
import type { GraphBuilder } from '../builder';
import {
  batchNormalisation,
  convolution,
  globalPool,
  pool,
  product,
  reshaped,
  scaleShift,
} from '../operations';
import { ImportProblem } from '../problem';
import { channelsLast, floats, type Layer, type LayerRule, only } from './layer';
import { shapingRules } from './shaping';

/** The usual layers of Keras, as nodes: https://keras.io/api/layers */

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
  ...shapingRules,
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
