import { sizeOf } from '../../graph/graph';
import { broadcastShape } from '../../graph/shape-rules';
import { activated, gelu, hardSigmoid, leakyRelu } from '../activations';
import { ImportProblem } from '../problem';
import { type Constant, floatConstant, permuted, wholeConstant } from './constant';
import type { OnnxNode } from './file';
import type { Rule } from './images';
import {
  floatAttribute,
  integerAttribute,
  nameOf,
  refuse,
  type Translator,
  toImage,
  type Value,
} from './translator';

/** Operators on each number by itself. */

/** Of one tensor, by TensorFlow's name. */
const unary =
  (op: string): Rule =>
  (t, node) =>
    onEach(t, node, (x, name) => t.builder.add(op, name, [x]));

/** Of one tensor, in whatever layout it lies. */
function onEach(t: Translator, node: OnnxNode, make: (x: string, name: string) => string): void {
  const value = t.value(node, 0);
  const layout = 'tensor' in value ? value.layout : 'plain';
  const x = 'tensor' in value ? value.tensor : t.asPlain(value);
  t.give(node, make(x, nameOf(node)), layout);
}

const arithmetic: Record<string, (a: number, b: number) => number> = {
  AddV2: (a, b) => a + b,
  Sub: (a, b) => a - b,
  Mul: (a, b) => a * b,
  RealDiv: (a, b) => a / b,
  Pow: (a, b) => a ** b,
  Maximum: Math.max,
  Minimum: Math.min,
};

function binary(op: string): Rule {
  return (t, node) => {
    let result = t.value(node, 0);
    for (let index = 1; index < Math.max(2, node.inputs.length); index++)
      result = combined(t, node, op, result, t.value(node, index));
    t.set(node.outputs[0], result);
  };
}

function combined(t: Translator, node: OnnxNode, op: string, a: Value, b: Value): Value {
  if ('constant' in a && 'constant' in b)
    return {
      constant: folded(t, node, arithmetic[op] as (a: number, b: number) => number, a.constant, b.constant),
    };
  const images = [a, b].some((value) => 'tensor' in value && value.layout === 'image');
  if (op === 'Pow' && 'constant' in b && sizeOf(b.constant.shape) === 1 && 'tensor' in a) {
    const short = { 2: 'Square', 0.5: 'Sqrt' }[b.constant.values[0] as number];
    if (short) return { ...a, tensor: t.builder.add(short, nameOf(node), [a.tensor]) };
  }
  const [x, y] = [a, b].map((value) => operand(t, node, value, images)) as [string, string];
  return { tensor: t.builder.add(op, nameOf(node), [x, y]), layout: images ? 'image' : 'plain' };
}

function operand(t: Translator, node: OnnxNode, value: Value, images: boolean): string {
  if ('tensor' in value) {
    if (!images) return value.tensor;
    const rank = t.shape(value).length;
    if (rank !== 4) refuse(node, `joins an image and a tensor of ${rank} axes`);
    return t.asImage(value);
  }
  const { constant } = value;
  if (sizeOf(constant.shape) === 1) return t.builder.number(constant.values[0] as number);
  return t.asPlain({ constant: images ? besideImages(node, constant) : constant });
}

/** In the layout of images, without the axes of one that it can do without. */
function besideImages(node: OnnxNode, { shape, ...constant }: Constant): Constant {
  if (shape.length > 4) refuse(node, `joins an image and a constant of ${shape.length} axes`);
  const whole = [...new Array<number>(4 - shape.length).fill(1), ...shape];
  const turned = permuted({ ...constant, shape: whole }, toImage);
  const channels = turned.shape[3] as number;
  return sizeOf(turned.shape) === channels ? { ...turned, shape: [channels] } : turned;
}

/** Two constants, stretched to one shape. */
function folded(
  t: Translator,
  node: OnnxNode,
  rule: (a: number, b: number) => number,
  a: Constant,
  b: Constant,
): Constant {
  const shape = broadcastShape(a.shape, b.shape);
  if (!shape) throw new ImportProblem(node.path, `[${a.shape}] and [${b.shape}] do not fit`);
  const size = t.reserve(node, shape);
  const whole = a.whole && b.whole;
  const values = whole ? new Float64Array(size) : new Float32Array(size);
  const [stepsA, stepsB] = [stepsOf(a.shape, shape), stepsOf(b.shape, shape)];
  const index = new Array<number>(shape.length).fill(0);
  let [fromA, fromB] = [0, 0];
  for (let at = 0; at < size; at++) {
    const value = rule(a.values[fromA] as number, b.values[fromB] as number);
    values[at] = whole ? Math.trunc(value) : value;
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      fromA += stepsA[axis] as number;
      fromB += stepsB[axis] as number;
      index[axis] = (index[axis] as number) + 1;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      fromA -= (stepsA[axis] as number) * (shape[axis] as number);
      fromB -= (stepsB[axis] as number) * (shape[axis] as number);
      index[axis] = 0;
    }
  }
  return { shape: [...shape], values, whole };
}

