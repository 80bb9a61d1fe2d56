// Runs graph models with TensorFlow.js in Node, for the parity tests: one JSON request a line in, one JSON answer a line out.
// request: {folder, backend: "cpu" | "wasm", inputs: {name: {shape, data: base64 float32}}, outputs?: [names]}
// answer:  {outputs: {name: {shape, data}}} or {error}
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

// The CommonJS builds, because the WASM back end finds its binary on disk only from there.
const require = createRequire(import.meta.url);
const tf = require('@tensorflow/tfjs-core');
const { loadGraphModel } = require('@tensorflow/tfjs-converter');
require('@tensorflow/tfjs-backend-cpu');
require('@tensorflow/tfjs-backend-wasm');

function diskHandler(folder) {
  return {
    load: async () => {
      const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
      const shards = model.weightsManifest.flatMap((group) => group.paths);
      const weights = Buffer.concat(shards.map((path) => readFileSync(join(folder, path))));
      return {
        modelTopology: model.modelTopology,
        signature: model.signature,
        format: model.format,
        weightSpecs: model.weightsManifest.flatMap((group) => group.weights),
        weightData: weights.buffer.slice(weights.byteOffset, weights.byteOffset + weights.byteLength),
      };
    },
  };
}

const models = new Map();

async function modelOf(folder, backend) {
  const key = `${backend} ${folder}`;
  if (!models.has(key)) models.set(key, await loadGraphModel(diskHandler(folder)));
  return models.get(key);
}

function decode({ shape, data }) {
  const bytes = Buffer.from(data, 'base64');
  return tf.tensor(new Float32Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength)), shape, 'float32');
}

async function answer(request) {
  await tf.setBackend(request.backend);
  await tf.ready();
  const model = await modelOf(request.folder, request.backend);
  const names = request.outputs ?? Object.keys(model.modelSignature.outputs);
  const inputs = Object.fromEntries(Object.entries(request.inputs).map(([name, tensor]) => [name, decode(tensor)]));
  const results = model.execute(inputs, names);
  const list = Array.isArray(results) ? results : [results];
  const outputs = {};
  for (const [index, tensor] of list.entries()) {
    const data = await tensor.data();
    outputs[names[index]] = {
      shape: tensor.shape,
      data: Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('base64'),
    };
  }
  tf.dispose([list, Object.values(inputs)]);
  return { outputs };
}

for await (const line of createInterface({ input: process.stdin })) {
  let reply;
  try {
    reply = await answer(JSON.parse(line));
  } catch (error) {
    reply = { error: String(error?.stack ?? error) };
  }
  process.stdout.write(`${JSON.stringify(reply)}\n`);
}
