import { sizeOf } from '../../graph/graph';
import type { GraphBuilder } from '../builder';
import { reshaped, transposed } from '../operations';
import { ImportProblem, type Reason } from '../problem';
import { type Constant, permuted } from './constant';
import type { OnnxNode } from './file';

/** From NCHW to NHWC, and back. */
export const toImage = [0, 2, 3, 1];
export const fromImage = [0, 3, 1, 2];

/** Where an axis of NCHW is in NHWC. */
export const axisInImage = (axis: number) => fromImage[axis] as number;

/** A value of an ONNX graph: known now, or a node that computes it. */
export type Value = { constant: Constant } | { tensor: string; layout: Layout };

/**
 * How a tensor lies in our graph: with the axes that ONNX says, or, as an image, NHWC where ONNX says NCHW.
 */
export type Layout = 'plain' | 'image';

/** Numbers of all constants together that nodes make, beside those that the file holds: 512 MB. */
const mostReckoned = 2 ** 27;

/** The values of an ONNX graph while it is translated, and how they are asked for. */
export class Translator {
  private readonly values = new Map<string, Value>();
  private readonly turned = new Map<string, string>();
  private reckoned = 0;

  constructor(
    readonly builder: GraphBuilder,
    readonly opset: number,
  ) {}

  /** Throws where what is reckoned before anything runs becomes too much. */
  reserve(node: OnnxNode, shape: readonly number[]): number {
    const size = sizeOf(shape);
    this.reckoned += size;
    if (!Number.isInteger(size) || size < 0 || this.reckoned > mostReckoned)
      refuse(node, `makes a constant of the shape [${shape}], which is too much`, 'too-large');
    return size;
  }

  set(name: string | undefined, value: Value): void {
    if (name) this.values.set(name, value);
  }

  /** Sets the first output of a node. */
  give(node: OnnxNode, tensor: string, layout: Layout): void {
    this.set(node.outputs[0], { tensor, layout });
  }

  has(node: OnnxNode, index: number): boolean {
    return (node.inputs[index] ?? '') !== '';
  }

  value(node: OnnxNode, index: number): Value {
    const name = node.inputs[index] ?? '';
    const value = this.values.get(name);
    if (value) return value;
    throw new ImportProblem(
      `${node.path}.input.${index}`,
      name === ''
        ? `is left out, and ${node.op} needs it`
        : `"${name.slice(0, 80)}" comes from no node before this one: it is missing, or behind a circle`,
    );
  }

  byName(name: string, path: string): Value {
    const value = this.values.get(name);
    if (!value) throw new ImportProblem(path, `"${name.slice(0, 80)}" comes from no node`);
    return value;
  }

  /** What has to be known before anything runs. */
  constant(node: OnnxNode, index: number): Constant {
    const value = this.value(node, index);
    if ('constant' in value) return value.constant;
    throw new ImportProblem(
      `${node.path}.input.${index}`,
      'depends on what only a run can know',
      'unsupported',
    );
  }

  floats(node: OnnxNode, index: number): Float32Array {
    return asFloats(this.constant(node, index));
  }

  integers(node: OnnxNode, index: number): number[] {
    return Array.from(this.constant(node, index).values);
  }

  /** With the axes that ONNX says, and 1 for the number of images. */
  shape(value: Value): number[] {
    if ('constant' in value) return value.constant.shape;
    const shape = this.builder.shape(value.tensor);
    return value.layout === 'image' ? fromImage.map((axis) => shape[axis] as number) : [...shape];
  }

  /** The node of an image, NHWC. */
  image(node: OnnxNode, index: number): string {
    const value = this.value(node, index);
    if (this.shape(value).length !== 4)
      throw new ImportProblem(
        `${node.path}.input.${index}`,
        `has the shape [${this.shape(value)}], and ${node.op} is only run over images of four axes`,
        'unsupported',
      );
    return this.asImage(value);
  }

  /** Of a value with four axes. */
  asImage(value: Value): string {
    const { builder } = this;
    if ('constant' in value) {
      const { shape, values } = permuted(value.constant, toImage);
      return builder.floats('constant', shape, Float32Array.from(values));
    }
    if (value.layout === 'image') return value.tensor;
    return this.once(`${value.tensor}/image`, (name) => {
      const [, channels = 0, height, width] = builder.shape(value.tensor);
      // One pixel lies the same either way.
      if (height === 1 && width === 1) return reshaped(builder, name, value.tensor, [1, 1, channels]);
      return transposed(builder, name, value.tensor, toImage);
    });
  }

  /** The node of a value with the axes that ONNX says. */
  plain(node: OnnxNode, index: number): string {
    return this.asPlain(this.value(node, index));
  }

  asPlain(value: Value): string {
    const { builder } = this;
    if ('constant' in value)
      return builder.floats('constant', value.constant.shape, asFloats(value.constant));
    if (value.layout === 'plain') return value.tensor;
    return this.once(`${value.tensor}/plain`, (name) => {
      const [, height, width, channels = 0] = builder.shape(value.tensor);
      if (height === 1 && width === 1) return reshaped(builder, name, value.tensor, [channels, 1, 1]);
      return transposed(builder, name, value.tensor, fromImage);
    });
  }

  private once(key: string, make: (name: string) => string): string {
    const known = this.turned.get(key) ?? make(key);
    this.turned.set(key, known);
    return known;
  }
}

export const asFloats = ({ values }: Constant): Float32Array =>
  values instanceof Float32Array ? values : Float32Array.from(values);

/** The name that a node's result gets in our graph. */
export const nameOf = ({ name, outputs, op }: OnnxNode): string => name || outputs[0] || op;

export function integerAttribute(node: OnnxNode, name: string, otherwise: number): number {
  return node.attributes.get(name)?.integer ?? otherwise;
}

export const floatAttribute = (node: OnnxNode, name: string, otherwise: number) =>
  node.attributes.get(name)?.float ?? otherwise;

export const integersAttribute = (node: OnnxNode, name: string): number[] | null =>
  node.attributes.get(name)?.integers ?? null;

export function axisOf(node: OnnxNode, axis: number, rank: number): number {
  const at = axis < 0 ? axis + rank : axis;
  if (Number.isInteger(at) && at >= 0 && at < rank) return at;
  throw new ImportProblem(`${node.path}.attribute.axis`, `is ${axis}, and there are ${rank} axes`);
}

/** Axes that stand in an attribute or, since a later opset, in an input; null where none are said. */
export function axesOf(t: Translator, node: OnnxNode, index: number, rank: number): number[] | null {
  const axes = t.has(node, index) ? t.integers(node, index) : integersAttribute(node, 'axes');
  return axes?.map((axis) => axisOf(node, axis, rank)) ?? null;
}

/** Nearly always a setting of an operation that is not run here. */
export function refuse(node: OnnxNode, problem: string, reason: Reason = 'unsupported'): never {
  throw new ImportProblem(node.path, `(${node.op}) ${problem}`, reason);
}
