import plainUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedUrl from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import type { NetworkCard } from '../../../src/core/card/card';
import { bytesOf } from '../../../src/core/card/size';
import { describeAdapter } from '../../../src/engine/backend/choice';
import type { Opened } from '../rival';

/** Plain TensorFlow.js: `loadGraphModel` on its own back end, all as it comes. */
export async function openTfjs(card: NetworkCard, backend: 'wasm' | 'webgpu'): Promise<Opened> {
  const adapter = await (backend === 'wasm' ? startWasm : startWebgpu)();
  const model = await loadGraphModel(new URL(`/models/${card.id}/model.json`, location.href).href);
  const outputs = Object.values(card.outputs);
  return {
    adapter,
    note: '',
    bytes: bytesOf(card),
    async pass(inputs) {
      const answers = tf.tidy(() => {
        const tensors = Object.fromEntries(
          Object.entries(inputs).map(([name, { shape, data }]) => [name, tf.tensor(data, shape)]),
        );
        return [model.execute(tensors, outputs)].flat();
      });
      const values = await Promise.all(answers.map((answer) => answer.data<'float32'>()));
      tf.dispose(answers);
      return Object.fromEntries(outputs.map((name, index) => [name, values[index] as Float32Array]));
    },
  };
}

async function startWasm(): Promise<string> {
  const wasm = await import('@tensorflow/tfjs-backend-wasm');
  wasm.setWasmPaths({
    'tfjs-backend-wasm.wasm': plainUrl,
    'tfjs-backend-wasm-simd.wasm': simdUrl,
    'tfjs-backend-wasm-threaded-simd.wasm': threadedUrl,
  });
  await tf.setBackend('wasm');
  const threads = wasm.getThreadsCount();
  return `WASM, ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

async function startWebgpu(): Promise<string> {
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('WebGPU does not start');
  const adapter = await navigator.gpu.requestAdapter();
  return adapter ? describeAdapter(adapter.info) : 'unknown';
}
