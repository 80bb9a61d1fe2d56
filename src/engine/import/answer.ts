import type { GraphNode } from '../graph/graph';
import { sizeOf } from '../graph/graph';
import { windowAttributes } from './attributes';
import type { GraphBuilder } from './builder';
import { joined, reshaped } from './operations';
import { ImportProblem } from './problem';
import type { Translated } from './translated';

/** What the numbers that come out are, before anything is done to them. */
export type AnswerKind =
  /** A softmax was at the end and is taken off: a card's logits come before it. */
  | 'softmax'
  /** One number behind a sigmoid: two classes. */
  | 'sigmoid'
  /** Numbers without either, which may be logits or probabilities. */
  | 'plain';

/** How plain numbers are to be read: only who made the model knows. */
export type PlainAnswer = 'logits' | 'probabilities';

export interface Answer {
  kind: AnswerKind;
  classes: number;
  /** Names of the nodes that a card asks for. */
  outputs: { logits: string; cam?: string };
  /** The numbers that go into its last layer, [n, width]; null where there is no such layer, or too many. */
  features: { name: string; width: number } | null;
}

/** More is no list of diagnoses. */
const mostClasses = 2000;
/** A score on more features would be larger than many a model. VGG has so many. */
const mostFeatures = 4096;

/** Makes the logits of a card of what a model answers: [n, classes], before softmax. Throws `ImportProblem`. */
export function makeAnswer({ builder, answers }: Translated, plain: PlainAnswer = 'logits'): Answer {
  builder.path = 'outputs';
  const [chosen] = answers.filter((name) => isVector(builder, name));
  const [first] = answers;
  if (chosen === undefined)
    throw new ImportProblem(
      'outputs',
      `gives [${builder.shape(first ?? '')}], and a classifier gives one number for each class`,
      'no-classifier',
    );
  const end = behind(builder, chosen);
  const classes = sizeOf(builder.shape(chosen));
  if (classes > mostClasses)
    throw new ImportProblem('outputs', `has ${classes} classes; ${mostClasses} at most`, 'many-classes', {
      count: classes,
      most: mostClasses,
    });
  const [before = ''] = end?.input ?? [];
  if (end?.op === 'Softmax' || end?.op === 'LogSoftmax') {
    if (classes < 2) throw new ImportProblem('outputs', 'has a softmax over a single class', 'single-class');
    const features = featuresOf(builder, before);
    return { kind: 'softmax', classes, outputs: named(builder, before, classes), features };
  }
  if (end?.op === 'Sigmoid' && classes > 1)
    throw new ImportProblem(
      'outputs',
      'has a sigmoid for each class, so that several can be true at once; only classes of which one is true are shown here',
      'several-true',
    );
  if (end?.op === 'Sigmoid' || classes === 1) {
    const x = end?.op === 'Sigmoid' ? before : chosen;
    const probability = end?.op !== 'Sigmoid' && plain === 'probabilities';
    return {
      kind: end?.op === 'Sigmoid' ? 'sigmoid' : 'plain',
      classes: 2,
      features: featuresOf(builder, x),
      outputs: named(builder, probability ? bothLogarithms(builder, x) : ofTwoClasses(builder, x), 2),
    };
  }
  const x = plain === 'probabilities' ? logarithm(builder, chosen) : chosen;
  return {
    kind: 'plain',
    classes,
    outputs: named(builder, x, classes),
    features: featuresOf(builder, chosen),
  };
}

/** For one image: nothing but one axis. */
function isVector(builder: GraphBuilder, name: string): boolean {
  return builder.shape(name).filter((length) => length > 1).length <= 1;
}

const passing = new Set(['Identity', 'Reshape', 'Squeeze', 'StopGradient', 'Snapshot']);

/** The node that computes a value, behind those that only shape it. */
function behind(builder: GraphBuilder, name: string): GraphNode | undefined {
  let node = builder.node(name);
  while (node && passing.has(node.op)) node = builder.node(node.input?.[0]);
  return node;
}

function named(builder: GraphBuilder, x: string, classes: number): Answer['outputs'] {
  const cam = activationMap(builder, x, classes);
  const shape = builder.shape(x);
  const flat = shape.length === 2 ? x : reshaped(builder, 'lentigo/flat', x, [classes]);
  const logits = builder.add('Identity', 'lentigo/logits', [flat]);
  return cam === null ? { logits } : { logits, cam };
}

