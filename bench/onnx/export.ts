import { flag, integers, placeholderShape, texts } from '../../src/engine/graph/attributes';
import type { Graph, GraphNode } from '../../src/engine/graph/graph';
import { inOrder } from '../../src/engine/graph/order';
import { windowOf } from '../../src/engine/graph/window';
import { type Attribute, OnnxFile } from './file';
import { forth, Tensors } from './tensors';

/**
 * A stored graph as an ONNX file, for onnxruntime: the same weights, stored in as few bytes, images as NCHW,
 * in and out too. Throws where it has an operation that is not known here.
 */
export function toOnnx(graph: Graph): Uint8Array<ArrayBuffer> {
  const file = new OnnxFile();
  const tensors = new Tensors(graph, file);
  const ordered = inOrder(graph.nodes, ({ name }) => {
    throw new Error(`${name} is behind a circle`);
  });
  for (const node of ordered) {
    const write = writers[node.op];
    if (!write) throw new Error(`${node.name}: there is no ONNX for ${node.op} here`);
    write(tensors, node, node.input ?? []);
  }
  for (const output of graph.outputs) file.output(output);
  return file.encoded();
}

type Writer = (tensors: Tensors, node: GraphNode, input: string[]) => void;

/** How each operation of TensorFlow is written. */
const writers: Record<string, Writer> = {
  Const: () => {},
  Placeholder(tensors, node) {
    const shape = placeholderShape(node) ?? [];
    const image = shape.length === 4;
    if (image) tensors.image(node.name);
    tensors.file.input(node.name, image ? forth.map((axis) => shape[axis] as number) : shape);
  },
  Identity: onEachNumber('Identity'),
  Relu: onEachNumber('Relu'),
  Sigmoid: onEachNumber('Sigmoid'),
  Relu6: (tensors, node, input) => onEachNumber('Clip', bounds(tensors))(tensors, node, input),
  Rsqrt(tensors, { name }, [x = '']) {
    const root = tensors.file.node('Sqrt', `${name}/root`, [tensors.asIs(x)]);
    tensors.file.node('Reciprocal', name, [root]);
    if (tensors.isImage(x)) tensors.image(name);
  },
  Square: (tensors, node, [x = '']) => onEachNumber('Mul', [tensors.asIs(x)])(tensors, node, [x]),
  Mul(tensors, node, input) {
    if (!tensors.isProduct(node)) ofTwo('Mul')(tensors, node, input);
  },
  Add: ofTwo('Add'),
  AddV2: ofTwo('Add'),
  Sub: ofTwo('Sub'),
  RealDiv: ofTwo('Div'),
  Conv2D: convolution(false),
  _FusedConv2D: convolution(false),
  DepthwiseConv2dNative: convolution(true),
  FusedDepthwiseConv2dNative: convolution(true),
  MaxPool: pool('MaxPool'),
  AvgPool: pool('AveragePool'),
  PadV2: pad,
  Pad: pad,
  ConcatV2(tensors, { name }, input) {
    const [axis = 0] = tensors.numbers(input.at(-1) ?? '');
    const parts = input.slice(0, -1);
    const at = axis < 0 ? axis + tensors.rank(name) : axis;
    if (tensors.rank(name) === 4) {
      const images = parts.map((part) => tensors.asImage(part));
      tensors.image(tensors.file.node('Concat', name, images, { axis: forth.indexOf(at) }));
    } else {
      const vectors = parts.map((part) => tensors.asPlain(part));
      tensors.file.node('Concat', name, vectors, { axis: at });
    }
  },
  ResizeNearestNeighbor: resized({
    mode: 'nearest',
    coordinate_transformation_mode: 'asymmetric',
    nearest_mode: 'floor',
  }),
  ResizeBilinear(tensors, node, input) {
    const [corners, centred] = [flag(node, 'align_corners'), flag(node, 'half_pixel_centers')];
    const where = corners ? 'align_corners' : centred ? 'half_pixel' : 'asymmetric';
    resized({ mode: 'linear', coordinate_transformation_mode: where })(tensors, node, input);
  },
  Mean: reduction('ReduceMean'),
  Min: reduction('ReduceMin'),
  Sum: reduction('ReduceSum'),
  Softmax(tensors, { name }, [x = '']) {
    tensors.file.node('Softmax', name, [tensors.asPlain(x)], { axis: -1 });
  },
  MatMul: product,
  _FusedMatMul: product,
  BatchMatMulV2(tensors, node, [x = '', y = '']) {
    const side = (name: string, turned: boolean) => (turned ? tensors.turned(name) : tensors.asPlain(name));
    tensors.file.node('MatMul', node.name, [side(x, flag(node, 'adj_x')), side(y, flag(node, 'adj_y'))]);
  },
  Reshape(tensors, { name }, [x = '', shape = '']) {
    const [, height, width] = tensors.shape(x);
    // An image of one pixel is the same either way.
    const from = tensors.isImage(x) && height === 1 && width === 1 ? x : tensors.asPlain(x);
    tensors.file.node('Reshape', name, [
      from,
      tensors.file.integers(`${name}/shape`, tensors.numbers(shape)),
    ]);
  },
  Transpose(tensors, { name }, [x = '', order = '']) {
    tensors.file.node('Transpose', name, [tensors.asPlain(x)], { perm: tensors.numbers(order) });
  },
  Tile(tensors, { name }, [x = '', times = '']) {
    const each = tensors.numbers(times);
    if (each.length === 4) {
      const repeats = tensors.file.integers(
        `${name}/repeats`,
        forth.map((axis) => each[axis] as number),
      );
      tensors.image(tensors.file.node('Tile', name, [tensors.asImage(x), repeats]));
    } else {
      tensors.file.node('Tile', name, [tensors.asPlain(x), tensors.file.integers(`${name}/repeats`, each)]);
    }
  },
  Slice(tensors, { name }, [x = '', begin = '', size = '']) {
    const starts = tensors.numbers(begin);
    const ends = tensors
      .numbers(size)
      .map((length, axis) => (length < 0 ? 2 ** 31 - 1 : (starts[axis] ?? 0) + length));
    const bounds = [
      tensors.file.integers(`${name}/starts`, starts),
      tensors.file.integers(`${name}/ends`, ends),
    ];
    tensors.file.node('Slice', name, [tensors.asPlain(x), ...bounds]);
  },
};

