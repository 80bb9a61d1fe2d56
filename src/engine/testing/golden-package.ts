import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { RunningBackend } from '../backend/running';
import { Network } from '../network';
import { goldenAnswer } from '../package/golden';
import type { TinyPackage } from './build-package';
import { tinyPackage } from './tiny-package';

/** tfjs's CPU back end under one of the engine's names: nothing above it sees a difference. */
export async function startCpu(name: 'webgpu' | 'wasm', registered = 'cpu'): Promise<RunningBackend> {
  const use = () => tf.setBackend(registered);
  await use();
  const lost = new Promise<string>(() => {});
  const compile = async () => {};
  return {
    name,
    adapter: 'CPU',
    software: true,
    threads: 1,
    rewrites: 'plain',
    use,
    lost,
    takeErrors: () => [],
    compile,
  };
}

/** A network as any tfjs program would load it: tfjs's own decoding, no folding. */
export async function loadPlainly({ files }: TinyPackage): Promise<Network> {
  const model = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  const [group] = model.weightsManifest;
  const weightData = Buffer.concat(group.paths.map((path: string) => files.get(path)));
  const artifacts = { ...model, weightSpecs: group.weights, weightData: new Uint8Array(weightData).buffer };
  return new Network(await loadGraphModel(tf.io.fromMemory(artifacts)));
}

/** A tiny package with the golden logits that its network, plainly loaded, gives. */
export async function goldenPackage(
  make: (logits?: number[]) => TinyPackage = tinyPackage,
): Promise<TinyPackage> {
  await tf.setBackend('cpu');
  const draft = make();
  const network = await loadPlainly(draft);
  const logits = await goldenAnswer(draft.card, network);
  network.dispose();
  return make(logits);
}