/** How far the next number along each axis is; 0 along those that are stretched. */
function stepsOf(own: readonly number[], wanted: readonly number[]): number[] {
  return wanted.map((_, axis) => {
    const at = axis - wanted.length + own.length;
    return at < 0 || own[at] === 1 ? 0 : sizeOf(own.slice(at + 1));
  });
}

const clip: Rule = (t, node) => {
  const bound = (index: number, name: string): number | null =>
    t.has(node, index)
      ? (t.constant(node, index).values[0] ?? null)
      : (node.attributes.get(name)?.float ?? null);
  const [min, max] = [bound(1, 'min'), bound(2, 'max')];
  onEach(t, node, (x, name) => {
    const { builder } = t;
    if (min === 0 && max === 6) return builder.add('Relu6', name, [x]);
    if (min === 0 && max === null) return builder.add('Relu', name, [x]);
    const raised = min === null ? x : builder.add('Maximum', `${name}/least`, [x, builder.number(min)]);
    return max === null ? raised : builder.add('Minimum', name, [raised, builder.number(max)]);
  });
};

const cast: Rule = (t, node) => {
  const value = t.value(node, 0);
  const whole = ![1, 10, 11].includes(integerAttribute(node, 'to', 1));
  if ('tensor' in value) {
    if (whole) refuse(node, 'makes whole numbers of what only a run can know');
    return t.set(node.outputs[0], value);
  }
  const { shape, values } = value.constant;
  const constant = whole
    ? wholeConstant(shape, values.map(Math.trunc))
    : floatConstant(shape, Float32Array.from(values));
  t.set(node.outputs[0], { constant });
};

/** Of weights only: (x - zero) * scale, both for all or for each of an axis. */
const dequantise: Rule = (t, node) => {
  const x = t.constant(node, 0);
  const along = (index: number): Constant | null => {
    if (!t.has(node, index)) return null;
    const given = t.constant(node, index);
    if (given.values.length === 1) return { ...given, shape: [] };
    const axis = integerAttribute(node, 'axis', 1);
    const shape = x.shape.map((_, at) =>
      at === (axis < 0 ? axis + x.shape.length : axis) ? given.values.length : 1,
    );
    return { ...given, shape };
  };
  const [scale, zero] = [along(1), along(2)];
  const moved = zero ? folded(t, node, (a, b) => a - b, x, zero) : x;
  const constant = scale ? folded(t, node, (a, b) => a * b, { ...moved, whole: false }, scale) : moved;
  t.set(node.outputs[0], { constant });
};

export const elementwiseRules: Record<string, Rule> = {
  Add: binary('AddV2'),
  Sub: binary('Sub'),
  Mul: binary('Mul'),
  Div: binary('RealDiv'),
  Pow: binary('Pow'),
  Max: binary('Maximum'),
  Min: binary('Minimum'),
  Sum: binary('AddV2'),
  Clip: clip,
  Cast: cast,
  DequantizeLinear: dequantise,
  Relu: unary('Relu'),
  Sigmoid: unary('Sigmoid'),
  Tanh: unary('Tanh'),
  Exp: unary('Exp'),
  Log: unary('Log'),
  Sqrt: unary('Sqrt'),
  Abs: unary('Abs'),
  Neg: unary('Neg'),
  Floor: unary('Floor'),
  Ceil: unary('Ceil'),
  Erf: unary('Erf'),
  Reciprocal: unary('Reciprocal'),
  Softplus: unary('Softplus'),
  Selu: unary('Selu'),
  Elu(t, node) {
    if (floatAttribute(node, 'alpha', 1) !== 1) refuse(node, 'has an alpha other than 1');
    unary('Elu')(t, node);
  },
  LeakyRelu: (t, node) =>
    onEach(t, node, (x, name) => leakyRelu(t.builder, name, x, floatAttribute(node, 'alpha', 0.01))),
  HardSigmoid: (t, node) =>
    onEach(t, node, (x, name) =>
      hardSigmoid(t.builder, name, x, floatAttribute(node, 'alpha', 0.2), floatAttribute(node, 'beta', 0.5)),
    ),
  HardSwish: (t, node) => onEach(t, node, (x, name) => activated(t.builder, 'hard_swish', name, x) as string),
  Mish: (t, node) => onEach(t, node, (x, name) => activated(t.builder, 'mish', name, x) as string),
  Gelu(t, node) {
    if ((node.attributes.get('approximate')?.text ?? 'none') !== 'none') refuse(node, 'is approximate');
    onEach(t, node, (x, name) => gelu(t.builder, name, x));
  },
  PRelu(t, node) {
    const value = t.value(node, 0);
    const images = 'tensor' in value && value.layout === 'image';
    const [x, slope] = [value, { constant: t.constant(node, 1) }].map((each) =>
      operand(t, node, each, images),
    ) as [string, string];
    t.give(node, t.builder.add('Prelu', nameOf(node), [x, slope]), images ? 'image' : 'plain');
  },
};
