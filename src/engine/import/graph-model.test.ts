import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, test } from 'vitest';
import { largestGap, logitsOfModel, somePictures } from '../testing/answers-of-model';
import { loadPlainly } from '../testing/golden-package';
import { tinyPackage } from '../testing/tiny-package';
import { type ModelBytes, readForeignModel } from './read-model';
import { writeModel } from './write-model';

beforeAll(() => tf.setBackend('cpu'));

/** The tiny package without its card: with an output named, as a converter would write it. */
function filesOf(change: (model: { modelTopology: { node: Node[] }; signature: object }) => void = () => {}) {
  const { files } = tinyPackage();
  const model = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  model.signature.outputs = { answer: { name: 'logits:0' } };
  change(model);
  return [...files].flatMap(([name, bytes]): ModelBytes[] => {
    if (name === 'card.json') return [];
    if (name === 'model.json') return [{ name, bytes: new TextEncoder().encode(JSON.stringify(model)) }];
    return [{ name, bytes }];
  });
}

interface Node {
  name: string;
  op: string;
  input?: string[];
  attr?: Record<string, unknown>;
}

test('a graph model answers the same after it was read and written', async () => {
  const image = somePictures(2, 8, 1);
  const [expected] = await (await loadPlainly(tinyPackage())).forward({ image }, ['logits']);
  const rows = [0, 1].map((row) => [...(expected?.data.slice(2 * row, 2 * row + 2) ?? [])]);
  const read = readForeignModel(filesOf());
  expect(largestGap(await logitsOfModel(read, image), rows)).toBeLessThan(1e-5);
  const again = [...writeModel(read.graph)].map(([name, bytes]) => ({ name, bytes }));
  const written = JSON.parse(new TextDecoder().decode(again[0]?.bytes));
  written.signature.outputs = { answer: { name: `${read.answer.outputs.logits}:0` } };
  const files = [
    { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(written)) },
    ...again.slice(1),
  ];
  expect(largestGap(await logitsOfModel(readForeignModel(files), image), rows)).toBeLessThan(1e-5);
});

test('a mean over the feature map and one product give a class activation map', async () => {
  const read = readForeignModel(filesOf());
  expect(read.answer.outputs.cam).toBeDefined();
  expect(read.answer).toMatchObject({ kind: 'plain', classes: 2 });
  expect(read.parameters).toBeGreaterThan(100);
});

test('circles, missing inputs and unknown operations are refused with their path', () => {
  const change = (name: string, with_: Partial<Node>) =>
    filesOf(({ modelTopology: { node } }) => {
      Object.assign(node.find((each) => each.name === name) ?? {}, with_);
    });
  expect(() =>
    readForeignModel(change('features', { input: ['logits', 'conv/weight', 'conv/bias'] })),
  ).toThrow(/modelTopology\.node\.\d+\.input: is behind a circle/);
  expect(() => readForeignModel(change('mean', { input: ['nobody', 'grid'] }))).toThrow(
    '"nobody" is not there',
  );
  expect(() => readForeignModel(change('mean', { op: 'While' }))).toThrow('While');
  expect(() => readForeignModel(change('mean', { input: ['features', 'features'] }))).toThrow(
    /modelTopology\.node/,
  );
  // atob would throw what nobody expects.
  expect(() => readForeignModel(change('features', { attr: { padding: { s: 'U0FNR#' } } }))).toThrow(
    /modelTopology\.node\.\d+\.attr\.padding\.s: .*base64/,
  );
  expect(() => readForeignModel(change('features', { attr: { strides: { list: { i: 'four' } } } }))).toThrow(
    /attr\.strides\.list\.i/,
  );
});
