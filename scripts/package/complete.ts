import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import '@tensorflow/tfjs-backend-cpu';
import { loadGraphModel } from '@tensorflow/tfjs-converter';
import * as tf from '@tensorflow/tfjs-core';
import { type NetworkCard, parseCard } from '../../src/core/card/card';
import { upgradedCard } from '../../src/core/card/upgrade';
import { Network } from '../../src/engine/network';
import { goldenAnswer } from '../../src/engine/package/golden';
import { Stop } from '../command';

/** What a golden logit may be off by on another back end, where the draft says nothing. */
const defaultTolerance = 0.02;

/**
 * A whole card of a draft, which lacks `files` and `golden`, and of the folder with model.json and its
 * weights: sizes and hashes of the files, and what plain TensorFlow.js answers to the golden sample on its
 * CPU back end. The card is of schema 3, whatever the draft was of. Throws `Stop`, naming what is wrong.
 */
export async function completeCard(draft: unknown, folder: string): Promise<NetworkCard> {
  if (typeof draft !== 'object' || draft === null)
    throw new Stop('The draft of the card is not an object.', 2);
  const files = readdirSync(folder)
    .filter((name) => name === 'model.json' || name.endsWith('.bin'))
    .sort((a, b) => Number(b === 'model.json') - Number(a === 'model.json') || a.localeCompare(b))
    .map((path) => {
      const bytes = readFileSync(join(folder, path));
      return { path, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
    });
  const { golden, classes, task } = upgradedCard(draft) as Draft;
  const segments = task === 'segmentation';
  // As many as there will be, so that all else can be checked before the network runs.
  const placeholder = new Array(segments ? 3 : (classes?.length ?? 0)).fill(0);
  const withAnswer = (numbers: number[]) => {
    const [mean, minimum, maximum] = numbers;
    const answer = segments ? { lesion: { mean, minimum, maximum } } : { logits: numbers };
    const about = { formula: 'integer-ramp', tolerance: defaultTolerance, ...golden };
    return checked({ ...(upgradedCard(draft) as Draft), files, golden: { ...about, ...answer } });
  };
  const card = withAnswer(placeholder);
  const network = await loadPlainly(networkFiles(folder));
  try {
    return withAnswer(await goldenAnswer(card, network));
  } finally {
    network.dispose();
  }
}

interface Draft {
  golden?: object;
  classes?: unknown[];
  task?: string;
}

function checked(json: object): NetworkCard {
  const id = 'id' in json ? String(json.id) : '';
  const parsed = parseCard(id, json);
  if (!parsed.ok) throw new Stop(`The card is not in order: ${parsed.failure.detail.problem}.`, 2);
  if (parsed.value.task === 'panel') throw new Stop('A panel has no network: write its card by hand.', 2);
  return parsed.value;
}

/** The files of a folder that make a network. */
function networkFiles(folder: string): Map<string, Uint8Array> {
  const names = readdirSync(folder).filter((name) => name === 'model.json' || name.endsWith('.bin'));
  return new Map(names.map((name) => [name, readFileSync(join(folder, name))]));
}

/** As any TensorFlow.js program loads it: its own decoding, no rewriting. */
export async function loadPlainly(files: ReadonlyMap<string, Uint8Array>): Promise<Network> {
  await tf.setBackend('cpu');
  const model = JSON.parse(new TextDecoder().decode(files.get('model.json')));
  if (model.format !== 'graph-model') {
    throw new Stop(
      `model.json is a ${model.format ?? 'file of no format'}; a package holds a graph model: give answers and --out in the draft's place, and it is made one.`,
      2,
    );
  }
  const [group] = model.weightsManifest;
  const parts = group.paths.map((path: string) => files.get(path) ?? new Uint8Array());
  const weightData = new Uint8Array(Buffer.concat(parts)).buffer;
  return new Network(
    await loadGraphModel(tf.io.fromMemory({ ...model, weightSpecs: group.weights, weightData })),
  );
}
