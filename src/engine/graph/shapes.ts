import { flag, integers, placeholderShape } from './attributes';
import type { Graph, GraphNode } from './graph';
import { operationOf } from './operations';
import { broadcastShape, paddedShape, reducedShape, type Shape } from './shape-rules';
import { type Window, walk, windowOf } from './window';

/**
 * The shapes of all nodes whose shape can be known before anything runs; absent for the others. Rewrites that
 * need to know that two tensors are of one shape ask here, and leave alone what they cannot know.
 */
export function inferShapes({ nodes, weights }: Graph): Map<string, Shape> {
  const byName = new Map(nodes.map((node) => [node.name, node]));
  const shapes = new Map<string, Shape | null>();

  function shapeOf(name: string): Shape | null {
    const known = shapes.get(name);
    if (known !== undefined) return known;
    // A graph that runs in a circle has no shapes.
    shapes.set(name, null);
    const node = byName.get(name);
    const shape = node ? infer(node) : null;
    shapes.set(name, shape);
    return shape;
  }

  function infer(node: GraphNode): Shape | null {
    const weight = weights.get(node.name);
    if (weight) return weight.shape;
    if (node.op === 'Placeholder') return placeholderShape(node);
    const [first = '', second = ''] = node.input ?? [];
    const constant = (name: string | undefined) => constantOf(weights.get(name ?? '')?.values());
    const x = () => shapeOf(first);
    if (sameShape.has(node.op)) return x();
    if (broadcast.has(node.op)) return both(x(), shapeOf(second), broadcastShape);
    switch (node.op) {
      case 'Conv2D':
      case '_FusedConv2D':
        return filtered(node, x(), shapeOf(second), ([, , , channels]) => channels);
      case 'DepthwiseConv2dNative':
      case 'FusedDepthwiseConv2dNative':
        return filtered(node, x(), shapeOf(second), ([, , channels = 0, times = 0]) => channels * times);
      case 'MaxPool':
      case 'AvgPool':
        return pooled(node, x());
      case 'PadV2':
      case 'Pad':
        return both(x(), constant(second), paddedShape);
      case 'Tile':
        return repeated(x(), constant(second));
      case 'ConcatV2': {
        const [axis] = constant(node.input?.at(-1)) ?? [];
        return joined(node.input?.slice(0, -1).map(shapeOf) ?? [], axis);
      }
      case 'ResizeNearestNeighbor':
      case 'ResizeBilinear':
        return resized(x(), constant(second));
      case 'Mean':
      case 'Sum':
      case 'Max':
      case 'Min':
        return both(x(), constant(second), (shape, axes) =>
          reducedShape(shape, axes, flag(node, 'keep_dims')),
        );
      case 'Reshape':
        return reshaped(x(), constant(second));
      default:
        return ownShape(node, x());
    }
  }

  for (const { name } of nodes) shapeOf(name);
  return new Map([...shapes].flatMap(([name, shape]) => (shape ? [[name, shape]] : [])));
}

/** Both known, and the same. */
export const sameAs = (a: Shape | undefined, b: Shape | undefined): boolean =>
  a !== undefined && b !== undefined && a.length === b.length && a.every((length, i) => length === b[i]);

const sameShape = new Set([
  'Identity',
  'Relu',
  'Relu6',
  'Sigmoid',
  'Tanh',
  'Elu',
  'LeakyRelu',
  'Square',
  'Sqrt',
  'Exp',
  'Neg',
  'Softmax',
]);
const broadcast = new Set(['Mul', 'Add', 'AddV2', 'Sub', 'RealDiv', 'Maximum', 'Minimum']);

/** What a rule makes of two things that may not be known. */
const both = <A, B>(a: A | null, b: B | null, rule: (a: A, b: B) => Shape | null): Shape | null =>
  a && b && rule(a, b);

const constantOf = (values: ArrayLike<number> | undefined) => (values ? Array.from(values) : null);

function filtered(
  node: GraphNode,
  image: Shape | null,
  filter: Shape | null,
  channelsOf: (filter: Shape) => number | undefined,
): Shape | null {
  const [height, width] = filter ?? [];
  const channels = filter && channelsOf(filter);
  if (height === undefined || width === undefined || channels == null) return null;
  return walked(node, image, [height, width], channels);
}

function pooled(node: GraphNode, image: Shape | null): Shape | null {
  const [, height, width] = integers(node, 'ksize');
  if (height === undefined || width === undefined) return null;
  return walked(node, image, [height, width], image?.[3] ?? Number.NaN);
}

function walked(
  node: GraphNode,
  image: Shape | null,
  size: [number, number],
  channels: number,
): Shape | null {
  const window = windowOf(node, size);
  return window && walkedBy(window, image, channels);
}

function walkedBy(window: Window, image: Shape | null, channels: number): Shape | null {
  const [count = -1, height = -1, width = -1] = image ?? [];
  if (image?.length !== 4 || height < 0 || width < 0) return null;
  const result = walk(window, [height, width]);
  return [count, result.height, result.width, channels];
}

/** Of the operations that the rewrites put in. */
function ownShape(node: GraphNode, image: Shape | null): Shape | null {
  const convolution = operationOf('LentigoConvolution', node);
  // What grows in a slab is of no rewrite's interest any more.
  if (convolution?.slabOffset !== undefined || convolution?.prefix) return null;
  if (convolution) {
    const walked = walkedBy(convolution, image, convolution.channelsOut);
    return walked && convolution.doubled
      ? walked.map((length, axis) => (axis % 3 ? 2 * length : length))
      : walked;
  }
  const depthwise = operationOf('LentigoDepthwise', node);
  if (depthwise) return walkedBy(depthwise, image, depthwise.channels);
  const average = operationOf('LentigoAverage', node);
  if (average && image)
    return image.flatMap((length, axis) =>
      axis === 0 || axis === image.length - 1 ? [length] : average.keepsSides ? [1] : [],
    );
  return node.op === 'LentigoGate' || node.op === 'LentigoScaleShift' ? image : null;
}

function repeated(shape: Shape | null, times: number[] | null): Shape | null {
  if (!shape || times?.length !== shape.length || (shape[0] === -1 && times[0] !== 1)) return null;
  return shape.map((length, axis) => length * (times[axis] as number));
}

function joined(parts: (Shape | null)[], axis: number | undefined): Shape | null {
  const [first] = parts;
  if (!first || axis === undefined || parts.some((part) => !part)) return null;
  const at = axis < 0 ? axis + first.length : axis;
  const length = parts.reduce((sum, part) => sum + (part?.[at] ?? Number.NaN), 0);
  return first.map((other, i) => (i === at ? length : other));
}

function resized(image: Shape | null, size: number[] | null): Shape | null {
  const [height, width] = size ?? [];
  if (image?.length !== 4 || height === undefined || width === undefined) return null;
  return [image[0] as number, height, width, image[3] as number];
}

/** With the number of images first, as -1, or with no -1 at all; anything else is left unknown. */
function reshaped(shape: Shape | null, wanted: number[] | null): Shape | null {
  if (!shape || !wanted) return null;
  const [, ...others] = wanted;
  const product = (lengths: readonly number[]) => lengths.reduce((all, length) => all * length, 1);
  if (!wanted.includes(-1)) return wanted;
  return wanted[0] === -1 && product(others) === product(shape.slice(1)) ? wanted : null;
}
