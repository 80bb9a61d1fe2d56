/**
 * `npm run parity`: PyTorch against the exported graphs run by TensorFlow.js, then, for every package of the
 * app, what PyTorch said of real photos (training/results/<id>.parity.json) against what the built app says
 * of them on each back end. `--photos` does only that, `--model <id>` only for one, `--count <n>` with so
 * many photos each (on an emulated GPU two, unless it is given); `--record` writes the figures to
 * training/results/parity.json, from where `lentigo report` takes them.
 */
import { parseArgs } from 'node:util';
import type { Card } from '../../src/core/card/card';
import type { BackendStatus } from '../../src/engine/engine';
import { buildWhenStale } from '../build';
import { command, main, Stop } from '../command';
import { describeFailure, type OpenApp, openApp } from '../evaluate/browser';
import { ensurePython, pythonProgram } from '../python';
import { type Agreement, compare } from './compare';
import { agrees, record } from './record';
import { referencesOf, sharedData } from './references';

const { values: options } = parseArgs({
  options: {
    photos: { type: 'boolean', default: false },
    record: { type: 'boolean', default: false },
    model: { type: 'string', multiple: true },
    count: { type: 'string' },
  },
});

await main(async () => {
  const graphs = options.photos ? 0 : await compareGraphs();
  return (await comparePhotos()) ? graphs : 1;
});

async function compareGraphs(): Promise<number> {
  await ensurePython();
  return (await command(pythonProgram('python'), ['-m', 'pytest', 'training/tests/export', '-v', '-rs']))
    .status;
}

/** True where every package that has references agrees with them. */
async function comparePhotos(): Promise<boolean> {
  await buildWhenStale();
  const app = await openApp(sharedData);
  try {
    const cards = await wantedCards(app);
    let agree = true;
    for (const backend of ['wasm', 'webgpu'] as const) {
      const pinned = await app.pinBackend(backend);
      if (!pinned.ok) throw new Stop(`${backend} does not run here: ${describeFailure(pinned.failure)}.`);
      for (const card of cards) {
        const found = await comparePackage(app, card, pinned.value);
        if (found && options.record) record(card.id, backend, found);
        agree &&= found === null || agrees(found);
      }
    }
    return agree;
  } finally {
    await app.close();
  }
}

async function wantedCards(app: OpenApp): Promise<Card[]> {
  const packages = await app.packages();
  if (!packages.ok) throw new Stop(`The models cannot be listed: ${describeFailure(packages.failure)}.`);
  const { model } = options;
  const cards = packages.value.filter(({ id }) => model === undefined || model.includes(id));
  if (cards.length === 0) throw new Stop(`There is no model ${model?.join(', ')}.`, 2);
  return cards;
}

async function comparePackage(app: OpenApp, { id }: Card, backend: BackendStatus): Promise<Agreement | null> {
  const few = options.count
    ? Number(options.count)
    : backend.name === 'webgpu' && backend.software
      ? 2
      : Infinity;
  const references = referencesOf(id).slice(0, few);
  if (references.length === 0) {
    console.log(`${id} on ${backend.name}: PyTorch left no photos to compare with; skipped.`);
    return null;
  }
  const found = await compare(app, id, references, backend);
  const outlines = found.dice === undefined ? '' : `, Dice at least ${found.dice.toFixed(4)}`;
  console.log(
    `${id} on ${backend.name}: ${agrees(found) ? 'agrees' : 'DIFFERS'}, at most ${found.difference.toExponential(1)}${outlines} ` +
      `on ${found.photos} photos.`,
  );
  return found;
}
