import { sizeOf } from '../../graph/graph';
import { joined, reshaped, squeezed, transposed } from '../operations';
import { type Constant, floatConstant, permuted, wholeConstant } from './constant';
import type { OnnxNode } from './file';
import type { Rule } from './images';
import {
  axesOf,
  axisInImage,
  axisOf,
  fromImage,
  integerAttribute,
  integersAttribute,
  nameOf,
  refuse,
  type Translator,
  toImage,
} from './translator';

/** Operators that move and join axes. */

const same = (a: readonly number[], b: readonly number[]) => a.join() === b.join();

function reshapeTo(t: Translator, node: OnnxNode, shape: readonly number[]): void {
  const value = t.value(node, 0);
  const from = t.shape(value);
  if (sizeOf(from) !== sizeOf(shape) || shape.some((length) => !Number.isInteger(length) || length < 1))
    refuse(node, `[${from}] does not become [${shape}]`);
  if ('constant' in value) t.set(node.outputs[0], { constant: { ...value.constant, shape: [...shape] } });
  else {
    if (shape.length === 0) refuse(node, 'leaves no axis for the images');
    t.give(node, reshaped(t.builder, nameOf(node), t.asPlain(value), shape.slice(1)), 'plain');
  }
}

const reshape: Rule = (t, node) => {
  const from = t.shape(t.value(node, 0));
  const wanted = t.has(node, 1) ? t.integers(node, 1) : (integersAttribute(node, 'shape') ?? []);
  const copies = integerAttribute(node, 'allowzero', 0) !== 1;
  const shape = wanted.map((length, axis) => (length === 0 && copies ? (from[axis] ?? 0) : length));
  const known = sizeOf(shape.filter((length) => length !== -1));
  reshapeTo(
    t,
    node,
    shape.map((length) => (length === -1 ? sizeOf(from) / known : length)),
  );
};

const transpose: Rule = (t, node) => {
  const value = t.value(node, 0);
  const rank = t.shape(value).length;
  const given = integersAttribute(node, 'perm') ?? Array.from({ length: rank }, (_, at) => rank - 1 - at);
  const order = given.map((axis) => axisOf(node, axis, rank));
  if (order.length !== rank || new Set(order).size !== rank) refuse(node, `perm is [${given}]`);
  if ('constant' in value) return t.set(node.outputs[0], { constant: permuted(value.constant, order) });
  if (order[0] !== 0) refuse(node, 'moves the axis of the images');
  if (value.layout === 'image' && same(order, toImage)) t.give(node, value.tensor, 'plain');
  else if (value.layout === 'plain' && same(order, fromImage)) t.give(node, value.tensor, 'image');
  else t.give(node, transposed(t.builder, nameOf(node), t.asPlain(value), order), 'plain');
};

const concat: Rule = (t, node) => {
  const parts = node.inputs.map((_, index) => t.value(node, index));
  const [first] = parts;
  if (!first) return refuse(node, 'joins nothing');
  const axis = axisOf(node, integerAttribute(node, 'axis', 0), t.shape(first).length);
  if (parts.every((part) => 'constant' in part)) {
    const constants = parts.map((part) => (part as { constant: Constant }).constant);
    t.set(node.outputs[0], { constant: joinedConstants(node, constants, axis) });
    return;
  }
  if (axis === 0) refuse(node, 'joins images with each other');
  const images = parts.some((part) => 'tensor' in part && part.layout === 'image');
  const names = parts.map((part) => (images ? t.asImage(part) : t.asPlain(part)));
  const at = images ? axisInImage(axis) : axis;
  const [only = ''] = names;
  const name = names.length === 1 ? only : joined(t.builder, nameOf(node), names, at);
  t.give(node, name, images ? 'image' : 'plain');
};

function joinedConstants(node: OnnxNode, parts: readonly Constant[], axis: number): Constant {
  if (axis !== 0) refuse(node, 'joins constants along another axis than the first');
  const [first] = parts;
  const rest = first?.shape.slice(1) ?? [];
  if (parts.some(({ shape }) => shape.length === 0 || !same(shape.slice(1), rest)))
    refuse(node, 'joins constants that do not fit');
  const length = parts.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const values = parts.flatMap((part) => Array.from(part.values));
  const whole = parts.every((part) => part.whole);
  return whole
    ? wholeConstant([length, ...rest], values)
    : floatConstant([length, ...rest], Float32Array.from(values));
}