/** softmax(-z / 2, z / 2) is 1 - sigmoid(z), sigmoid(z). */
function ofTwoClasses(builder: GraphBuilder, x: string): string {
  const flat = reshaped(builder, 'lentigo/single', x, [1]);
  const half = builder.add('Mul', 'lentigo/half', [flat, builder.number(0.5)]);
  return joined(builder, 'lentigo/both', [builder.add('Neg', 'lentigo/other', [half]), half], 1);
}

/** softmax(log p) is p where the p add up to 1. */
function logarithm(builder: GraphBuilder, x: string): string {
  const positive = builder.add('Maximum', 'lentigo/positive', [x, builder.number(Math.fround(1e-7))]);
  return builder.add('Log', 'lentigo/logarithm', [positive]);
}

function bothLogarithms(builder: GraphBuilder, x: string): string {
  const flat = reshaped(builder, 'lentigo/single', x, [1]);
  const other = builder.add('Sub', 'lentigo/other', [builder.number(1), flat]);
  return logarithm(builder, joined(builder, 'lentigo/both', [other, flat], 1));
}

/** The product with constant weights, or the convolution, that gives a value; its bias may come after it. */
function lastProduct(builder: GraphBuilder, name: string): GraphNode | null {
  const node = behind(builder, name);
  const product =
    node?.op === 'BiasAdd' || node?.op === 'AddV2' || node?.op === 'Add'
      ? behind(builder, node.input?.[0] ?? '')
      : node;
  return product && ['MatMul', '_FusedMatMul', 'Conv2D', '_FusedConv2D'].includes(product.op)
    ? product
    : null;
}

/** What goes into the last layer, one row an image: a dense one, or a convolution over a single pixel. */
function featuresOf(builder: GraphBuilder, answer: string): Answer['features'] {
  const product = lastProduct(builder, answer);
  const [x = '', weights = ''] = product?.input ?? [];
  if (!product || !builder.weights.has(weights)) return null;
  const shape = builder.shape(x);
  const width = sizeOf(shape);
  const isRow = shape[0] === 1 && shape.at(-1) === width;
  const turned = (product.attr?.transpose_a as { b?: boolean } | undefined)?.b === true;
  if (!isRow || turned || width > mostFeatures) return null;
  const row = shape.length === 2 ? x : reshaped(builder, 'lentigo/features/row', x, [width]);
  return { name: builder.add('Identity', 'lentigo/features', [row]), width };
}

/**
 * The class activation map of a network that ends in a mean over the feature map and one product: the map
 * times that product's weights (Zhou et al., CVPR 2016). Null for other networks.
 */
function activationMap(builder: GraphBuilder, logits: string, classes: number): string | null {
  const product = lastProduct(builder, logits);
  if (!product) return null;
  const [x = '', weightsName = ''] = product.input ?? [];
  const weights = builder.weights.get(weightsName);
  const pooled = behind(builder, x);
  const turned = (product.attr?.transpose_b as { b?: boolean } | undefined)?.b === true;
  if (!weights || !pooled || turned || !isGlobalMean(builder, pooled)) return null;
  const [features = ''] = pooled.input ?? [];
  const channels = builder.shape(features)[3] ?? 0;
  if (sizeOf(weights.shape) !== channels * classes || weights.dtype !== 'float32') return null;
  const filter = builder.floats(
    'lentigo/map/filter',
    [1, 1, channels, classes],
    weights.values() as Float32Array,
  );
  const padding = { top: 0, left: 0, bottom: 0, right: 0 };
  return builder.add(
    'Conv2D',
    'lentigo/map',
    [features, filter],
    windowAttributes({ strides: [1, 1], padding }),
  );
}

function isGlobalMean(builder: GraphBuilder, { op, input = [], name }: GraphNode): boolean {
  const [image = '', axes = ''] = input;
  const shape = builder.shape(image);
  if (shape.length !== 4) return false;
  if (op === 'AvgPool') return sizeOf(builder.shape(name)) === shape[3];
  const over = builder.weights.get(axes)?.values();
  return op === 'Mean' && over !== undefined && [...over].sort().join() === '1,2';
}
