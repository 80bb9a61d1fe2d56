/**
 * What one pass costs the processor on WebGPU, on an adapter that computes nothing (Dawn's null adapter): run
 * with a package's id, prints one line of JSON. A process of its own for each package, because that adapter
 * has half a gigabyte in all.
 */
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { Network } from '../../src/engine/network';
import { goldenInputs } from '../../src/engine/package/golden';
import { instantiate } from '../../src/engine/package/instantiate';
import { startNodeGpu } from '../../src/engine/testing/node-gpu';
import { readCard, readPackageFile, readStored } from './host';

/** Of one pass: dispatches, and milliseconds of the processor. */
interface ProcessorCost {
  dispatches: number;
  milliseconds: number;
}

export interface NullAdapterResult {
  /** Plain TensorFlow.js, on the package as it is stored. */
  tfjs: ProcessorCost;
  /** On the rewritten graph, by TensorFlow.js and our kernels. */
  unrecorded: ProcessorCost;
  recorded: ProcessorCost;
}

const passes = 100;
const timeoutMs = 5000;

let dispatches = 0;

async function costOf(pass: () => Promise<unknown>): Promise<ProcessorCost> {
  await pass();
  dispatches = 0;
  await pass();
  const each = dispatches;
  const times: number[] = [];
  const begun = performance.now();
  while (times.length < passes && performance.now() - begun < timeoutMs) {
    const before = process.cpuUsage();
    await pass();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return { dispatches: each, milliseconds: times.sort((a, b) => a - b)[times.length >> 1] ?? 0 };
}

async function loadPlainly(id: string): Promise<Network> {
  const model = JSON.parse(new TextDecoder().decode(readPackageFile(id, 'model.json')));
  const [group] = model.weightsManifest;
  const parts = group.paths.map((path: string) => new Uint8Array(readPackageFile(id, path)));
  const weightData = new Uint8Array(Buffer.concat(parts)).buffer;
  return new Network(
    await loadGraphModel(tf.io.fromMemory({ ...model, weightSpecs: group.weights, weightData })),
  );
}

const [id = ''] = process.argv.slice(2);
const card = readCard(id);
const backend = await startNodeGpu('null');
if (!backend?.gpu) throw new Error('Dawn has no null adapter');
const { dispatchWorkgroups } = GPUComputePassEncoder.prototype;
GPUComputePassEncoder.prototype.dispatchWorkgroups = function (...workgroups) {
  dispatches += 1;
  return dispatchWorkgroups.apply(this, workgroups);
};

const inputs = goldenInputs(card);
const outputs = Object.values(card.outputs);
const plain = await loadPlainly(id);
const tfjs = await costOf(() => plain.forwardUnrecorded(inputs, outputs));
plain.dispose();
const network = await instantiate(await readStored(card), backend, card);
const unrecorded = await costOf(() => network.forwardUnrecorded(inputs, outputs));
// Recorded without the check of its answers, which mean nothing here.
const plan = backend.gpu.record(inputs, (tensors) => network.execute(tensors, outputs));
const recorded = await costOf(() => plan.run(inputs));
console.log(JSON.stringify({ tfjs, unrecorded, recorded } satisfies NullAdapterResult));
process.exit(0);
