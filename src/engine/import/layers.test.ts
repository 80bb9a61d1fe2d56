import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { beforeAll, describe, expect, test } from 'vitest';
import { largestGap, logitsOfModel, softmaxOf, somePictures } from '../testing/answers-of-model';
import { SizeNeeded, UnknownOperations } from './problem';
import { type ModelBytes, readForeignModel } from './read-model';

const size = 16;

beforeAll(() => tf.setBackend('cpu'));

const utf8 = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));

/** As `model.save` writes it: model.json, and its weights in one file. */
async function saved(model: layers.LayersModel): Promise<ModelBytes[]> {
  let files: ModelBytes[] = [];
  await model.save(
    tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...artifacts }) => {
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      files = [
        { name: 'model.json', bytes: utf8({ ...artifacts, weightsManifest: manifest }) },
        { name: 'weights.bin', bytes: new Uint8Array(weightData as ArrayBuffer) },
      ];
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  return files;
}

/** What TensorFlow.js itself answers, a row an image. */
async function expected(model: layers.LayersModel, image: ReturnType<typeof somePictures>) {
  const x = tf.tensor(image.data, image.shape as [number, number, number, number]);
  const answer = model.predict(x) as tf.Tensor2D;
  return answer.array();
}

async function gap(model: layers.LayersModel, kind = 'softmax'): Promise<number> {
  const read = readForeignModel(await saved(model));
  expect(read.answer.kind).toBe(kind);
  // Two at once: what a model says of a picture must not hang on how many there are.
  const image = somePictures(2, size, 3);
  const logits = await logitsOfModel(read, image);
  const answers = kind === 'plain' ? logits : logits.map(softmaxOf);
  return largestGap(answers, await expected(model, image));
}

let seed = 1;

/** Statistics of a batch normalisation that do something. */
function shakeUp(model: layers.LayersModel): void {
  for (const layer of model.layers) {
    if ('layers' in layer) shakeUp(layer as unknown as layers.LayersModel);
    else if (layer.getWeights().length > 0)
      layer.setWeights(
        layer.getWeights().map((weight) =>
          tf.tidy(() => {
            const noise = tf.randomUniform(weight.shape, 0.04, 0.53, 'float32', seed++);
            return tf.add(noise, tf.mul(weight, 0.3));
          }),
        ),
      );
  }
}

