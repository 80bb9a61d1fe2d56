import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { type CardFit, fitCard } from '../../src/core/evaluation/card-fit';
import {
  labelledPhotos,
  rulesOfClasses,
  sampleOfAnswers,
  type TrialAnswer,
} from '../../src/core/evaluation/labelled-folder';
import type { Result } from '../../src/core/failure';
import type { Answers } from '../../src/engine/import/answers';
import { idsOf } from '../../src/engine/import/class-ids';
import type { MadePackage } from '../../src/engine/import/make-package';
import { buildWhenStale } from '../build';
import { Stop } from '../command';
import { describeFailure, openApp } from '../evaluate/browser';
import { Progress } from '../evaluate/progress';

export interface LabelledFolder {
  /** With a folder of photos for each class, named as the class. */
  folder: string;
  /** The sensitivity that the threshold is chosen for, 0 to 1. */
  sensitivity: number;
}

/** Asks a trial of the model about photos of a folder, by their paths in it; the answers are in their order. */
export type AskTrial = (
  trial: MadePackage,
  folder: string,
  paths: readonly string[],
) => Promise<Result<TrialAnswer>[]>;

/**
 * What the wizard measures on a labelled folder, by the same functions: the parts of a card that a model
 * without one lacks. Throws `Stop`, naming what is missing.
 */
export async function fitOnFolder(
  trial: MadePackage,
  { classes }: Answers,
  { folder, sensitivity }: LabelledFolder,
  ask: AskTrial = askInBrowser,
): Promise<CardFit> {
  const ids = idsOf(classes.map(({ name }) => name));
  const { names, ...rules } = rulesOfClasses(classes, ids);
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((path) =>
    path.split(sep).join('/'),
  );
  const { photos, unmatched } = labelledPhotos(
    paths.map((path) => ({ file: path, path })),
    names,
  );
  if (unmatched.length > 0) console.error(`Folders that are no class, left out: ${unmatched.join(', ')}.`);
  if (photos.length === 0)
    throw new Stop(
      `No folder in ${folder} is named as a class. Name them: ${names.map(([name]) => name).join(', ')}.`,
      2,
    );
  const answers = await ask(
    trial,
    folder,
    photos.map(({ path }) => path),
  );
  const answered = photos.map(({ path, label }, index) => {
    const answer = answers[index] as Result<TrialAnswer>;
    if (!answer.ok) console.error(`${path}: ${describeFailure(answer.failure)}; skipped.`);
    return { path, label, answer };
  });
  const request = { ...rules, targetSensitivity: sensitivity };
  const fitted = fitCard(request, sampleOfAnswers(answered).sample);
  if (fitted.ok) return fitted.value;
  const { flagged, others, needed } = fitted.failure.detail;
  throw new Stop(
    `Too few photos: ${flagged} to be flagged and ${others} others, and at least ${needed} of each are needed.`,
    2,
  );
}

/** Images handed to the page at a time: between two chunks the progress line moves. */
const chunkSize = 8;

/** In the built app in a real browser, as `npm run evaluate` does. */
const askInBrowser: AskTrial = async ({ card, files }, folder, paths) => {
  await buildWhenStale();
  const models = mkdtempSync(join(tmpdir(), 'lentigo-trial-'));
  mkdirSync(join(models, card.id));
  writeFileSync(join(models, 'index.json'), JSON.stringify({ packages: [card.id] }));
  for (const [name, bytes] of files) writeFileSync(join(models, card.id, name), bytes);
  const app = await openApp(folder, models);
  try {
    const loaded = await app.load(card.id);
    if (!loaded.ok) throw new Stop(`The model does not run: ${describeFailure(loaded.failure)}.`);
    const progress = new Progress(paths.length);
    const answers: Result<TrialAnswer>[] = [];
    for (let start = 0; start < paths.length; start += chunkSize) {
      const chunk = paths.slice(start, start + chunkSize).map((path) => ({ path, metadata: {} }));
      answers.push(...(await app.analyse(chunk, card.id)));
      progress.advance(chunk.length);
    }
    progress.end();
    return answers;
  } finally {
    await app.close();
    rmSync(models, { recursive: true });
  }
};
