import { text } from './attributes';
import type { GraphNode } from './graph';
import { sizeOf } from './graph';
import { broadcastShape } from './shape-rules';
import { walk, windowOf } from './window';

/** What a node comes to, for one image. */
export interface Size {
  shape: readonly number[];
  /** Multiplications, about. */
  work: number;
  /** The numbers themselves, where they are few, whole and known before anything runs: shapes and axes. */
  values?: readonly number[];
}

/** Thrown where a size cannot be known, or makes no sense. */
export class SizeProblem extends Error {}

export function fail(problem: string): never {
  throw new SizeProblem(problem);
}

export function axisOf(axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  return at >= 0 && at < rank ? at : fail(`has no axis ${axis}`);
}

export const four = (shape: readonly number[]) =>
  shape.length === 4
    ? (shape as readonly [number, number, number, number])
    : fail(`needs four axes and has ${shape.length}`);

export const stretch = (a: readonly number[], b: readonly number[]) =>
  broadcastShape(a, b) ?? fail(`[${a}] and [${b}] do not fit`);

/** Of shapes, as exported graphs reckon them. */
export function arithmetic(op: string, a: Size['values'], b: Size['values']): Size['values'] {
  const [first, second] = [a?.[0], b?.[0]];
  if (a?.length !== 1 || b?.length !== 1 || first === undefined || second === undefined) return undefined;
  const rules: Record<string, number> = {
    Mul: first * second,
    Add: first + second,
    AddV2: first + second,
    Sub: first - second,
  };
  const value = rules[op];
  return value === undefined ? undefined : [value];
}

/** A window may reach so far: no image here is larger. */
const longestReach = 4096;

export function windowed(
  node: GraphNode,
  image: readonly number[],
  size: [number, number],
  channels: number,
): readonly number[] {
  const [count, height, width] = four(image);
  const window =
    windowOf(node, size) ??
    fail(`its padding or data format is none of those known (${text(node, 'padding')})`);
  const { strides, dilations, padding } = window;
  const sides = padding === 'same' ? [] : Object.values(padding);
  for (const [name, numbers, least] of [
    ['filter', size, 1],
    ['strides', strides, 1],
    ['dilations', dilations, 1],
    ['explicit_paddings', sides, 0],
  ] as const) {
    if (numbers.some((number) => !Number.isInteger(number) || number < least || number > longestReach))
      fail(`${name}: [${numbers}] is out of bounds`);
  }
  for (const axis of [0, 1] as const) {
    const reach = (size[axis] - 1) * dilations[axis] + 1;
    if (reach > longestReach) fail(`dilations: its filter would reach over ${reach} pixels`);
  }
  const result = walk(window, [height, width]);
  return [count, result.height, result.width, channels];
}

export function product(a: readonly number[], b: readonly number[], turnA: boolean, turnB: boolean): Size {
  if (a.length < 2 || b.length < 2) fail('multiplies what is no matrix');
  const sides = (shape: readonly number[], turn: boolean) => {
    const [rows, columns] = shape.slice(-2) as [number, number];
    return turn ? [columns, rows] : [rows, columns];
  };
  const [rows = 0, inner = 0] = sides(a, turnA);
  const [innerB = 0, columns = 0] = sides(b, turnB);
  if (inner !== innerB) fail(`[${a}] and [${b}] do not fit`);
  const shape = [...stretch(a.slice(0, -2), b.slice(0, -2)), rows, columns];
  return { shape, work: sizeOf(shape) * inner };
}

export function reshaped(shape: readonly number[], wanted: readonly number[]): readonly number[] {
  const known = sizeOf(wanted.filter((length) => length !== -1));
  const result = wanted.map((length) => (length === -1 ? sizeOf(shape) / known : length));
  if (sizeOf(result) !== sizeOf(shape)) fail(`[${shape}] does not become [${wanted}]`);
  return result;
}

/** With the masks that exported graphs use: begin, end and shrunk axes. */
export function stridedSlice(
  node: GraphNode,
  x: Size,
  [begin, end, strides]: [readonly number[], readonly number[], readonly number[]],
): Size {
  const mask = (name: string) => Number((node.attr?.[name] as { i?: unknown })?.i ?? 0);
  if (mask('ellipsis_mask') || mask('new_axis_mask')) fail('has a mask that is not known here');
  const shape: number[] = [];
  let range: [number, number, number] = [0, 0, 1];
  for (const [axis, length] of x.shape.entries()) {
    const step = strides[axis] ?? 1;
    if (step < 1) fail('goes backwards');
    const clip = (at: number) => Math.min(length, Math.max(0, at < 0 ? at + length : at));
    const from = axis >= begin.length || (mask('begin_mask') >> axis) & 1 ? 0 : clip(begin[axis] as number);
    const to = axis >= end.length || (mask('end_mask') >> axis) & 1 ? length : clip(end[axis] as number);
    const shrinks = (mask('shrink_axis_mask') >> axis) & 1;
    range = [from, shrinks ? from + 1 : to, step];
    if (!shrinks) shape.push(Math.max(0, Math.ceil((to - from) / step)));
  }
  const [from, to, step] = range;
  const values =
    x.shape.length === 1 ? x.values?.slice(from, to).filter((_, index) => index % step === 0) : undefined;
  return { shape, work: sizeOf(shape), ...(values && { values }) };
}