describe('a layers model of TensorFlow.js', () => {
  test('a functional network with a residual, a join and every usual layer answers the same', async () => {
    const input = layers.input({ shape: [size, size, 3] });
    const apply = (layer: layers.layers.Layer, x: unknown) =>
      layer.apply(x as never) as layers.SymbolicTensor;
    const l = layers.layers;
    let x = apply(
      l.zeroPadding2d({
        padding: [
          [0, 1],
          [1, 0],
        ] as never,
      }),
      input,
    );
    x = apply(l.conv2d({ filters: 8, kernelSize: 3, strides: 2, padding: 'valid', useBias: false }), x);
    x = apply(l.batchNormalization({ epsilon: 1e-3 }), x);
    x = apply(l.reLU({ maxValue: 6 }), x);
    const deep = apply(l.depthwiseConv2d({ kernelSize: 3, padding: 'same', depthMultiplier: 1 }), x);
    const more = apply(
      l.separableConv2d({ filters: 8, kernelSize: 3, padding: 'same', activation: 'relu' }),
      deep,
    );
    x = apply(l.add(), [x, more]);
    const [pooled, mean] = [
      apply(l.maxPooling2d({ poolSize: 3, strides: 2, padding: 'same' }), x),
      apply(l.averagePooling2d({ poolSize: 3, strides: 2, padding: 'same' }), x),
    ];
    x = apply(l.concatenate({ axis: -1 }), [pooled, mean]);
    x = apply(l.activation({ activation: 'hardSigmoid' }), x);
    x = apply(l.leakyReLU({ alpha: 0.2 }), x);
    x = apply(l.globalAveragePooling2d({}), x);
    x = apply(l.dropout({ rate: 0.5 }), x);
    x = apply(l.dense({ units: 5 }), x);
    x = apply(l.softmax(), x);
    const model = layers.model({ inputs: input, outputs: x });
    shakeUp(model);
    expect(await gap(model)).toBeLessThan(1e-5);
  });

  test('a sequential one that ends in flattened pixels answers the same', async () => {
    const l = layers.layers;
    const model = layers.sequential({
      layers: [
        l.conv2d({ filters: 4, kernelSize: 5, strides: 3, activation: 'tanh', inputShape: [size, size, 3] }),
        l.flatten(),
        l.dense({ units: 6, activation: 'elu' }),
        l.dense({ units: 3 }),
      ],
    });
    shakeUp(model);
    expect(await gap(model, 'plain')).toBeLessThan(1e-4);
  });

  test('one number behind a sigmoid becomes two classes', async () => {
    const l = layers.layers;
    const model = layers.sequential({
      layers: [
        l.conv2d({ filters: 4, kernelSize: 3, inputShape: [size, size, 3] }),
        l.globalMaxPooling2d({}),
        l.dense({ units: 1, activation: 'sigmoid' }),
      ],
    });
    shakeUp(model);
    const read = readForeignModel(await saved(model));
    expect(read.answer).toMatchObject({ kind: 'sigmoid', classes: 2 });
    const image = somePictures(2, size, 4);
    const found = (await logitsOfModel(read, image)).map(softmaxOf).map(([, second]) => [second as number]);
    expect(largestGap(found, await expected(model, image))).toBeLessThan(1e-6);
  });

  test('Teachable Machine: models inside of a model, with its labels', async () => {
    const l = layers.layers;
    const input = layers.input({ shape: [size, size, 3], name: 'input_1' });
    const features = layers.model({
      inputs: input,
      outputs: l
        .reLU({ maxValue: 6, name: 'out_relu' })
        .apply(
          l.conv2d({ filters: 6, kernelSize: 3, strides: 2, padding: 'same', name: 'Conv1' }).apply(input),
        ) as layers.SymbolicTensor,
      name: 'model1',
    });
    const pooled = layers.sequential({
      layers: [features, l.globalAveragePooling2d({ name: 'pool' })],
      name: 'sequential_1',
    });
    const head = layers.sequential({
      layers: [
        l.dense({ units: 10, activation: 'relu', inputShape: [6], name: 'dense_Dense1' }),
        l.dense({ units: 2, activation: 'softmax', useBias: false, name: 'dense_Dense2' }),
      ],
      name: 'sequential_3',
    });
    const model = layers.sequential({ layers: [pooled, head], name: 'sequential_4' });
    shakeUp(model);
    const metadata = {
      tmVersion: '2.4.7',
      packageName: '@teachablemachine/image',
      labels: ['Nevus', 'Melanoma'],
    };
    const files = [...(await saved(model)), { name: 'metadata.json', bytes: utf8(metadata) }];
    const read = readForeignModel(files);
    expect(read).toMatchObject({
      teachableMachine: true,
      labels: ['Nevus', 'Melanoma'],
      format: 'tfjs-layers',
    });
    const image = somePictures(2, size, 5);
    const found = (await logitsOfModel(read, image)).map(softmaxOf);
    expect(largestGap(found, await expected(model, image))).toBeLessThan(1e-5);
  });

  test('what is wrong is named with its path', async () => {
    const l = layers.layers;
    const model = layers.sequential({
      layers: [
        l.conv2d({ filters: 2, kernelSize: 3, inputShape: [size, size, 3] }),
        l.globalAveragePooling2d({}),
        l.dense({ units: 2 }),
      ],
    });
    const files = await saved(model);
    const changed = (change: (json: string) => string) =>
      files.map(({ name, bytes }) =>
        name === 'model.json'
          ? { name, bytes: new TextEncoder().encode(change(new TextDecoder().decode(bytes))) }
          : { name, bytes },
      );
    const read = (change: (json: string) => string, options = {}) =>
      readForeignModel(changed(change), options);
    expect(() => read((json) => json.replace('"Conv2D"', '"Lambda"'))).toThrow(UnknownOperations);
    expect(() => read((json) => json.replace('"Conv2D"', '"Lambda"'))).toThrow('Lambda');
    expect(() => read((json) => json.replace('[null,16,16,3]', '[null,16,16,4]'))).toThrow('4 channels');
    const anySize = (json: string) => json.replace('[null,16,16,3]', '[null,null,null,3]');
    expect(() => read(anySize)).toThrow(SizeNeeded);
    expect(read(anySize, { size: 24 }).input.size).toBe(24);
    expect(() => read((json) => json.replace('"valid"', '"beyond"'))).toThrow('padding');
    expect(() => read((json) => json.replaceAll('/kernel"', '/colonel"'))).toThrow('layers.0');
    expect(() => readForeignModel(files.slice(0, 1))).toThrow('weightsManifest.0.paths.0');
    const short = files.map(({ name, bytes }) => ({
      name,
      bytes: name === 'weights.bin' ? bytes.subarray(8) : bytes,
    }));
    expect(() => readForeignModel(short)).toThrow('weightsManifest.0.weights.');
  });
});
