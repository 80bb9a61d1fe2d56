import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { unzipSync } from 'fflate';
import type { CardFit } from '../../src/core/evaluation/card-fit';
import { type Answers, parseAnswers } from '../../src/engine/import/answers';
import { type MadePackage, makePackage } from '../../src/engine/import/make-package';
import { ImportProblem } from '../../src/engine/import/problem';
import { type ForeignModel, type ModelBytes, readForeignModel } from '../../src/engine/import/read-model';
import { goldenAnswer } from '../../src/engine/package/golden';
import { Stop } from '../command';
import { loadPlainly } from './complete';

/**
 * The package of a model of another format: an ONNX file, a zip as Teachable Machine gives it, or a folder
 * with model.json and its weights. `json`: the answers of docs/model-package.md. `measure`: fits it to
 * labelled photos; left out, the card says that it is not calibrated. The golden sample is computed by plain
 * TensorFlow.js on its CPU back end. Throws `Stop`, naming what is wrong.
 */
export async function packageOfForeign(
  path: string,
  json: unknown,
  measure: (trial: MadePackage, answers: Answers) => Promise<CardFit | null> = async () => null,
): Promise<MadePackage> {
  const answers = orStop(() => parseAnswers(json), 'The answers are not in order');
  const model = orStop(
    () => readForeignModel(filesIn(path), { size: answers.input.size, plain: answers.plain }),
    `${basename(path)} was not read`,
  );
  const trial = await made(model, answers, null);
  const network = await loadPlainly(trial.files);
  try {
    const golden = await goldenAnswer(trial.card, network);
    return await made(model, answers, golden, await measure(trial, answers));
  } finally {
    network.dispose();
  }
}

async function made(
  model: ForeignModel,
  answers: Answers,
  golden: readonly number[] | null,
  fit: CardFit | null = null,
): Promise<MadePackage> {
  try {
    return await makePackage(model, answers, golden, fit);
  } catch (error) {
    throw new Stop(`The package was not made: ${wordsOf(error)}.`, 2);
  }
}

function orStop<T>(work: () => T, sentence: string): T {
  try {
    return work();
  } catch (error) {
    throw new Stop(`${sentence}: ${wordsOf(error)}.`, 2);
  }
}

const wordsOf = (error: unknown) =>
  error instanceof ImportProblem || error instanceof Error ? error.message : String(error);

function filesIn(path: string): ModelBytes[] {
  if (!existsSync(path)) throw new Stop(`There is no ${path}.`, 2);
  if (statSync(path).isDirectory())
    return readdirSync(path)
      .filter((name) => statSync(join(path, name)).isFile())
      .map((name) => ({ name, bytes: new Uint8Array(readFileSync(join(path, name))) }));
  const bytes = new Uint8Array(readFileSync(path));
  if (!/\.zip$/i.test(path)) return [{ name: basename(path), bytes }];
  return Object.entries(orStop(() => unzipSync(bytes), `${basename(path)} is no zip`))
    .filter(([name]) => !name.endsWith('/'))
    .map(([name, inside]) => ({ name: basename(name), bytes: inside }));
}
