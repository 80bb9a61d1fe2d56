import { zipSync } from 'fflate';
import { OnnxFile } from '../../bench/onnx/file';
import { redOrBlueOnnx } from '../../bench/onnx/red-or-blue';
import type { ModelBytes } from '../../src/engine/import/read-model';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import type { Bytes } from './bytes';

/** Models of other formats, as small as they can be: what is hostile is made of them. */

const utf8 = (value: unknown): Bytes => new Uint8Array(Buffer.from(JSON.stringify(value)));

export const onnxModel = (): Bytes => new Uint8Array(redOrBlueOnnx());

/** With the operations that most networks have, and shapes that are reckoned before anything runs. */
export function richOnnxModel(): Bytes {
  const file = new OnnxFile();
  file.input('image', [-1, 3, 12, 12]);
  const weights = (name: string, ...shape: number[]) => {
    const length = shape.reduce((all, each) => all * each, 1);
    const values = Float32Array.from({ length }, (_, index) => 0.1 + (index % 7) / 10);
    return file.constant(name, 'float32', shape, values);
  };
  file.node('Conv', 'a', ['image', weights('w1', 6, 3, 3, 3), weights('b1', 6)], {
    ...{ kernel_shape: [3, 3], strides: [2, 2], pads: [1, 1, 1, 1] },
  });
  file.node('BatchNormalization', 'b', ['a', ...['s', 'o', 'm', 'v'].map((name) => weights(name, 6))]);
  file.node('Conv', 'c', ['b', weights('w2', 6, 1, 3, 3)], { group: 6, pads: [1, 1, 1, 1] });
  file.node('HardSwish', 'd', ['c']);
  file.node('ReduceMean', 'e', ['d'], { axes: [2, 3], keepdims: 1 });
  file.node('Mul', 'f', ['d', 'e']);
  file.node('Pad', 'g', ['f', file.integers('pads', [0, 0, 1, 1, 0, 0, 0, 0])]);
  file.node('MaxPool', 'h', ['g'], { kernel_shape: [2, 2], strides: [2, 2] });
  file.node('Concat', 'i', ['h', 'h'], { axis: 1 });
  file.node('Slice', 'j', ['i', ...[1, 9, 1].map((at, index) => file.integers(`cut${index}`, [at]))]);
  file.node('GlobalAveragePool', 'k', ['j']);
  file.node('Reshape', 'l', ['k', file.integers('to', [0, -1])]);
  file.node('Gemm', 'n', ['l', weights('w3', 3, 8), weights('b3', 3)], { transB: 1 });
  file.node('Softmax', 'answer', ['n'], { axis: 1 });
  file.output('answer');
  return new Uint8Array(file.encoded());
}

/** The tiny package without its card, as a converter would write it. */
export function graphModel(): ModelBytes[] {
  const files = [...tinyPackage().files].filter(([name]) => name !== 'card.json');
  return files.map(([name, bytes]) => {
    if (name !== 'model.json') return { name, bytes };
    const model = JSON.parse(new TextDecoder().decode(bytes));
    model.signature.outputs = { answer: { name: 'logits:0' } };
    return { name, bytes: utf8(model) };
  });
}

/** What Teachable Machine saves: a model in a model, its weights, and its own words about both. */
export function teachableMachine(): ModelBytes[] {
  const layer = (class_name: string, name: string, config: object = {}) => ({
    class_name,
    config: { name, ...config },
  });
  const sequential = (name: string, layers: object[]) => layer('Sequential', name, { layers });
  const weights = [
    { name: 'conv/kernel', shape: [1, 1, 3, 2], dtype: 'float32' },
    { name: 'conv/bias', shape: [2], dtype: 'float32' },
    { name: 'dense/kernel', shape: [2, 2], dtype: 'float32' },
  ];
  const head = layer('Dense', 'dense', { units: 2, activation: 'softmax', use_bias: false });
  const trunk = sequential('trunk', [
    layer('Conv2D', 'conv', {
      batch_input_shape: [null, 32, 32, 3],
      ...{ filters: 2, kernel_size: [1, 1], strides: [1, 1], padding: 'same', activation: 'relu' },
    }),
    layer('GlobalAveragePooling2D', 'pool'),
  ]);
  const model = {
    format: 'layers-model',
    generatedBy: 'TensorFlow.js tfjs-layers v1.3.1',
    modelTopology: sequential('whole', [trunk, sequential('head', [head])]),
    weightsManifest: [{ paths: ['weights.bin'], weights }],
  };
  const values = Float32Array.from({ length: 12 }, (_, index) => (index % 5) / 4 - 0.5);
  return [
    { name: 'model.json', bytes: utf8(model) },
    { name: 'weights.bin', bytes: new Uint8Array(values.buffer) },
    {
      name: 'metadata.json',
      bytes: utf8({ tfjsVersion: '1.3.1', tmVersion: '2.4.7', labels: ['Red', 'Blue'] }),
    },
  ];
}

/** Stored, not packed: a changed byte is one of the model, seldom one of the packing. */
export const teachableMachineZip = (): Bytes =>
  new Uint8Array(
    zipSync(Object.fromEntries(teachableMachine().map(({ name, bytes }) => [name, bytes])), { level: 0 }),
  );

/** The files of a model with another model.json. */
export const withModelJson = (files: readonly ModelBytes[], bytes: Uint8Array): ModelBytes[] =>
  files.map((file) => (file.name === 'model.json' ? { ...file, bytes } : file));