/** Of [begin, end) along some axes. */
function sliceOf(
  t: Translator,
  node: OnnxNode,
  output: string | undefined,
  ranges: ReadonlyMap<number, readonly [number, number]>,
): void {
  const value = t.value(node, 0);
  const shape = t.shape(value);
  const begin = shape.map((_, axis) => ranges.get(axis)?.[0] ?? 0);
  const size = shape.map((length, axis) => (ranges.get(axis)?.[1] ?? length) - (begin[axis] as number));
  if (size.some((length) => length < 1)) refuse(node, 'takes nothing');
  if ('constant' in value) {
    const [axis, ...others] = [...ranges.keys()];
    if (axis !== 0 || others.length > 0) refuse(node, 'cuts a constant along another axis than the first');
    const row = sizeOf(shape.slice(1));
    const from = (begin[0] as number) * row;
    const values = value.constant.values.slice(from, from + (size[0] as number) * row);
    t.set(output, { constant: { ...value.constant, values, shape: size } });
    return;
  }
  if (size[0] !== shape[0]) refuse(node, 'takes some of the images');
  const order = value.layout === 'image' ? toImage : shape.map((_, axis) => axis);
  const [from, lengths] = [begin, size].map((numbers) => order.map((axis) => numbers[axis] as number));
  // However many images there are.
  const inputs = [t.builder.integers(from ?? []), t.builder.integers([-1, ...(lengths ?? []).slice(1)])];
  const name = t.builder.add('Slice', nameOf(node), [value.tensor, ...inputs]);
  t.set(output, { tensor: name, layout: value.layout });
}

const slice: Rule = (t, node) => {
  const shape = t.shape(t.value(node, 0));
  const listed = (index: number, name: string) =>
    t.has(node, index) ? t.integers(node, index) : integersAttribute(node, name);
  const [starts, ends] = [listed(1, 'starts') ?? [], listed(2, 'ends') ?? []];
  const axes = listed(3, 'axes') ?? starts.map((_, at) => at);
  const steps = listed(4, 'steps') ?? [];
  if (steps.some((step) => step !== 1)) refuse(node, 'takes steps other than 1');
  const ranges = new Map<number, [number, number]>();
  axes.forEach((given, at) => {
    const axis = axisOf(node, given, shape.length);
    const length = shape[axis] as number;
    const inside = (number = 0) => Math.min(length, Math.max(0, number < 0 ? number + length : number));
    ranges.set(axis, [inside(starts[at]), inside(ends[at])]);
  });
  sliceOf(t, node, node.outputs[0], ranges);
};

const split: Rule = (t, node) => {
  const shape = t.shape(t.value(node, 0));
  const axis = axisOf(node, integerAttribute(node, 'axis', 0), shape.length);
  const length = shape[axis] as number;
  const count = node.outputs.length;
  const given = t.has(node, 1) ? t.integers(node, 1) : integersAttribute(node, 'split');
  const each = Math.ceil(length / count);
  const sizes = given ?? node.outputs.map((_, at) => Math.min(each, length - at * each));
  if (sizes.length !== count || sizes.reduce((sum, size) => sum + size, 0) !== length)
    refuse(node, `splits ${length} into [${sizes.slice(0, 16)}]`);
  let at = 0;
  for (const [index, output] of node.outputs.entries()) {
    const end = at + (sizes[index] as number);
    sliceOf(t, node, output, new Map([[axis, [at, end] as const]]));
    at = end;
  }
};

const gather: Rule = (t, node) => {
  const value = t.value(node, 0);
  const shape = t.shape(value);
  const axis = axisOf(node, integerAttribute(node, 'axis', 0), shape.length);
  const indices = t.constant(node, 1);
  const length = shape[axis] as number;
  const places = Array.from(indices.values, (index) => (index < 0 ? index + length : index));
  if (places.some((place) => !Number.isInteger(place) || place < 0 || place >= length))
    refuse(node, `takes [${places.slice(0, 16)}] of ${length}`);
  if ('constant' in value && axis === 0 && shape.length === 1) {
    const values = places.map((place) => value.constant.values[place] as number);
    const constant = value.constant.whole
      ? wholeConstant(indices.shape, values)
      : floatConstant(indices.shape, Float32Array.from(values));
    t.set(node.outputs[0], { constant });
    return;
  }
  const [place = 0] = places;
  if (indices.shape.length !== 0 || 'constant' in value || axis === 0)
    refuse(node, 'is only run for one place of an axis');
  const cut = `${nameOf(node)}/cut`;
  sliceOf(t, node, cut, new Map([[axis, [place, place + 1] as const]]));
  const part = t.asPlain(t.byName(cut, node.path));
  t.give(node, reshaped(t.builder, nameOf(node), part, shape.toSpliced(axis, 1).slice(1)), 'plain');
};

