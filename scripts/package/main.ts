/**
 * `npm run package`: completes the card of a TensorFlow.js graph model, so that its folder is a model
 * package; or makes a package of a model of another format, from answers.
 */
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { NetworkCard } from '../../src/core/card/card';
import { fromCaller, main, Stop } from '../command';
import { completeCard } from './complete';
import { coverageWarning } from './coverage-warning';
import { packageOfForeign } from './foreign';
import { fitOnFolder, type LabelledFolder } from './labelled';

const usage = `Usage: npm run package -- --model <folder with model.json and its weights> --card <draft.json>
   or: npm run package -- --model <model.onnx, a zip, or a folder> --answers <answers.json> --out <folder>
       [--labelled <folder with a folder of photos for each class> [--sensitivity 0.9]]`;

await main(async () => {
  const { model, card: draft, answers, out, labelled, sensitivity } = parse(process.argv.slice(2));
  if (model && answers && out)
    return makeForeign(
      fromCaller(model),
      fromCaller(answers),
      fromCaller(out),
      labelledOf(labelled, sensitivity),
    );
  if (!model || !draft || labelled) throw new Stop(usage, 2);
  const folder = fromCaller(model);
  if (!existsSync(join(folder, 'model.json'))) throw new Stop(`There is no model.json in ${folder}.`, 2);
  const card = await completeCard(json(fromCaller(draft)), folder);
  writeFileSync(join(folder, 'card.json'), `${JSON.stringify(card, null, 2)}\n`);
  const { logits, lesion } = card.golden;
  const golden = logits ?? Object.values(lesion ?? {});
  console.log(
    `${join(folder, 'card.json')} is written; golden logits ${golden.map((logit) => logit.toFixed(4)).join(', ')}. ` +
      'Compare them with what the model gave where it was trained, then drop the folder on the Models screen.',
  );
  return 0;
});

function labelledOf(folder: string | undefined, sensitivity = '0.9'): LabelledFolder | null {
  if (folder === undefined) return null;
  const path = fromCaller(folder);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new Stop(`There is no folder of labelled photos at ${path}.`, 2);
  const target = Number(sensitivity);
  if (!(target >= 0.5 && target < 1))
    throw new Stop(`--sensitivity is a number from 0.5 to under 1, not ${sensitivity}.`, 2);
  return { folder: path, sensitivity: target };
}

async function makeForeign(
  model: string,
  answers: string,
  out: string,
  labelled: LabelledFolder | null,
): Promise<number> {
  const { card, files } = await packageOfForeign(
    model,
    json(answers),
    async (trial, given) => labelled && fitOnFolder(trial, given, labelled),
  );
  const folder = join(out, card.id);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  console.log(
    `${folder} is written: ${card.classes.length} classes, golden logits ` +
      `${(card.golden.logits ?? []).map((logit) => logit.toFixed(4)).join(', ')}. ${measuredOf(card)} ` +
      'Compare the logits with what the model gave where it was made, then drop the folder on the Models screen.',
  );
  for (const line of coverageWarning(card)) console.log(line);
  return 0;
}

function measuredOf({ results, decision, ood }: NetworkCard): string {
  if (results.count === 0) return 'It is not calibrated and flags nothing.';
  const { auc, balancedAccuracy } = results.metrics;
  const percent = (share: number) => `${(100 * share).toFixed(1)} %`;
  return [
    `Measured on ${results.count} photos that nothing was fitted to: AUC ${auc?.value.toFixed(3) ?? 'unknown'},`,
    `balanced accuracy ${balancedAccuracy?.value.toFixed(3) ?? 'unknown'}.`,
    decision
      ? `It flags from ${percent(decision.threshold)} on: sensitivity ${percent(decision.sensitivity)}, specificity ${percent(decision.specificity)}.`
      : 'It flags nothing.',
    ood
      ? `Of these photos ${percent(ood.testAcceptance ?? 0)} pass its score for unusual photos.`
      : 'It has no score for unusual photos: what goes into its last layer cannot be read.',
  ].join(' ');
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: { model: text, card: text, answers: text, out: text, labelled: text, sensitivity: text },
    }).values;
  } catch (error) {
    throw new Stop(`${error instanceof Error ? error.message : error}\n${usage}`, 2);
  }
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new Stop(`${file} cannot be read: ${error instanceof Error ? error.message : error}`, 2);
  }
}
