import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parseCard } from '../../core/card/card';
import { readNetwork } from '../package/artifacts';
import { base64, floats, ints, node, placeholder, sameSize } from '../testing/build-package';
import { checkGraph, graphLimits } from './check-graph';
import type { Graph, GraphNode, Weight } from './graph';

const models = join(import.meta.dirname, '../../../public/models');
const ids = readdirSync(models).filter((id) => existsSync(join(models, id, 'model.json')));

test.each(ids)('%s of the site passes, far below the bounds', async (id) => {
  const card = parseCard(id, JSON.parse(readFileSync(join(models, id, 'card.json'), 'utf8')));
  if (!card.ok || card.value.task === 'panel') throw new Error('no card of a network');
  const { input, metadata, task } = card.value;
  const { graph } = await readNetwork(
    card.value,
    async (path) => new Uint8Array(readFileSync(join(models, id, path))).buffer,
  );
  const fed = new Map([[input.name, [1, input.height, input.width, 3]]]);
  if (metadata) fed.set('metadata', [1, metadata.width]);
  if (task === 'fusion') fed.set('mask', [1, input.height, input.width, 1]);
  const size = checkGraph(graph, fed);
  expect(size.work).toBeGreaterThan(1e6);
  expect(size.work).toBeLessThan(graphLimits.work / 5);
  expect(size.largestTensor).toBeLessThan(graphLimits.tensor / 5);
});

/** A weight by its shape and bytes. */
const weight = (shape: number[], bytes: Uint8Array, dtype: Weight['dtype'] = 'float32'): Weight => ({
  shape,
  dtype,
  after: 0,
  values: () => (dtype === 'int32' ? new Int32Array(bytes.buffer) : new Float32Array(bytes.buffer)),
});

const constants: [string, Weight][] = [
  ['filter', weight([3, 3, 3, 2], floats(...Array(54).fill(1)))],
  ['axes', weight([2], ints(1, 2), 'int32')],
  ['twice', weight([4], ints(1, 4096, 4096, 1), 'int32')],
  ['wrong', weight([2], ints(7, 8), 'int32')],
  ['matrix', weight([5, 2], floats(...Array(10).fill(1)))],
];

const conv = (attributes: object = {}) =>
  node('Conv2D', 'conv', ['image', 'filter'], { ...sameSize, ...attributes });
const ends = [node('Mean', 'logits', ['conv', 'axes'])];

function check(nodes: { name: string; op: string }[], outputs = ['logits']) {
  const consts = constants.map(([name]): GraphNode => ({ name, op: 'Const' }));
  const all = [placeholder('image', [-1, 8, 8, 3]), ...nodes] as GraphNode[];
  const graph: Graph = { nodes: [...all, ...consts], weights: new Map(constants), outputs: new Set(outputs) };
  const fed = new Map([['image', [1, 8, 8, 3]]]);
  if (all.some(({ name }) => name === 'mask')) fed.set('mask', [1, 8, 8, 1]);
  return checkGraph(graph, fed);
}

const list = (...numbers: number[]) => ({ list: { i: numbers.map(String) } });

test('a plain network passes; its work is that of its convolution and its mean', () => {
  const { work } = check([conv(), ...ends]);
  expect(work).toBe(8 * 8 * 2 * 27 + 8 * 8 * 2);
});

test('a shape that the graph reckons from another shape is followed', () => {
  const reckoned = [
    node('Shape', 'shape', ['conv']),
    node('StridedSlice', 'count', ['shape', 'from', 'to', 'step'], { shrink_axis_mask: { i: '1' } }),
    node('Pack', 'wanted', ['count', 'rest']),
    node('Reshape', 'logits', ['conv', 'wanted']),
  ];
  const more: [string, Weight][] = [
    ['from', weight([1], ints(0), 'int32')],
    ['to', weight([1], ints(1), 'int32')],
    ['step', weight([1], ints(1), 'int32')],
    ['rest', weight([], ints(-1), 'int32')],
  ];
  constants.push(...more);
  expect(check([conv(), ...reckoned]).nodes).toBeGreaterThan(6);
});