/** The operations of TensorFlow that can be written. */
export const writable: ReadonlySet<string> = new Set(Object.keys(writers));

function onEachNumber(op: string, more: string[] = []): Writer {
  return (tensors, { name }, [x = '']) => {
    tensors.file.node(op, name, [tensors.asIs(x), ...more]);
    if (tensors.isImage(x)) tensors.image(name);
  };
}

function resized(how: Record<string, Attribute>): Writer {
  return (tensors, { name }, [x = '', size = '']) => {
    const sizes = [1, tensors.shape(x)[3] ?? 0, ...tensors.numbers(size)];
    const inputs = [tensors.asImage(x), '', '', tensors.file.integers(`${name}/sizes`, sizes)];
    tensors.image(tensors.file.node('Resize', name, inputs, how));
  };
}

function ofTwo(op: string): Writer {
  return (tensors, { name }, [a = '', b = '']) => {
    const image = tensors.rank(name) === 4 && (tensors.isImage(a) || tensors.isImage(b));
    const side = (input: string) => {
      if (!image) return tensors.asPlain(input);
      return tensors.isConstant(input) ? tensors.perChannel(input) : tensors.asImage(input);
    };
    tensors.file.node(op, name, [side(a), side(b)]);
    if (image) tensors.image(name);
  };
}

