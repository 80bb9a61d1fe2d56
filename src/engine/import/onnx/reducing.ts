import { flag } from '../attributes';
import { product, reshaped } from '../operations';
import type { Rule } from './images';
import { asFloats, axesOf, axisInImage, axisOf, integerAttribute, nameOf, refuse } from './translator';

/** Operators that sum over axes: reductions, the softmax, the product of matrices. */

function reduction(op: string): Rule {
  return (t, node) => {
    const value = t.value(node, 0);
    const shape = t.shape(value);
    const axes = axesOf(t, node, 1, shape.length);
    if (!axes || axes.length === 0 || axes.includes(0)) return refuse(node, 'reduces over the images');
    const keeps = integerAttribute(node, 'keepdims', 1) === 1;
    const sides = axes.includes(2) && axes.includes(3);
    const image = 'tensor' in value && value.layout === 'image' && (keeps || sides);
    const x = image ? value.tensor : t.asPlain(value);
    const over = t.builder.integers(image ? axes.map(axisInImage) : axes);
    const result = t.builder.add(op, nameOf(node), [x, over], { keep_dims: flag(keeps) });
    t.give(node, result, image && keeps ? 'image' : 'plain');
  };
}

function softmax(op: string): Rule {
  return (t, node) => {
    const value = t.value(node, 0);
    const shape = t.shape(value);
    const since13 = t.opset >= 13;
    const axis = axisOf(node, integerAttribute(node, 'axis', since13 ? -1 : 1), shape.length);
    // Before opset 13 all axes from this one on are one.
    const last = axis === shape.length - 1 || shape.slice(axis + 1).every((length) => length === 1);
    const image = 'tensor' in value && value.layout === 'image';
    if (image && axis === 1 && (since13 || last)) {
      t.give(node, t.builder.add(op, nameOf(node), [value.tensor]), 'image');
      return;
    }
    if (axis !== shape.length - 1)
      refuse(node, `is only run over the last axis, and this is over axis ${axis}`);
    t.give(node, t.builder.add(op, nameOf(node), [t.asPlain(value)]), 'plain');
  };
}

const matrixProduct: Rule = (t, node) => {
  const { builder } = t;
  const [a, b] = [t.value(node, 0), t.value(node, 1)];
  const shape = t.shape(a);
  if ('constant' in a || shape.length < 2) return refuse(node, 'is only run with what is computed first');
  if ('constant' in b && b.constant.shape.length === 2) {
    const [rows = 0, columns = 0] = b.constant.shape;
    const weights = { shape: [rows, columns] as const, values: asFloats(b.constant) };
    const x = t.asPlain(a);
    if (shape.length === 2) return t.give(node, product(builder, nameOf(node), x, weights, null), 'plain');
    const flat = reshaped(builder, `${nameOf(node)}/rows`, x, [rows]);
    const result = product(builder, `${nameOf(node)}/product`, flat, weights, null);
    const back = [...shape.slice(1, -1), columns];
    return t.give(node, reshaped(builder, nameOf(node), result, back), 'plain');
  }
  const attributes = { adj_x: flag(false), adj_y: flag(false) };
  const inputs = [t.asPlain(a), t.asPlain(b)];
  t.give(node, builder.add('BatchMatMulV2', nameOf(node), inputs, attributes), 'plain');
};

export const reducingRules: Record<string, Rule> = {
  ReduceMean: reduction('Mean'),
  ReduceSum: reduction('Sum'),
  ReduceMax: reduction('Max'),
  ReduceMin: reduction('Min'),
  Softmax: softmax('Softmax'),
  LogSoftmax: softmax('LogSoftmax'),
  MatMul: matrixProduct,
};
