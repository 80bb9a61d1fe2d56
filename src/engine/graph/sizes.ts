import { flag, integers, placeholderShape } from './attributes';
import type { Graph, GraphNode } from './graph';
import { sizeOf } from './graph';
import { likeFirst, reducing, stretched } from './known-operations';
import { paddedShape, reducedShape } from './shape-rules';
import {
  arithmetic,
  axisOf,
  fail,
  four,
  product,
  reshaped,
  type Size,
  SizeProblem,
  stretch,
  stridedSlice,
  windowed,
} from './size-rules';

/** More is no shape or list of axes. */
const mostValues = 64;

/**
 * The size of one node, from those of its inputs in their order; of a placeholder, from `fed`. Throws
 * `SizeProblem`.
 */
export function sizeOfNode(
  node: GraphNode,
  inputs: readonly Size[],
  { weights }: Pick<Graph, 'weights'>,
  fed: ReadonlyMap<string, readonly number[]>,
): Size {
  const weight = weights.get(node.name);
  if (node.op === 'Const') {
    if (!weight) throw new SizeProblem('has no weights');
    const few = weight.dtype === 'int32' && sizeOf(weight.shape) <= mostValues;
    return { shape: weight.shape, work: 0, ...(few && { values: [...weight.values()] }) };
  }
  if (node.op === 'Placeholder') {
    const shape = fed.get(node.name) ?? fail('is no input of the card');
    const declared = placeholderShape(node);
    // -1 is a length that is not fixed.
    const fits = declared?.every((length, axis) => length === -1 || length === shape[axis]) ?? true;
    if (!fits || (declared && declared.length !== shape.length))
      fail(`takes [${declared}], and the card gives [${shape}]`);
    return { shape, work: 0 };
  }
  if (node.op === 'NoOp') return { shape: [], work: 0 };
  const at = (index: number) => inputs[index] ?? fail(`needs ${index + 1} inputs or more`);
  const valuesAt = (index: number) => at(index).values ?? fail('depends on what only a run can know');
  const x = at(0).shape;
  const plain = (shape: readonly number[], values?: readonly number[]): Size => ({
    shape,
    work: sizeOf(shape),
    ...(values && { values }),
  });
  if (likeFirst.has(node.op)) return plain(x, at(0).values);
  if (stretched.has(node.op))
    return plain(stretch(x, at(1).shape), arithmetic(node.op, at(0).values, at(1).values));
  if (reducing.has(node.op)) {
    const axes = valuesAt(1).map((axis) => axisOf(axis, x.length));
    const shape = reducedShape(x, axes, flag(node, 'keep_dims'));
    const { values } = at(0);
    const product =
      node.op === 'Prod' && shape.length === 0 && values?.reduce((all, value) => all * value, 1);
    return { shape, work: sizeOf(x), ...(typeof product === 'number' && { values: [product] }) };
  }
  switch (node.op) {
    case 'AddN':
      return plain(inputs.map(({ shape }) => shape).reduce(stretch));
    case 'Select':
    case 'SelectV2':
      return plain(stretch(stretch(x, at(1).shape), at(2).shape));
    case 'Conv2D':
    case '_FusedConv2D': {
      const [height, width, channelsIn, channelsOut] = four(at(1).shape);
      if (x[3] !== channelsIn) fail(`has ${x[3]} channels and a filter for ${channelsIn}`);
      const shape = windowed(node, x, [height, width], channelsOut);
      return { shape, work: sizeOf(shape) * height * width * channelsIn };
    }
    case 'DepthwiseConv2dNative':
    case 'FusedDepthwiseConv2dNative': {
      const [height, width, channels, times] = four(at(1).shape);
      if (x[3] !== channels) fail(`has ${x[3]} channels and a filter for ${channels}`);
      const shape = windowed(node, x, [height, width], channels * times);
      return { shape, work: sizeOf(shape) * height * width };
    }
    case 'MaxPool':
    case 'AvgPool': {
      const [, height = 0, width = 0] = integers(node, 'ksize');
      const shape = windowed(node, x, [height, width], four(x)[3]);
      return { shape, work: sizeOf(shape) * height * width };
    }
    case 'MatMul':
    case '_FusedMatMul':
      return product(x, at(1).shape, flag(node, 'transpose_a'), flag(node, 'transpose_b'));
    case 'BatchMatMul':
    case 'BatchMatMulV2':
      return product(x, at(1).shape, flag(node, 'adj_x'), flag(node, 'adj_y'));
    case 'Transpose': {
      const order = valuesAt(1);
      if ([...order].sort((a, b) => a - b).join() !== [...x.keys()].join()) fail('is no order of its axes');
      return plain(order.map((axis) => x[axis] as number));
    }
    case 'Reshape':
      return plain(reshaped(x, valuesAt(1)), at(0).values);
    case 'Squeeze': {
      const axes = integers(node, 'squeeze_dims').map((axis) => axisOf(axis, x.length));
      const goes = (length: number, axis: number) =>
        length === 1 && (axes.length === 0 || axes.includes(axis));
      return plain(
        x.filter((length, axis) => !goes(length, axis)),
        at(0).values,
      );
    }
    case 'ExpandDims': {
      const [axis = 0] = valuesAt(1);
      return plain(x.toSpliced(axisOf(axis, x.length + 1), 0, 1), at(0).values);
    }
    case 'ConcatV2': {
      const parts = inputs.slice(0, -1);
      const [axis = 0] = valuesAt(inputs.length - 1);
      const along = axisOf(axis, x.length);
      for (const { shape } of parts)
        if (shape.length !== x.length || shape.some((length, i) => i !== along && length !== x[i]))
          fail('joins parts that do not fit');
      const length = parts.reduce((sum, { shape }) => sum + (shape[along] as number), 0);
      const values = parts.flatMap((part) => part.values ?? Number.NaN);
      return plain(x.with(along, length), values.some(Number.isNaN) ? undefined : values);
    }
    case 'Pack': {
      const values = inputs.flatMap((part) => part.values ?? Number.NaN);
      const axis = axisOf(Number((node.attr?.axis as { i?: unknown })?.i ?? 0), x.length + 1);
      return plain(x.toSpliced(axis, 0, inputs.length), values.some(Number.isNaN) ? undefined : values);
    }
    case 'Slice': {
      const [begin, size] = [valuesAt(1), valuesAt(2)];
      return plain(
        x.map((length, axis) => (size[axis] === -1 ? length - (begin[axis] ?? 0) : (size[axis] ?? 0))),
      );
    }
    case 'StridedSlice':
      return stridedSlice(node, at(0), [valuesAt(1), valuesAt(2), valuesAt(3)]);
    case 'Tile':
      return plain(x.map((length, axis) => length * (valuesAt(1)[axis] ?? 0)));
    case 'Pad':
    case 'PadV2':
    case 'MirrorPad':
      return plain(paddedShape(x, valuesAt(1)));
    case 'ResizeBilinear':
    case 'ResizeNearestNeighbor': {
      const [height = 0, width = 0] = valuesAt(1);
      const [count, , , channels] = four(x);
      return plain([count, height, width, channels]);
    }
    case 'DepthToSpace': {
      const block = Number((node.attr?.block_size as { i?: unknown })?.i ?? 0);
      const [count, height, width, channels] = four(x);
      return plain([count, height * block, width * block, channels / block ** 2]);
    }
    case 'Shape':
      return { shape: [x.length], work: 0, values: x };
    case 'Rank':
      return { shape: [], work: 0, values: [x.length] };
    case 'Size':
      return { shape: [], work: 0, values: [sizeOf(x)] };
    case 'ArgMax':
    case 'ArgMin': {
      const [axis = 0] = valuesAt(1);
      return plain(x.toSpliced(axisOf(axis, x.length), 1));
    }
    default:
      return fail(`the operation ${node.op} is not known here`);
  }
}
