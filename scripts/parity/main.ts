/**
 * `npm run parity`: PyTorch against the exported graphs run by TensorFlow.js, then, for every package of the app, what PyTorch said of
 * real photos (training/results/<id>.parity.json) against what the built app says of them on each back end.
 */
import type { BackendName } from '../../src/core/analysis';
import type { Card } from '../../src/core/card';
import { buildWhenStale } from '../build';
import { command, main, Stop } from '../command';
import { describeFailure, type OpenApp, openApp } from '../evaluate/browser';
import { ensurePython, pythonProgram } from '../python';
import { largestDifference, referencesOf, sharedData } from './references';

/** Of a calibrated probability. */
const tolerance = 2e-3;

await main(async () => {
  const photosOnly = process.argv.includes('--photos');
  const graphs = photosOnly ? 0 : await compareGraphs();
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
    const packages = await app.packages();
    if (!packages.ok) throw new Stop(`The models cannot be listed: ${describeFailure(packages.failure)}.`);
    const agree: boolean[] = [];
    for (const backend of ['wasm', 'webgpu'] as const) {
      const pinned = await app.pinBackend(backend);
      if (!pinned.ok) throw new Stop(`${backend} does not run here: ${describeFailure(pinned.failure)}.`);
      for (const card of packages.value) agree.push(await comparePackage(app, card, backend));
    }
    return agree.every(Boolean);
  } finally {
    await app.close();
  }
}

async function comparePackage(app: OpenApp, card: Card, backend: BackendName): Promise<boolean> {
  const references = referencesOf(card);
  if (references.length === 0) {
    console.log(`${card.id} on ${backend}: PyTorch left no photos to compare with; skipped.`);
    return true;
  }
  const answers = await app.analyse(references, card.id);
  const differences = answers.map((answer, index) => {
    if (!answer.ok)
      throw new Stop(`${references[index]?.path} on ${card.id}: ${describeFailure(answer.failure)}.`);
    return largestDifference(answer.value.probabilities, references[index]?.probabilities ?? {});
  });
  const most = Math.max(...differences);
  const verdict = most < tolerance ? 'agrees' : 'DIFFERS';
  console.log(
    `${card.id} on ${backend}: ${verdict}, at most ${most.toExponential(1)} on ${answers.length} photos.`,
  );
  return most < tolerance;
}
