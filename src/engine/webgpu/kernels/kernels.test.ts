// In a process of its own: it opens the GPU.
import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fourfold } from '../../graph/convolution';
import type { Activation, Convolution, ConvolutionPart, Depthwise, Operations } from '../../graph/operations';
import { generator } from '../../testing/build-package';
import { distance, type Operand } from '../../testing/compare-kernels';
import { startNodeGpu } from '../../testing/node-gpu';
import type { GpuBackend } from '../gpu-backend';
import { convolutionShapes } from './convolution';

const started = await startNodeGpu('software');

/** What float32 sums in another order may be off by, beside the largest number of the result. */
const tolerance = 2e-6;

/** Compiling a shader for an emulated GPU takes seconds. */
const timeoutMs = 120_000;

const random = generator(7);
const floats = (...shape: number[]): Operand => ({
  shape,
  values: Float32Array.from({ length: product(shape) }, () => 2 * random() - 1),
});
const bytes = (...shape: number[]): Operand => ({
  shape,
  values: Int32Array.from({ length: product(shape) }, () => Math.floor(2 ** 32 * random())),
});
const product = (shape: number[]) => shape.reduce((all, length) => all * length, 1);

const count = fc.integer({ min: 1, max: 3 });
const side = fc.integer({ min: 1, max: 11 });
const few = fc.integer({ min: 1, max: 3 });
/** Numbers of channels: multiples of 4, or any. */
const channels = (vector: boolean, max: number, min = 1) =>
  fc.integer({ min, max }).map((number) => (vector ? 4 * Math.ceil(number / 4) : number));