const squeeze: Rule = (t, node) => {
  const value = t.value(node, 0);
  const shape = t.shape(value);
  const axes =
    axesOf(t, node, 1, shape.length) ?? shape.flatMap((length, axis) => (length === 1 ? [axis] : []));
  if ('constant' in value || !(value.layout === 'image' && axes.includes(2) && axes.includes(3))) {
    const gone = 'constant' in value ? axes : axes.filter((axis) => axis !== 0);
    return reshapeTo(
      t,
      node,
      shape.filter((_, axis) => !gone.includes(axis)),
    );
  }
  const inImage = axes.filter((axis) => axis !== 0).map(axisInImage);
  t.give(node, squeezed(t.builder, nameOf(node), value.tensor, inImage), 'plain');
};

const unsqueeze: Rule = (t, node) => {
  const shape = t.shape(t.value(node, 0));
  const added = (t.has(node, 1) ? t.integers(node, 1) : integersAttribute(node, 'axes')) ?? [];
  const rank = shape.length + added.length;
  const axes = new Set(added.map((axis) => axisOf(node, axis, rank)));
  const rest = [...shape];
  reshapeTo(
    t,
    node,
    Array.from({ length: rank }, (_, axis) => (axes.has(axis) ? 1 : (rest.shift() ?? 1))),
  );
};

export const shapingRules: Record<string, Rule> = {
  Reshape: reshape,
  Transpose: transpose,
  Concat: concat,
  Slice: slice,
  Split: split,
  Gather: gather,
  Squeeze: squeeze,
  Unsqueeze: unsqueeze,
  Flatten(t, node) {
    const shape = t.shape(t.value(node, 0));
    const given = integerAttribute(node, 'axis', 1);
    const axis = given < 0 ? given + shape.length : given;
    reshapeTo(t, node, [sizeOf(shape.slice(0, axis)), sizeOf(shape.slice(axis))]);
  },
  Shape(t, node) {
    const shape = t.shape(t.value(node, 0));
    const part = shape.slice(integerAttribute(node, 'start', 0), integerAttribute(node, 'end', shape.length));
    t.set(node.outputs[0], { constant: wholeConstant([part.length], part) });
  },
  Constant(t, node) {
    const { attributes } = node;
    const constant =
      attributes.get('value')?.tensor ??
      (attributes.has('value_float')
        ? floatConstant([], Float32Array.of(attributes.get('value_float')?.float ?? 0))
        : null) ??
      (attributes.has('value_int') ? wholeConstant([], [attributes.get('value_int')?.integer ?? 0]) : null) ??
      listed(attributes.get('value_ints')?.integers, wholeConstant) ??
      listed(attributes.get('value_floats')?.floats, (shape, values) =>
        floatConstant(shape, Float32Array.from(values)),
      );
    if (!constant) return refuse(node, 'has no value that is read here');
    t.set(node.outputs[0], { constant });
  },
  ConstantOfShape(t, node) {
    const shape = t.integers(node, 0);
    const value = node.attributes.get('value')?.tensor ?? floatConstant([1], Float32Array.of(0));
    const size = t.reserve(node, shape);
    const values = value.whole ? new Float64Array(size) : new Float32Array(size);
    values.fill(value.values[0] ?? 0);
    t.set(node.outputs[0], { constant: { shape, values, whole: value.whole } });
  },
  Identity: (t, node) => t.set(node.outputs[0], t.value(node, 0)),
  Dropout: (t, node) => t.set(node.outputs[0], t.value(node, 0)),
};

const listed = (
  numbers: number[] | undefined,
  make: (shape: number[], values: number[]) => Constant,
): Constant | null => (numbers ? make([numbers.length], numbers) : null);
