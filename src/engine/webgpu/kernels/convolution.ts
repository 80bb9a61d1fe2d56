import type { TensorInfo } from '@tensorflow/tfjs-core';
import type { Convolution, ConvolutionPart } from '../../graph/operations';
import { walk } from '../../graph/window';
import { type Program, spread } from '../program';
import { convolutionParams, convolutionShader } from './convolution-shader';
import type { ConvolutionVariant, Tile } from './convolution-variant';

/** The shape of the result, and of the tensor that holds it. */
export function convolutionShapes(how: Convolution, image: readonly number[], slab?: readonly number[]) {
  const [count = 0, height = 0, width = 0] = image;
  const { top, left, ...small } = walk(how, [height, width]);
  const times = how.doubled ? 2 : 1;
  // Four results, each as large as the image.
  const [rows, columns] = how.doubled ? [height, width] : [small.height, small.width];
  const result = [count, times * rows, times * columns, how.channelsOut];
  return { result, held: slab ? [...slab] : result, rows, columns, top, left };
}

/**
 * The program for a convolution of tensors of these shapes, on a GPU that so many workgroups keep busy.
 * Throws where the shapes do not fit.
 */
export function convolutionProgram(
  how: Convolution,
  shapes: Partial<Record<ConvolutionPart, readonly number[]>>,
  workgroups: number,
): Program {
  const { image = [], residual, slab } = shapes;
  const { result, held, rows, columns, top, left } = convolutionShapes(how, image, slab);
  check(how, image, result, residual, slab);
  const [count = 0, height = 0, width = 0, channels = 0] = image;
  const [kernelHeight, kernelWidth] = how.size;
  const heldChannels = held[3] as number;
  const offset = how.slabOffset ?? 0;
  const vectorIn = how.channelsIn % 4 === 0 && channels % 4 === 0;
  const vectorOut = [how.channelsOut, heldChannels, offset].every((number) => number % 4 === 0);
  const depth = kernelHeight * kernelWidth * how.channelsIn;
  const steps = Math.ceil(depth / 4);
  const pixels = count * rows * columns;
  const outColumns = Math.ceil(how.channelsOut / 4);
  const tile = tileFor(pixels * (how.doubled ? 4 : 1), outColumns, steps, workgroups);
  const variant: ConvolutionVariant = {
    tile,
    pointwise: isPointwise(how),
    vectorIn,
    vectorOut,
    stored: how.stored,
    entry: how.parts.includes('entry'),
    before: how.before,
    gate: how.parts.includes('gate'),
    residual: how.parts.includes('residual'),
    activation: how.activation,
    doubled: how.doubled ?? false,
  };
  const params: Record<(typeof convolutionParams)[number], number> = {
    pixels,
    steps,
    depth,
    channelsIn: how.channelsIn,
    imageHeight: height,
    imageWidth: width,
    imageStride: vectorIn ? channels / 4 : channels,
    resultHeight: rows,
    resultWidth: columns,
    resultStride: vectorOut ? heldChannels / 4 : heldChannels,
    resultOffset: vectorOut ? offset / 4 : offset,
    channelsOut: how.channelsOut,
    columns: outColumns,
    kernelHeight,
    kernelWidth,
    strideY: how.strides[0],
    strideX: how.strides[1],
    dilationY: how.dilations[0],
    dilationX: how.dilations[1],
    top,
    left,
  };
  const across = Math.ceil(outColumns / tile.columns);
  const along = Math.ceil(pixels / (tile.rows * tile.rowsEach));
  return {
    key: `convolution ${JSON.stringify(variant)}`,
    shader: () => convolutionShader(variant),
    params: convolutionParams.map((name) => params[name]),
    workgroups: spread(across, along, how.doubled ? 4 : 1),
  };
}

function isPointwise({ size, strides, padding, doubled }: Convolution): boolean {
  const ones = [...size, ...strides].every((length) => length === 1);
  const none = padding === 'same' || Object.values(padding).every((side) => side === 0);
  return ones && none && !doubled;
}

/**
 * The tile that leaves few threads without work and makes workgroups enough to keep the GPU busy: smaller
 * ones where large ones would be too few, although each reads more; for few and long sums one that shares
 * them out.
 */
export function tileFor(pixels: number, columns: number, steps: number, enough: number): Tile {
  const wide = [16, 8, 4].map((width) => ({ width, idle: Math.ceil(columns / width) * width - columns }));
  const minIdle = Math.min(...wide.map(({ idle }) => idle));
  const width = wide.find(({ idle }) => idle === minIdle)?.width ?? 8;
  const workgroups = (tile: Tile) =>
    Math.ceil(columns / tile.columns) * Math.ceil(pixels / (tile.rows * tile.rowsEach));
  const large: Tile = { columns: width, rows: 16, rowsEach: 4, splits: 1 };
  if (workgroups(large) >= enough) return large;
  const small: Tile = { columns: Math.min(width, 8), rows: 8, rowsEach: 4, splits: 1 };
  const long = steps >= 64 && workgroups(small) < enough;
  return long ? { ...small, splits: 4 } : small;
}

function check(
  how: Convolution,
  image: readonly number[],
  result: readonly number[],
  residual: readonly number[] | undefined,
  slab: readonly number[] | undefined,
): void {
  const channels = image[3] ?? 0;
  if (image.length !== 4 || (how.prefix ? channels < how.channelsIn : channels !== how.channelsIn))
    throw new Error(`a convolution of ${how.channelsIn} channels is given an image of shape ${image}`);
  if (residual && residual.join() !== result.join())
    throw new Error(`a convolution to ${result} is to be added to ${residual}`);
  const room = slab ? slab.slice(0, 3).join() === result.slice(0, 3).join() : true;
  if (!room || (slab && (slab[3] ?? 0) < (how.slabOffset ?? 0) + how.channelsOut))
    throw new Error(`a convolution to ${result} does not fit into ${slab}`);
}

/** The parts of a convolution by their names, of a node's inputs. */
export function partsOf<Part extends string>(
  parts: readonly Part[],
  inputs: readonly TensorInfo[],
): Partial<Record<Part, TensorInfo>> {
  return Object.fromEntries(parts.map((part, index) => [part, inputs[index]])) as Partial<
    Record<Part, TensorInfo>
  >;
}
