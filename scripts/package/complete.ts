import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type Card, parseCard } from '../../src/core/card/card';
import { Network } from '../../src/engine/network';
import { goldenAnswer } from '../../src/engine/package/golden';
import { Stop } from '../command';

/** What a golden logit may be off by on another back end, where the draft says nothing. */
const defaultTolerance = 0.02;

/**
 * A whole card of a draft, which lacks `files` and `golden`, and of the folder with model.json and its weights: sizes and hashes of the files,
 * and what plain TensorFlow.js answers to the golden sample on its CPU back end. Throws `Stop`, naming what is wrong.
 */
export async function completeCard(draft: unknown, folder: string): Promise<Card> {
  if (typeof draft !== 'object' || draft === null)
    throw new Stop('The draft of the card is not an object.', 2);
  const files = readdirSync(folder)
    .filter((name) => name === 'model.json' || name.endsWith('.bin'))
    .sort((a, b) => Number(b === 'model.json') - Number(a === 'model.json') || a.localeCompare(b))
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
  const { golden, classes, task } = draft as { golden?: object; classes?: unknown[]; task?: string };
  // As many as there will be, so that all else can be checked before the network runs.
  const placeholder = new Array(task === 'segmentation' ? 3 : (classes?.length ?? 0)).fill(0);
  const withLogits = (logits: number[]) =>
    checked({
      ...draft,
      files,
      golden: { formula: 'integer-ramp', tolerance: defaultTolerance, ...golden, logits },
    });
  const card = withLogits(placeholder);
  const network = await loadPlainly(folder);
  try {
    return withLogits(await goldenAnswer(card, network));
  } finally {
    network.dispose();
  }
}

function checked(json: object): Card {
  const id = 'id' in json ? String(json.id) : '';
  const parsed = parseCard(id, json);
  if (!parsed.ok) throw new Stop(`The card is not in order: ${parsed.failure.detail.problem}.`, 2);
  return parsed.value;
}

/** As any TensorFlow.js program loads it: its own decoding, no rewriting. */
async function loadPlainly(folder: string): Promise<Network> {
  await tf.setBackend('cpu');
  const model = JSON.parse(readFileSync(join(folder, 'model.json'), 'utf8'));
  if (model.format !== 'graph-model') {
    throw new Stop(
      `model.json is a ${model.format ?? 'file of no format'}; a package holds a graph model (tensorflowjs_converter makes one).`,
      2,
    );
  }
  const [group] = model.weightsManifest;
  const parts = group.paths.map((path: string) => readFileSync(join(folder, path)));
  const weightData = new Uint8Array(Buffer.concat(parts)).buffer;
  return new Network(
    await loadGraphModel(tf.io.fromMemory({ ...model, weightSpecs: group.weights, weightData })),
  );
}