describe.skipIf(!started)('on WebGPU as TensorFlow.js computes it, whatever the size', () => {
  let gpu: GpuBackend;
  beforeAll(() => {
    gpu = started?.gpu as GpuBackend;
  });
  afterAll(() => {
    expect(started?.takeErrors()).toEqual([]);
    // Nothing that a kernel was given stays.
    expect(tf.memory().numTensors).toBe(0);
  });

  interface Kind {
    what: string;
    parts?: ConvolutionPart[];
    vectorIn?: boolean;
    vectorOut?: boolean;
    stored?: Convolution['stored'];
    pointwise?: boolean;
    doubled?: boolean;
    prefix?: boolean;
    activation?: Activation;
    before?: Activation;
    /** So many workgroups keep this GPU busy: few for large tiles, many for small ones. */
    workgroups?: number;
    /**
     * Fewest and most channels of the result: how many decides on the tile, and each tile is another shader.
     */
    out?: [number, number];
  }
  const kinds: Kind[] = [
    { what: '3 by 3 and others', out: [61, 64] },
    { what: 'with any number of channels in and out', vectorIn: false, vectorOut: false, stored: 'float32' },
    { what: '1 by 1', pointwise: true, activation: 'relu', out: [29, 32] },
    { what: '1 by 1 with any number of channels', pointwise: true, vectorIn: false, vectorOut: false },
    { what: '1 by 1 of few pixels', pointwise: true, workgroups: 1e6, activation: 'swish', out: [61, 64] },
    {
      what: '1 by 1 with all that comes before and after it',
      pointwise: true,
      parts: ['entry', 'gate', 'residual'],
      before: 'relu',
      activation: 'relu',
    },
    { what: 'with a residual, channel by channel', parts: ['residual'], vectorOut: false, before: 'relu' },
    { what: 'into a slab, of some channels', parts: ['slab'], prefix: true, stored: 'float32' },
    { what: 'of a doubled image', doubled: true, parts: ['residual'], stored: 'float32', activation: 'relu' },
    {
      what: 'of a doubled image to any number of channels',
      doubled: true,
      vectorOut: false,
      stored: 'float32',
    },
  ];

  test.each(kinds)(
    'a convolution, $what',
    async ({ parts = [], vectorIn = true, vectorOut = true, stored = 'bytes', out = [1, 16], ...kind }) => {
      Object.assign(gpu, { workgroups: kind.workgroups ?? 1 });
      const { pointwise = false, doubled = false, prefix = false } = kind;
      const size = pointwise ? fc.constant([1, 1]) : doubled ? fc.constant([2, 2]) : fc.tuple(few, few);
      const plain = pointwise || doubled;
      const step = plain ? fc.constant([1, 1]) : fc.tuple(few, few);
      const sizes = fc.record({
        image: fc.tuple(count, side, side),
        channelsIn: channels(vectorIn, pointwise && kind.workgroups ? 400 : 20),
        more: channels(true, 9),
        channelsOut: channels(vectorOut, out[1], out[0]),
        size,
        strides: step,
        around: plain ? fc.constant([0, 0, 0, 0]) : fc.tuple(few, few, few, few),
        same: fc.boolean(),
      });
      const property = fc.asyncProperty(sizes, async (drawn) => {
        const { channelsIn, channelsOut, more } = drawn;
        const [top, left, bottom, right] = doubled ? [1, 1, 0, 0] : drawn.around;
        const how: Convolution = {
          parts: ['image', 'filter', 'affine', ...parts],
          size: drawn.size as [number, number],
          strides: drawn.strides as [number, number],
          dilations: [1, 1],
          padding: drawn.same && !doubled ? 'same' : ({ top, left, bottom, right } as never),
          channelsIn,
          channelsOut,
          stored,
          activation: kind.activation ?? 'linear',
          before: kind.before ?? 'linear',
          ...(prefix ? { prefix } : {}),
          ...(doubled ? { doubled } : {}),
          ...(parts.includes('slab') ? { slabOffset: more } : {}),
        };
        const image = [...drawn.image, channelsIn + (prefix ? more : 0)];
        const { result } = convolutionShapes(how, image);
        if (result.some((length) => length < 1)) return;
        const rows = product(how.size) * channelsIn * (doubled ? 4 : 1);
        const wide = fourfold(channelsOut);
        const operands: Record<ConvolutionPart, () => Operand> = {
          image: () => floats(...image),
          filter: () => (stored === 'bytes' ? bytes(rows, wide / 4) : floats(rows, wide)),
          affine: () => floats(2, wide),
          entry: () => floats(2, channelsIn),
          gate: () => floats(image[0] as number, channelsIn),
          residual: () => floats(...result),
          slab: () => floats(...result.slice(0, 3), more + channelsOut + more),
        };
        const inputs = how.parts.map((part) => operands[part]());
        expect(await distance('LentigoConvolution', how, inputs)).toBeLessThan(tolerance);
      });
      await fc.assert(property, { numRuns: 20, seed: 11 });
    },
    timeoutMs,
  );

  test.each([
    [[3, 3], 1, true],
    [[5, 5], 2, true],
    [[3, 2], 1, false],
  ] as const)(
    'each channel by itself: %s pixels, every %s, four channels at a time: %s',
    async (size, stride, vector) => {
      const sizes = fc.record({
        image: fc.tuple(count, side, side),
        number: channels(vector, 40),
        strideY: few,
        around: fc.tuple(few, few, few, few),
        same: fc.boolean(),
      });
      const property = fc.asyncProperty(sizes, async ({ image, number, strideY, around, same }) => {
        const [top, left, bottom, right] = around;
        const how: Depthwise = {
          parts: vector ? ['image', 'filter', 'bias'] : ['image', 'filter'],
          size: [...size],
          strides: [vector ? stride : strideY, stride],
          dilations: [1, 1],
          padding: same ? 'same' : { top, left, bottom, right },
          channels: number,
          activation: vector ? 'swish' : 'linear',
          before: vector ? 'linear' : 'relu',
        };
        const [, height, width] = image;
        if (!same && (height + top + bottom < size[0] || width + left + right < size[1])) return;
        // TensorFlow.js walks equally fast in both directions on its CPU back end.
        if (how.strides[0] !== how.strides[1]) return;
        const inputs = [floats(...image, number), floats(...size, number, 1), floats(number)];
        const distant = await distance('LentigoDepthwise', how, inputs.slice(0, how.parts.length));
        expect(distant).toBeLessThan(tolerance);
      });
      await fc.assert(property, { numRuns: 25, seed: 12 });
    },
    timeoutMs,
  );

  test.each([true, false])(
    'averages, four channels at a time: %s',
    async (vector) => {
      const sizes = fc.tuple(
        count,
        fc.integer({ min: 1, max: 70 }),
        side,
        channels(vector, 50),
        fc.boolean(),
      );
      const property = fc.asyncProperty(sizes, async ([images, height, width, number, keepsSides]) => {
        const image = floats(images, ...(keepsSides ? [height, width] : [height]), number);
        expect(await distance('LentigoAverage', { keepsSides }, [image])).toBeLessThan(tolerance);
      });
      await fc.assert(property, { numRuns: 20, seed: 13 });
    },
    timeoutMs,
  );

  // A gate's shader is made for its numbers of channels.
  test.each([
    [32, 8, ['bytes', 'bytes']],
    [21, 5, ['float32', 'bytes']],
    [1500, 300, ['bytes', 'float32']],
  ] as [number, number, Operations['LentigoGate']['stored']][])(
    'a gate of %s channels through %s',
    async (number, inner, stored) => {
      const activations: [Activation, Activation] = ['swish', 'sigmoid'];
      const layer = (from: number, to: number, kind: 'float32' | 'bytes') => [
        kind === 'bytes' ? bytes(from, fourfold(to) / 4) : floats(from, fourfold(to)),
        { shape: [2, fourfold(to)], values: floats(2, fourfold(to)).values.map((value) => value / 500) },
      ];
      for (const images of [1, 3]) {
        const inputs = [
          floats(images, 1, 1, number),
          ...layer(number, inner, stored[0]),
          ...layer(inner, number, stored[1]),
        ];
        const how = { channels: number, inner, stored, activations };
        expect(await distance('LentigoGate', how, inputs)).toBeLessThan(tolerance);
      }
    },
    timeoutMs,
  );

  test.each([
    [true, true],
    [false, false],
  ])(
    'a scale and a shift, gated: %s, four channels at a time: %s',
    async (gated, vector) => {
      const sizes = fc.tuple(count, side, side, channels(vector, 30));
      const property = fc.asyncProperty(sizes, async ([images, height, width, number]) => {
        const inputs = [floats(images, height, width, number), floats(2, number), floats(images, number)];
        const how = { gated, activation: 'relu' } as const;
        const distant = await distance('LentigoScaleShift', how, inputs.slice(0, gated ? 3 : 2));
        expect(distant).toBeLessThan(tolerance);
      });
      await fc.assert(property, { numRuns: 20, seed: 14 });
    },
    timeoutMs,
  );
});

test('the tile is smaller where there is little to do, and shares out long sums', async () => {
  const { tileFor } = await import('./convolution');
  expect(tileFor(112 * 112, 24, 8, 96)).toEqual({ columns: 8, rows: 16, rowsEach: 4, splits: 1 });
  expect(tileFor(14 * 14, 28, 20, 96)).toEqual({ columns: 4, rows: 8, rowsEach: 4, splits: 1 });
  expect(tileFor(7 * 7, 80, 288, 96)).toEqual({ columns: 8, rows: 8, rowsEach: 4, splits: 4 });
  expect(tileFor(7 * 7, 80, 288, 1)).toEqual({ columns: 16, rows: 16, rowsEach: 4, splits: 1 });
});
