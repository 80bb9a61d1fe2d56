/** `npm run evaluate`: a model's measures on a labelled folder, from the built app in a real browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Card } from '../../src/core/card/card';
import { metadataFromRow } from '../../src/core/evaluation/labels';
import { factNotes } from '../../src/core/evaluation/notes';
import type { PlannedImage } from '../../src/core/evaluation/plan';
import { proposeClass } from '../../src/core/evaluation/synonyms';
import { describeSkipped } from '../../src/engine/backend/choice';
import type { BackendStatus } from '../../src/engine/engine';
import { buildWhenStale } from '../build';
import { main, Stop } from '../command';
import { type EvaluateArguments, readArguments } from './arguments';
import { type Answer, describeFailure, type OpenApp, openApp } from './browser';
import { evaluateOutlines } from './outlines';
import { Progress } from './progress';
import { type Answered, summarise } from './result';
import { type PlannedTable, readTable } from './table';
import { sayings } from './words';

/** Images handed to the page at a time: between two chunks the progress line moves. */
const chunkSize = 8;

interface Run {
  answered: Answered[];
  skipped: number;
  last: Answer | null;
}

await main(async () => {
  const options = readArguments(process.argv.slice(2));
  const { masks, labels, images, out } = options;
  const given = labels === null ? null : readTable(labels, images);
  await buildWhenStale();
  const app = await openApp(images, options.models);
  try {
    const { card, backend } = await prepare(app, options);
    const { result, figures } =
      given !== null
        ? await evaluateLabels(app, options, card, given)
        : await evaluateMasks(app, { ...options, masks: masks ?? '' }, backend);
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, `${JSON.stringify(result, null, 2)}\n`);
    console.log(
      `${options.model} on ${result.backend} (${result.adapter}): ${result.count} images, ${result.skipped} skipped, ` +
        `${figures}. Written to ${out}`,
    );
    return 0;
  } finally {
    await app.close();
  }
});

async function evaluateLabels(app: OpenApp, options: EvaluateArguments, card: Card, given: PlannedTable) {
  const { table, plan } = given;
  const notes = [...table.notes, ...factNotes(table, [card], ({ id }) => id)];
  for (const sentence of sayings(plan, notes)) console.error(sentence);
  const run = await runAll(app, options, card, given);
  if (run.last === null) throw new Stop('Nothing ran, so there is nothing to measure.');
  const result = summarise(card, run.last.provenance, run.answered, run.skipped);
  const { accuracy, balancedAccuracy } = result;
  return { result, figures: `accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy)}` };
}

async function evaluateMasks(
  app: OpenApp,
  options: EvaluateArguments & { masks: string },
  backend: BackendStatus,
) {
  const result = await evaluateOutlines(app, options, backend);
  const { dice, jaccard, thresholdedJaccard } = result;
  const figures = [dice, jaccard, thresholdedJaccard].map(({ mean }) => mean.toFixed(4));
  return { result, figures: `Dice ${figures[0]}, Jaccard ${figures[1]} (thresholded ${figures[2]})` };
}

/** Loads the model on the back end asked for and gives its card. */
async function prepare(
  app: OpenApp,
  { model, backend, masks }: EvaluateArguments,
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
  return { card, backend: loaded.value.backend };
}

async function runAll(
  app: OpenApp,
  options: EvaluateArguments,
  card: Card,
  { plan }: PlannedTable,
): Promise<Run> {
  const { absent, ambiguous, repeated, unlabelled } = plan;
  const { tried, withoutClass } = choose(withClasses(plan.images, card), options.limit);
  const leftOut = absent.length + ambiguous.length + repeated.length + unlabelled.length;
  const run: Run = { answered: [], skipped: leftOut + withoutClass, last: null };
  const progress = new Progress(tried.length);
  for (const file of absent) progress.say(`${file}: no such image in the folder; skipped.`);
  for (const file of ambiguous) progress.say(`${file}: several images of the folder fit; skipped.`);
  for (let start = 0; start < tried.length; start += chunkSize) {
    const chunk = tried.slice(start, start + chunkSize);
    const answers = await app.analyse(
      chunk.map((image) => ({ path: image.path, metadata: metadataFromRow(image) })),
      options.model,
    );
    for (const [index, image] of chunk.entries()) {
      const answer = answers[index];
      const file = plan.names.get(image.path) ?? image.path;
      if (!answer?.ok) {
        progress.say(`${file}: ${answer ? describeFailure(answer.failure) : 'no answer'}; skipped.`);
        run.skipped++;
        continue;
      }
      const probabilities = Object.fromEntries(
        answer.value.probabilities.map(({ id, calibrated }) => [id, calibrated]),
      );
      run.answered.push({
        prediction: {
          file,
          label: image.classId,
          predicted: mostProbable(probabilities),
          probabilities,
          flagged: answer.value.decision?.above ?? false,
          set: answer.value.conformalSet,
        },
        columns: image.columns,
        milliseconds: answer.value.milliseconds,
      });
      run.last = answer.value;
    }
    progress.advance(chunk.length);
  }
  progress.end();
  return run;
}

/** An image whose label means a class of the model. */
type Meant = PlannedImage & { classId: string };

/** The class that each image's label means: the id itself, or another word for it, which is then said. */
function withClasses(
  images: readonly PlannedImage[],
  { classes }: Card,
): (PlannedImage & { classId: string | null })[] {
  const labels = [...new Set(images.map(({ label }) => label))];
  const meaning = new Map(labels.map((label) => [label, proposeClass(label, classes)]));
  for (const [label, id] of meaning) {
    if (id === null)
      console.error(`The label "${label}" means no class of the model; its images are skipped.`);
    else if (id !== label) console.error(`The label "${label}" is taken for ${id}.`);
  }
  return images.map((image) => ({ ...image, classId: meaning.get(image.label) ?? null }));
}

/** The images to try, in order, until the limit; and how many on the way have a label that is no class of the model. */
function choose(
  images: readonly (PlannedImage & { classId: string | null })[],
  limit: number | null,
): { tried: Meant[]; withoutClass: number } {
  const tried: Meant[] = [];
  let withoutClass = 0;
  for (const { classId, ...image } of images) {
    if (tried.length === limit) break;
    if (classId !== null) tried.push({ ...image, classId });
    else withoutClass++;
  }
  return { tried, withoutClass };
}

function mostProbable(probabilities: Record<string, number>): string {
  return Object.entries(probabilities).reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