function convolution(depthwise: boolean): Writer {
  return (tensors, node, [x = '', filter = '', bias]) => {
    const [height = 0, width = 0, channels = 0, times = 0] = tensors.shape(filter);
    if (depthwise && times !== 1) throw new Error(`${node.name}: several filters for each channel`);
    const inputs = [tensors.asImage(x), tensors.filter(filter, depthwise)];
    if (bias) inputs.push(tensors.constant(bias));
    const how = {
      ...windowAttributes(node, [height, width]),
      kernel_shape: [height, width],
      ...(depthwise ? { group: channels } : {}),
    };
    writeActivated(tensors, node, (name) => tensors.file.node('Conv', name, inputs, how));
    tensors.image(node.name);
  };
}

function pool(op: string): Writer {
  return (tensors, node, [x = '']) => {
    const [, height = 0, width = 0] = integers(node, 'ksize');
    const { dilations: _, ...how } = windowAttributes(node, [height, width]);
    const attributes = { ...how, kernel_shape: [height, width] } as Record<string, Attribute>;
    tensors.image(tensors.file.node(op, node.name, [tensors.asImage(x)], attributes));
  };
}

function pad(tensors: Tensors, { name }: GraphNode, [x = '', sides = '', value]: string[]): void {
  const each = tensors.numbers(sides);
  const axes = forth.map((axis) => [each[2 * axis] ?? 0, each[2 * axis + 1] ?? 0] as const);
  const pads = [...axes.map(([before]) => before), ...axes.map(([, after]) => after)];
  const [number = 0] = value ? tensors.numbers(value) : [];
  const inputs = [tensors.file.integers(`${name}/pads`, pads), tensors.float(`${name}/value`, number)];
  tensors.image(tensors.file.node('Pad', name, [tensors.asImage(x), ...inputs]));
}

function reduction(op: string): Writer {
  return (tensors, node, [x = '', over = '']) => {
    const { name } = node;
    const keepdims = Number(flag(node, 'keep_dims'));
    const plain = tensors.numbers(over).map((axis) => (axis < 0 ? axis + tensors.rank(x) : axis));
    const sides = tensors.isImage(x) && plain.join() === '1,2';
    const from = sides ? x : tensors.asPlain(x);
    const axes = sides ? [2, 3] : plain;
    if (op === 'ReduceSum') {
      tensors.file.node(op, name, [from, tensors.file.integers(`${name}/axes`, axes)], { keepdims });
    } else tensors.file.node(op, name, [from], { keepdims, axes });
    if (sides && keepdims) tensors.image(name);
  };
}

function product(tensors: Tensors, node: GraphNode, [x = '', y = '', bias]: string[]): void {
  const how = { transA: Number(flag(node, 'transpose_a')), transB: Number(flag(node, 'transpose_b')) };
  const inputs = [tensors.asPlain(x), tensors.asPlain(y), ...(bias ? [tensors.constant(bias)] : [])];
  writeActivated(tensors, node, (name) => tensors.file.node('Gemm', name, inputs, how));
}

/** Writes a node and what is fused to it, under its name in the end. */
function writeActivated(tensors: Tensors, node: GraphNode, write: (name: string) => void): void {
  const [activation, more] = texts(node, 'fused_ops').filter((op) => op !== 'BiasAdd');
  if (activation === undefined) {
    write(node.name);
    return;
  }
  const op = { Relu: 'Relu', Relu6: 'Clip', Sigmoid: 'Sigmoid' }[activation];
  if (!op || more !== undefined) throw new Error(`${node.name}: there is no ONNX for ${activation} here`);
  const linear = `${node.name}/linear`;
  write(linear);
  tensors.file.node(op, node.name, [linear, ...(op === 'Clip' ? bounds(tensors) : [])]);
}

const bounds = (tensors: Tensors) => [tensors.float('relu6/least', 0), tensors.float('relu6/most', 6)];

function windowAttributes(node: GraphNode, size: [number, number]): Record<string, Attribute> {
  const window = windowOf(node, size);
  if (!window) throw new Error(`${node.name}: not over NHWC`);
  const { strides, dilations, padding } = window;
  const around: Record<string, Attribute> =
    padding === 'same'
      ? { auto_pad: 'SAME_UPPER' }
      : { pads: [padding.top, padding.left, padding.bottom, padding.right] };
  return { strides, dilations, ...around };
}
