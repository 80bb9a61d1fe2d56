import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { zipSync } from 'fflate';

/**
 * A zip as Teachable Machine gives it: a layers model of models inside of a model, its weights and
 * metadata.json with the class names. It tells red pictures from blue ones, taking pixels from -1 to 1 as
 * Teachable Machine does; its logits are four times what is red and what is blue. For tests.
 */
export async function teachableMachineZip(size = 32): Promise<Uint8Array> {
  await tf.setBackend('cpu');
  const l = layers.layers;
  const input = layers.input({ shape: [size, size, 3], name: 'input_1' });
  const conv = l.conv2d({ filters: 3, kernelSize: 1, useBias: false, name: 'Conv1' });
  const relu = l.reLU({ maxValue: 6, name: 'out_relu' });
  const features = layers.model({
    inputs: input,
    outputs: relu.apply(conv.apply(input)) as layers.SymbolicTensor,
    name: 'model1',
  });
  const pooled = layers.sequential({
    layers: [features, l.globalAveragePooling2d({ name: 'pool' })],
    name: 'sequential_1',
  });
  const first = l.dense({ units: 3, activation: 'relu', inputShape: [3], name: 'dense_Dense1' });
  const last = l.dense({ units: 2, activation: 'softmax', useBias: false, name: 'dense_Dense2' });
  const head = layers.sequential({ layers: [first, last], name: 'sequential_3' });
  const model = layers.sequential({ layers: [pooled, head], name: 'sequential_4' });
  conv.setWeights([tf.reshape(tf.eye(3), [1, 1, 3, 3])]);
  first.setWeights([tf.eye(3), tf.zeros([3])]);
  last.setWeights([
    tf.tensor2d([
      [4, 0],
      [0, 0],
      [0, 4],
    ]),
  ]);
  const files: Record<string, Uint8Array> = {};
  const utf8 = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
  await model.save(
    tf.io.withSaveHandler(async ({ weightData, weightSpecs, ...artifacts }) => {
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs }];
      files['model.json'] = utf8({ ...artifacts, weightsManifest: manifest });
      files['weights.bin'] = new Uint8Array(weightData as ArrayBuffer);
      return { modelArtifactsInfo: { dateSaved: new Date(0), modelTopologyType: 'JSON' } };
    }),
  );
  files['metadata.json'] = utf8({
    tfjsVersion: '1.7.4',
    tmVersion: '2.4.7',
    packageName: '@teachablemachine/image',
    packageVersion: '0.8.4-alpha2',
    modelName: 'tm-my-image-model',
    labels: ['Red', 'Blue'],
    imageSize: size,
  });
  return zipSync(files);
}
