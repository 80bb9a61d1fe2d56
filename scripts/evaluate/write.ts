import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { english, korean } from '../../src/app/languages/texts';
import type { Provenance } from '../../src/core/analysis';
import type { ModelMeasured } from '../../src/core/evaluation/measured';
import { resultsText, sharedModel } from '../../src/core/evaluation/results-file';
import { Stop } from '../command';
import type { JoinArguments } from './arguments';
import type { JournalEntry, JournalHead } from './journal';
import { measure, summarise } from './result';

/** Measures answers in the order of one run, and writes what was asked for. */
export function writeResults(
  { head, entries }: { head: JournalHead; entries: readonly JournalEntry[] },
  { out, share }: Pick<JoinArguments, 'out' | 'share'>,
): void {
  const answered = entries.filter((entry) => entry.kind === 'answer');
  const last = answered.at(-1);
  if (!last) throw new Stop('Nothing ran, so there is nothing to measure.');
  const machines = new Set(answered.map(({ backend, adapter }) => `${backend} (${adapter})`));
  if (machines.size > 1)
    console.error(`The answers come from several back ends: ${[...machines].join(', ')}.`);
  const rows = answered.map(({ prediction, columns, milliseconds, typologyAngle }) => ({
    prediction,
    columns,
    milliseconds,
    ...(typologyAngle === undefined ? {} : { typologyAngle }),
  }));
  const measured = measure(head.card, rows);
  const failed = entries.length - answered.length;
  const result = summarise(head.card, last, rows, head.leftOut + failed, measured);
  writeText(out, `${JSON.stringify(result, null, 2)}\n`);
  if (share.file !== null) writeText(share.file, sharedText(head, last, { ...measured, failed }, share.name));
  const { accuracy, balancedAccuracy } = result;
  report(head.card.id, result, `accuracy ${percent(accuracy)}, balanced ${percent(balancedAccuracy)}`, out);
}

function sharedText(
  head: JournalHead,
  { backend, adapter }: Pick<Provenance, 'backend' | 'adapter'>,
  measured: ModelMeasured,
  name: string,
): string {
  const provenance = { packageVersion: head.card.version, packageHash: head.packageHash, backend, adapter };
  const model = sharedModel(measured, { card: head.card, provenance });
  if (!model) throw new Stop('Nothing was measured, so there is nothing to share.');
  const disclaimer = { en: english.app.disclaimer, ko: korean.app.disclaimer };
  return resultsText({ disclaimer, name, createdAt: new Date().toISOString(), models: [model] });
}

export function report(
  model: string,
  result: { backend: string; adapter: string; count: number; skipped: number },
  figures: string,
  out: string,
): void {
  console.log(
    `${model} on ${result.backend} (${result.adapter}): ${result.count} images, ${result.skipped} skipped, ` +
      `${figures}. Written to ${out}`,
  );
}

export function writeText(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}

function percent(fraction: number): string {
  return `${(100 * fraction).toFixed(2)} %`;
}
