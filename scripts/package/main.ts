/**
 * `npm run package`: completes the card of a TensorFlow.js graph model, so that its folder is a model
 * package.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fromCaller, main, Stop } from '../command';
import { completeCard } from './complete';

const usage =
  'Usage: npm run package -- --model <folder with model.json and its weights> --card <draft.json>';

await main(async () => {
  const { model, card: draft } = parse(process.argv.slice(2));
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

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { model: text, card: text } }).values;
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
