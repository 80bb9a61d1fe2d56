import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as ort from 'onnxruntime-web';
import { beforeAll, describe, expect, test } from 'vitest';
import { UnknownOperations } from '../../src/engine/import/problem';
import { readForeignModel } from '../../src/engine/import/read-model';
import { Shards } from '../../src/engine/package/shards';
import { decodeWeights } from '../../src/engine/package/weights';
import { largestGap, logitsOfModel, somePictures } from '../../src/engine/testing/answers-of-model';
import { generator } from '../../src/engine/testing/build-package';
import { loadPlainly } from '../../src/engine/testing/golden-package';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import { toOnnx } from './export';
import { type Attribute, OnnxFile } from './file';

const size = 12;

beforeAll(async () => {
  await tf.setBackend('cpu');
  ort.env.wasm.numThreads = 1;
});

const readOnnx = (bytes: Uint8Array, options = {}) =>
  readForeignModel([{ name: 'model.onnx', bytes }], options);

/** A small network, layer after layer, with weights of random numbers. */
class Net {
  readonly file = new OnnxFile();
  private count = 0;
  private readonly random: () => number;

  constructor(seed: number) {
    this.random = generator(seed);
    this.file.input('image', [-1, 3, size, size]);
  }

  weights(...shape: number[]): string {
    const length = shape.reduce((all, each) => all * each, 1);
    const values = Float32Array.from({ length }, () => this.random() - 0.4);
    return this.file.constant(`w${this.count++}`, 'float32', shape, values);
  }

  /** Numbers above zero, as variances are. */
  positive(...shape: number[]): string {
    const length = shape.reduce((all, each) => all * each, 1);
    const values = Float32Array.from({ length }, () => 0.5 + this.random());
    return this.file.constant(`w${this.count++}`, 'float32', shape, values);
  }

  add(op: string, inputs: string[], attributes: Record<string, Attribute> = {}): string {
    return this.file.node(op, `n${this.count++}`, inputs, attributes);
  }

  conv(x: string, from: number, to: number, kernel: number, attributes: Record<string, Attribute> = {}) {
    const group = typeof attributes.group === 'number' ? attributes.group : 1;
    const inputs = [x, this.weights(to, from / group, kernel, kernel), this.weights(to)];
    return this.add('Conv', inputs, { kernel_shape: [kernel, kernel], ...attributes });
  }

  encoded(output: string): Uint8Array {
    this.file.output(output);
    return this.file.encoded();
  }
}

/** What onnxruntime answers, a row a picture. */
async function expected(bytes: Uint8Array, image: ReturnType<typeof somePictures>): Promise<number[][]> {
  const session = await ort.InferenceSession.create(bytes);
  const [count = 0, height = 0, width = 0, channels = 0] = image.shape;
  const turned = new Float32Array(image.data.length);
  for (let n = 0, at = 0; n < count; n++)
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++)
        for (let c = 0; c < channels; c++, at++)
          turned[((n * channels + c) * height + y) * width + x] = image.data[at] as number;
  const answers = await session.run({
    image: new ort.Tensor('float32', turned, [count, channels, height, width]),
  });
  const data = answers[session.outputNames[0] as string]?.data as Float32Array;
  const each = data.length / count;
  return Array.from({ length: count }, (_, row) => [...data.slice(row * each, (row + 1) * each)]);
}

const softmax = (row: readonly number[]) => {
  const powers = row.map(Math.exp);
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
};

/** How far our answer is from that of onnxruntime, beside its size, for two pictures at once. */
async function gap(bytes: Uint8Array): Promise<number> {
  const image = somePictures(2, size, 7);
  const model = readOnnx(bytes);
  const logits = await logitsOfModel(model, image);
  const ours = model.answer.kind === 'softmax' ? logits.map(softmax) : logits;
  const theirs = await expected(bytes, image);
  return largestGap(ours, theirs) / Math.max(1, ...theirs.flat().map(Math.abs));
}