test.each<[what: string, nodes: { name: string; op: string }[], problem: RegExp]>([
  [
    'an unknown operation',
    [node('Magic', 'logits', ['image'])],
    /^modelTopology\.node\.1\.op: "logits" is the operation "Magic"/,
  ],
  ['a loop', [node('While', 'logits', ['image'])], /^modelTopology\.node\.1\.op: /],
  ['a result as long as the data says', [node('Where', 'logits', ['image'])], /\.op: /],
  ['random numbers', [node('RandomUniform', 'logits', ['axes'])], /\.op: /],
  ['an operation of ours', [node('LentigoConvolution', 'logits', ['image'])], /\.op: /],
  [
    'a missing input',
    [conv(), node('Mean', 'logits', ['conv', 'nowhere'])],
    /^modelTopology\.node\.2\.input\.1: "logits" needs "nowhere"/,
  ],
  [
    'a circle',
    [node('Relu', 'conv', ['logits']), node('Relu', 'logits', ['conv'])],
    /\.input: "conv" is behind a circle/,
  ],
  ['a node that feeds itself', [node('Relu', 'logits', ['logits'])], /behind a circle/],
  ['a name twice', [conv(), conv(), ...ends], /\.name: "conv" is there twice/],
  ['a constant without weights', [node('Const', 'lost', []), conv(), ...ends], /has no weights/],
  [
    'an input that the card does not feed',
    [placeholder('more', [1]), conv(), ...ends],
    /"more".*is no input of the card/,
  ],
  ['an output that is not there', [conv()], /^has no node "logits"/],
  [
    'an input of another size than the card gives',
    [placeholder('mask', [-1, 9, 9, 1]), conv(), ...ends],
    /takes \[-1,9,9,1\], and the card gives \[1,8,8,1\]/,
  ],
  [
    'channels that do not fit',
    [node('Conv2D', 'conv', ['axes', 'filter'], sameSize), ...ends],
    /node\.1: "conv"/,
  ],
  ['an absurd dilation', [conv({ dilations: list(1, 1e9, 1e9, 1) }), ...ends], /dilations: \[1000000000/],
  ['a far dilation', [conv({ dilations: list(1, 4000, 4000, 1) }), ...ends], /reach over 8001 pixels/],
  ['no stride', [conv({ strides: list(1, 0, 0, 1) }), ...ends], /strides: \[0,0\] is out of bounds/],
  [
    'absurd padding',
    [
      conv({ padding: { s: base64('EXPLICIT') }, explicit_paddings: list(0, 0, 1e8, 0, 0, 0, 0, 0) }),
      ...ends,
    ],
    /explicit_paddings/,
  ],
  ['a padding of no name', [conv({ padding: { s: base64('BEST') } }), ...ends], /padding/],
  ['text that is no base64', [conv({ padding: { s: '%' } }), ...ends], /\.attr: "conv"/],
  [
    'a tensor that fills the memory',
    [node('Tile', 'logits', ['image', 'twice'])],
    /too large to be run here/,
  ],
  ['a shape that does not fit', [node('Reshape', 'logits', ['image', 'wrong'])], /does not become \[7,8\]/],
  [
    'a shape that only a run can know',
    [node('Reshape', 'logits', ['image', 'image'])],
    /only a run can know/,
  ],
  ['matrices that do not fit', [node('MatMul', 'logits', ['matrix', 'matrix'])], /do not fit/],
  ['too few inputs', [node('MatMul', 'logits', ['matrix'])], /needs 2 inputs/],
  [
    'doubling without end',
    Array.from({ length: 40 }, (_, i) =>
      node('ConcatV2', i === 39 ? 'logits' : `twice${i}`, [
        i ? `twice${i - 1}` : 'image',
        i ? `twice${i - 1}` : 'image',
        'rest',
      ]),
    ),
    /too large/,
  ],
])('refused with the path of the field: %s', (_, nodes, problem) => {
  expect(() => check(nodes)).toThrow(problem);
});
