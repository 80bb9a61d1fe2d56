/** `npm run evaluate`: a model's measures on a labelled folder, from the built app in a real browser. */
import type { Card } from '../../src/core/card/card';
import { describeSkipped } from '../../src/engine/backend/choice';
import type { BackendStatus } from '../../src/engine/engine';
import { buildWhenStale } from '../build';
import { main, Stop } from '../command';
import { type RunArguments, readArguments } from './arguments';
import { describeFailure, type OpenApp, openApp } from './browser';
import { joinJournals } from './journal';
import { evaluateLabels } from './labels';
import { evaluateOutlines } from './outlines';
import { readTable } from './table';
import { report, writeResults, writeText } from './write';

await main(async () => {
  const options = readArguments(process.argv.slice(2));
  if (options.kind === 'join') {
    writeResults(joinJournals(options.parts), options);
    return 0;
  }
  const { masks, labels, images } = options;
  const given = labels === null ? null : readTable(labels, images);
  await buildWhenStale();
  const app = await openApp(images, options.models);
  try {
    const { card, backend } = await prepare(app, options);
    if (given !== null) await evaluateLabels(app, options, card, given);
    else await evaluateMasks(app, { ...options, masks: masks ?? '' }, backend);
    return 0;
  } finally {
    await app.close();
  }
});

async function evaluateMasks(
  app: OpenApp,
  options: RunArguments & { masks: string },
  backend: BackendStatus,
): Promise<void> {
  const result = await evaluateOutlines(app, options, backend);
  const { dice, jaccard, thresholdedJaccard } = result;
  const figures = [dice, jaccard, thresholdedJaccard].map(({ mean }) => mean.toFixed(4));
  writeText(options.out, `${JSON.stringify(result, null, 2)}\n`);
  report(
    options.model,
    result,
    `Dice ${figures[0]}, Jaccard ${figures[1]} (thresholded ${figures[2]})`,
    options.out,
  );
}

/** Loads the model on the back end asked for and gives its card. */
async function prepare(
  app: OpenApp,
  { model, backend, masks, skinTone }: RunArguments,
): Promise<{ card: Card; backend: BackendStatus }> {
  const packages = await app.packages();
  if (!packages.ok) throw new Stop(`The models cannot be listed: ${describeFailure(packages.failure)}.`);
  const card = packages.value.find(({ id }) => id === model);
  if (!card) {
    const ids = packages.value.map(({ id }) => id);
    throw new Stop(`There is no model "${model}". There are: ${ids.join(', ') || 'none'}.`, 2);
  }
  const segments = card.task === 'segmentation';
  if (segments && masks === null)
    throw new Stop(`${model} does not classify, so labels say nothing of it; give --masks.`, 2);
  if (!segments && masks !== null)
    throw new Stop(`${model} does not segment, so masks say nothing of it; give --labels.`, 2);
  if (skinTone && !packages.value.some(({ task }) => task === 'segmentation'))
    throw new Stop('No package finds outlines, which --skin-tone needs to tell skin from lesion.', 2);
  if (backend !== null) {
    const pinned = await app.pinBackend(backend);
    if (!pinned.ok) throw new Stop(`${backend} does not run here: ${describeFailure(pinned.failure)}.`);
  }
  const loaded = await app.load(model);
  if (!loaded.ok) throw new Stop(`${model} cannot be loaded: ${describeFailure(loaded.failure)}.`);
  const { name, adapter, skippedBackends } = loaded.value.backend;
  if (backend === null) {
    for (const other of skippedBackends) console.error(`Not on ${describeSkipped(other)}.`);
  } else if (name !== backend) {
    throw new Stop(`${model} came up on ${name} where ${backend} was asked for.`);
  }
  console.error(`${model} runs on ${name} (${adapter}).`);
  console.error(
    `${model} is for one kind of photo: ${card.domain}. Nothing here tells what the photos are; on others its figures mean nothing.`,
  );
  return { card, backend: loaded.value.backend };
}
