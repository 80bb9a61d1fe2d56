/** `npm run evaluate`: a model's measures on a labelled folder, from the built app in a real browser. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { buildWhenStale } from '../build';
import { main, Stop } from '../command';
import { type EvaluateArguments, readArguments } from './arguments';
import { type Answer, describeFailure, type OpenApp, openApp } from './browser';
import { Progress } from './progress';
import { type Prediction, summarise } from './result';
import { type Row, readTable } from './table';

/** Images handed to the page at a time: between two chunks the progress line moves. */
const chunkSize = 8;

interface Run {
  predictions: Prediction[];
  skipped: number;
  milliseconds: number[];
  last: Answer | null;
}

await main(async () => {
  const options = readArguments(process.argv.slice(2));
  const rows = readTable(options.labels, options.images);
  await buildWhenStale();
  const app = await openApp(options.images);
  try {
    const classes = await prepare(app, options);
    const run = await runAll(app, options, classes, rows);
    if (run.last === null) throw new Stop('Nothing ran, so there is nothing to measure.');
    const result = summarise(options.model, classes, run.last.provenance, run);
    mkdirSync(dirname(options.out), { recursive: true });
    writeFileSync(options.out, `${JSON.stringify(result, null, 2)}\n`);
    console.log(
      `${options.model} on ${result.backend} (${result.adapter}): ${result.count} images, ${result.skipped} skipped, ` +
        `accuracy ${percent(result.accuracy)}, balanced ${percent(result.balancedAccuracy)}. Written to ${options.out}`,
    );
    return 0;
  } finally {
    await app.close();
  }
});

/** Loads the model on the back end asked for and gives its class ids. */
async function prepare(app: OpenApp, { model, backend }: EvaluateArguments): Promise<string[]> {
  const packages = await app.packages();
  if (!packages.ok) throw new Stop(`The models cannot be listed: ${describeFailure(packages.failure)}.`);
  const card = packages.value.find(({ id }) => id === model);
  if (!card) {
    const ids = packages.value.map(({ id }) => id);
    throw new Stop(`There is no model "${model}". There are: ${ids.join(', ') || 'none'}.`, 2);
  }
  if (card.classes.length === 0)
    throw new Stop(`${model} does not classify, so labels say nothing of it.`, 2);
  if (backend !== null) {
    const pinned = await app.pinBackend(backend);
    if (!pinned.ok) throw new Stop(`${backend} does not run here: ${describeFailure(pinned.failure)}.`);
  }
  const loaded = await app.load(model);
  if (!loaded.ok) throw new Stop(`${model} cannot be loaded: ${describeFailure(loaded.failure)}.`);
  const { name, adapter, passedOver } = loaded.value.backend;
  if (backend === null) {
    for (const other of passedOver) console.error(`Not on ${other.name}: ${other.reason}.`);
  } else if (name !== backend) {
    throw new Stop(`${model} came up on ${name} where ${backend} was asked for.`);
  }
  console.error(`${model} runs on ${name} (${adapter}).`);
  return card.classes.map(({ id }) => id);
}

async function runAll(
  app: OpenApp,
  options: EvaluateArguments,
  classes: string[],
  rows: Row[],
): Promise<Run> {
  const { tried, strangers } = choose(rows, classes, options.limit);
  const run: Run = { predictions: [], skipped: strangers, milliseconds: [], last: null };
  const progress = new Progress(tried.length);
  for (let start = 0; start < tried.length; start += chunkSize) {
    const chunk = tried.slice(start, start + chunkSize);
    const present = chunk.filter((row): row is Row & { path: string } => row.path !== null);
    const answers = await app.analyse(
      present.map(({ path }) => path),
      options.model,
    );
    for (const row of chunk) {
      const answer = row.path === null ? undefined : answers.shift();
      if (!answer?.ok) {
        progress.say(
          `${row.file}: ${answer ? describeFailure(answer.failure) : 'no such image in the folder'}; skipped.`,
        );
        run.skipped++;
        continue;
      }
      const probabilities = Object.fromEntries(
        answer.value.probabilities.map(({ id, calibrated }) => [id, calibrated]),
      );
      run.predictions.push({
        file: row.file,
        label: row.label,
        predicted: mostProbable(probabilities),
        probabilities,
      });
      run.milliseconds.push(answer.value.milliseconds);
      run.last = answer.value;
    }
    progress.advance(chunk.length);
  }
  progress.end();
  return run;
}

/** The rows to try, in order, until the limit; and how many on the way have a label that is no class of the model. */
function choose(rows: Row[], classes: string[], limit: number | null): { tried: Row[]; strangers: number } {
  const tried: Row[] = [];
  let strangers = 0;
  for (const row of rows) {
    if (tried.length === limit) break;
    if (classes.includes(row.label)) tried.push(row);
    else strangers++;
  }
  return { tried, strangers };
}

function mostProbable(probabilities: Record<string, number>): string {
  return Object.entries(probabilities).reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0];
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
