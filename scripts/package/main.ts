/**
 * `npm run package`: completes the card of a TensorFlow.js graph model, so that its folder is a model
 * package; or makes a package of a model of another format, from answers.
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromCaller, main, Stop } from '../command';
import { completeCard } from './complete';
import { packageOfForeign } from './foreign';

const usage = `Usage: npm run package -- --model <folder with model.json and its weights> --card <draft.json>
   or: npm run package -- --model <model.onnx, a zip, or a folder> --answers <answers.json> --out <folder>`;

await main(async () => {
  const { model, card: draft, answers, out } = parse(process.argv.slice(2));
  if (model && answers && out) return makeForeign(fromCaller(model), fromCaller(answers), fromCaller(out));
  if (!model || !draft) throw new Stop(usage, 2);
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

async function makeForeign(model: string, answers: string, out: string): Promise<number> {
  const { card, files } = await packageOfForeign(model, json(answers));
  const folder = join(out, card.id);
  mkdirSync(folder, { recursive: true });
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  console.log(
    `${folder} is written: ${card.classes.length} classes, golden logits ` +
      `${(card.golden.logits ?? []).map((logit) => logit.toFixed(4)).join(', ')}. It is not calibrated and flags nothing. ` +
      'Compare the logits with what the model gave where it was made, then drop the folder on the Models screen.',
  );
  return 0;
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { model: text, card: text, answers: text, out: text } }).values;
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