const ending = (net: Net, x: string, channels: number) =>
  net.add(
    'Gemm',
    [net.add('Flatten', [net.add('GlobalAveragePool', [x])]), net.weights(3, channels), net.weights(3)],
    {
      transB: 1,
    },
  );

/** Each with what it is about. */
const networks: Record<string, (net: Net) => string> = {
  'convolutions with strides, zeros, dilations and groups'(net) {
    const a = net.conv('image', 3, 8, 3, { strides: [2, 2], pads: [1, 1, 1, 1] });
    const b = net.conv(a, 8, 8, 3, { group: 8, pads: [1, 0, 0, 1] });
    const c = net.conv(b, 8, 12, 3, { group: 4, pads: [1, 1, 1, 1] });
    return ending(net, net.conv(c, 12, 4, 2, { dilations: [2, 2], pads: [1, 1, 1, 1] }), 4);
  },
  'a depthwise convolution with two filters a channel'(net) {
    return ending(net, net.conv('image', 3, 6, 3, { group: 3, pads: [1, 1, 1, 1] }), 6);
  },
  'auto_pad on both sides'(net) {
    const a = net.conv('image', 3, 4, 3, { strides: [2, 2], auto_pad: 'SAME_UPPER' });
    return ending(net, net.conv(a, 4, 4, 4, { strides: [1, 1], auto_pad: 'SAME_LOWER' }), 4);
  },
  'batch normalisation and the activations'(net) {
    let x = net.conv('image', 3, 6, 3);
    const inputs = [net.weights(6), net.weights(6), net.weights(6), net.positive(6)];
    x = net.add('BatchNormalization', [x, ...inputs], { epsilon: { float: 1e-3 } });
    for (const op of [
      'Relu',
      'HardSwish',
      'Sigmoid',
      'HardSigmoid',
      'Tanh',
      'LeakyRelu',
      'Elu',
      'Softplus',
      'Erf',
    ])
      x = net.add(op, [net.conv(x, 6, 6, 1)]);
    const bounds = [
      net.file.constant('lo', 'float32', [], Float32Array.of(0)),
      net.file.constant('hi', 'float32', [], Float32Array.of(6)),
    ];
    x = net.add('Clip', [net.conv(x, 6, 6, 1), ...bounds]);
    return ending(net, net.add('PRelu', [net.conv(x, 6, 6, 1), net.weights(6, 1, 1)]), 6);
  },
  'pools with zeros around, counted and not, and with windows that stand over'(net) {
    const a = net.conv('image', 3, 4, 3, { pads: [1, 1, 1, 1] });
    const max = net.add('MaxPool', [a], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
    const whole = net.add('MaxPool', [max], { kernel_shape: [3, 3], strides: [2, 2], ceil_mode: 1 });
    const mean = net.add('AveragePool', [a], { kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] });
    const counting = net.add('AveragePool', [mean], {
      kernel_shape: [3, 3],
      strides: [2, 2],
      pads: [1, 1, 1, 1],
      count_include_pad: 1,
    });
    return ending(net, net.add('Concat', [whole, counting], { axis: 1 }), 8);
  },
  'squeeze and excitation, residuals and constants beside images'(net) {
    const a = net.conv('image', 3, 6, 3, { pads: [1, 1, 1, 1] });
    const gate = net.add('ReduceMean', [a], { axes: [2, 3], keepdims: 1 });
    const weighed = net.add('Mul', [a, net.add('Sigmoid', [net.conv(gate, 6, 6, 1)])]);
    const moved = net.add('Add', [weighed, net.weights(1, 6, 1, 1)]);
    const scaled = net.add('Mul', [moved, net.weights(6, 1, 1)]);
    const more = net.add('Sub', [net.add('Div', [scaled, net.positive(1)]), net.weights(1, 1, size, size)]);
    return ending(net, net.add('Add', [more, a]), 6);
  },
  'pixels that are flattened before a product'(net) {
    const a = net.add('MaxPool', [net.conv('image', 3, 4, 3)], { kernel_shape: [2, 2], strides: [2, 2] });
    const flat = net.add('Reshape', [a, net.file.integers('shape', [0, -1])]);
    return net.add('Add', [net.add('MatMul', [flat, net.weights(100, 3)]), net.weights(3)]);
  },
  'channels that are shuffled between groups'(net) {
    const a = net.conv('image', 3, 6, 3, { pads: [1, 1, 1, 1] });
    const grouped = net.add('Reshape', [a, net.file.integers('to', [-1, 2, 3, size, size])]);
    const turned = net.add('Transpose', [grouped], { perm: [0, 2, 1, 3, 4] });
    const back = net.add('Reshape', [turned, net.file.integers('back', [-1, 6, size, size])]);
    const [first, second] = [
      [0, 2],
      [2, 6],
    ].map(([from = 0, to = 0]) =>
      net.add('Slice', [
        back,
        net.file.integers(`s${from}`, [from]),
        net.file.integers(`e${to}`, [to]),
        net.file.integers('c', [1]),
      ]),
    );
    const joined = net.add('Concat', [second as string, first as string], { axis: -3 });
    return ending(net, net.conv(joined, 6, 4, 3), 4);
  },
  'tokens with attention'(net) {
    const a = net.conv('image', 3, 8, 4, { strides: [4, 4] });
    const flat = net.add('Reshape', [a, net.file.integers('tokens', [0, 8, 9])]);
    const tokens = net.add('Transpose', [flat], { perm: [0, 2, 1] });
    const query = net.add('MatMul', [tokens, net.weights(8, 8)]);
    const key = net.add('Transpose', [net.add('MatMul', [tokens, net.weights(8, 8)])], { perm: [0, 2, 1] });
    const scores = net.add('Softmax', [net.add('MatMul', [query, key])], { axis: -1 });
    const mixed = net.add('HardSwish', [net.add('MatMul', [scores, tokens])]);
    const mean = net.add('ReduceMean', [mixed], { axes: [1], keepdims: 0 });
    return net.add('Gemm', [mean, net.weights(8, 3), net.weights(3)]);
  },
  'a shape that is reckoned on the way'(net) {
    const pooled = net.add('GlobalAveragePool', [net.conv('image', 3, 5, 3)]);
    const count = net.add('Gather', [
      net.add('Shape', [pooled]),
      net.file.constant('zero', 'int64', [], BigInt64Array.of(0n)),
    ]);
    const first = net.add('Unsqueeze', [count, net.file.integers('axis', [0])]);
    const shape = net.add('Concat', [first, net.file.integers('rest', [-1])], { axis: 0 });
    const flat = net.add('Reshape', [pooled, shape]);
    return net.add('Softmax', [net.add('Gemm', [flat, net.weights(5, 3), net.weights(3)])], { axis: 1 });
  },
  'zeros around, powers and local response normalisation'(net) {
    const pads = net.file.integers('pads', [0, 0, 1, 2, 0, 0, 0, 1]);
    const a = net.add('Pad', [net.conv('image', 3, 6, 3), pads]);
    const lrn = net.add('LRN', [a], {
      size: 5,
      alpha: { float: 0.1 },
      beta: { float: 0.75 },
      bias: { float: 1 },
    });
    const squared = net.add('Pow', [lrn, net.file.constant('two', 'float32', [], Float32Array.of(2))]);
    const root = net.add('Sqrt', [
      net.add('Add', [squared, net.file.constant('eps', 'float32', [], Float32Array.of(0.1))]),
    ]);
    return ending(net, root, 6);
  },
};

describe('an ONNX file', () => {
  const seeds = [1, 2, 3];
  test.each(Object.keys(networks))('answers as in onnxruntime: %s', async (name) => {
    for (const seed of seeds) {
      const net = new Net(seed);
      const output = (networks[name] as (net: Net) => string)(net);
      expect(await gap(net.encoded(output)), `seed ${seed}`).toBeLessThan(1e-5);
    }
  });

  test('that our own writer made of a package answers as the package', async () => {
    const { files, card } = tinyPackage();
    const model = JSON.parse(new TextDecoder().decode(files.get('model.json')));
    const [group] = model.weightsManifest;
    const parts = group.paths.map((path: string) => files.get(path)?.slice().buffer as ArrayBuffer);
    const shards = new Shards(
      parts.map((data: ArrayBuffer) => ({ bytes: data.byteLength, data: Promise.resolve(data) })),
    );
    await shards.until(shards.length);
    const weights = decodeWeights(group.weights, shards);
    const graph = { nodes: model.modelTopology.node, weights, outputs: new Set(['logits']) };
    const image = somePictures(2, card.input.height, 2);
    const [logits] = await (await loadPlainly(tinyPackage())).forward({ image }, ['logits']);
    const rows = [0, 1].map((row) => [...(logits?.data.slice(2 * row, 2 * row + 2) ?? [])]);
    const read = readOnnx(toOnnx(graph));
    expect(largestGap(await logitsOfModel(read, image), rows)).toBeLessThan(1e-5);
    expect(read.answer.outputs.cam).toBeDefined();
  });

  test('is refused with what is wrong', () => {
    const whole = new Net(1);
    const bytes = whole.encoded(ending(whole, whole.conv('image', 3, 4, 3), 4));
    expect(() => readOnnx(bytes.subarray(0, bytes.length - 20))).toThrow(/ends in the middle|is not there/);
    expect(() => readOnnx(new TextEncoder().encode('<!doctype html>'))).toThrow();
    expect(() => readOnnx(new Uint8Array())).toThrow('model.graph');

    const unknown = new Net(1);
    const x = unknown.add('NonMaxSuppression', ['image']);
    expect(() => readOnnx(unknown.encoded(x))).toThrow(UnknownOperations);
    expect(() => readOnnx(new Net(1).encoded('nobody'))).toThrow('"nobody" comes from no node');

    const circle = new Net(1);
    circle.file.node('Relu', 'a', ['b']);
    circle.file.node('Relu', 'b', ['a']);
    expect(() => readOnnx(circle.encoded('b'))).toThrow(/graph\.node\.0\.input\.0: "b".*circle/);

    const huge = new Net(1);
    const shape = huge.file.integers('shape', [100_000, 100_000]);
    const filled = huge.add('ConstantOfShape', [shape]);
    expect(() => readOnnx(huge.encoded(huge.add('Add', ['image', filled])))).toThrow('makes a constant');

    const wrong = new Net(1);
    expect(() => readOnnx(wrong.encoded(ending(wrong, wrong.conv('image', 3, 4, 3), 5)))).toThrow(
      /graph\.node\.\d+: \(MatMul\)/,
    );
    const odd = new OnnxFile();
    odd.input('image', [1, 3, 10, 20]);
    odd.output('image');
    expect(() => readOnnx(odd.encoded())).toThrow('only squares');
  });

  test('bytes that are changed at random are refused, or read as a model of the same bounds', () => {
    const net = new Net(4);
    const bytes = net.encoded(ending(net, net.conv('image', 3, 4, 3), 4));
    const random = generator(9);
    for (let round = 0; round < 300; round++) {
      const changed = bytes.slice();
      for (let count = 0; count < 3; count++)
        changed[Math.floor(random() * changed.length)] = Math.floor(random() * 256);
      try {
        readOnnx(changed);
      } catch (error) {
        expect((error as Error).message, `round ${round}`).not.toMatch(
          /undefined|is not a function|not iterable/,
        );
      }
    }
  });
});
