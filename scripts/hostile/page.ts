import { largeTable, type MeasuredLarge } from '../../bench/large/measured';
import type { Hostile } from './make';

/** What a parser made of its random inputs: how many came to each outcome. */
export type Tally = Record<string, number>;

const count = (number: number) => number.toLocaleString('en');
const plural = (number: number, noun: string) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Nothing as long as nothing was measured. */
function largeInputs(large: MeasuredLarge): string {
  const table = largeTable(large);
  if (large.machine === '') return '';
  return `## Large inputs

\`RECORD=1 npm run bench -- --large --cases --drop-whole\` measured this (${large.machine}; ${large.load.toFixed(1)} other programs wanted a
processor) and keeps it in \`bench/large/measured.json\`. *Longest task*: for so long the page could not answer a press.

${table.join('\n')}

`;
}

/** docs/reliability.md: what was tried, how often, and what came out. */
export function reliabilityPage(
  kinds: ReadonlyMap<string, Hostile[]>,
  tallies: Record<string, Tally>,
  large: MeasuredLarge,
): string {
  const files = [...kinds.values()].flat();
  const corpus = [...kinds.values()].map((same) => {
    const { reader, kind, outcome } = same[0] as Hostile;
    return `| ${reader} | ${kind} | ${count(same.length)} | ${outcome} |`;
  });
  const random = Object.entries(tallies).map(([name, tally]) => {
    const inputs = Object.values(tally).reduce((sum, number) => sum + number, 0);
    const outcomes = Object.entries(tally).map(([outcome, number]) => `${outcome} ${count(number)}`);
    return `| ${name} | ${count(inputs)} | ${outcomes.join(', ')} |`;
  });
  return `# What was tried to break it

The tests in \`scripts/hostile\` write this page (\`npx vitest run scripts/hostile -u\`; with \`FUZZ_RUNS=20000\` in front, the second table too)
and fail where it no longer says what came out. "read" is an answer; everything else is the code of a failure,
whose sentence the user reads (\`src/core/failure.ts\`), or what the screen shows of it.

## Hostile files

${plural(files.length, 'file')} of ${plural(kinds.size, 'kind')}, tried in every \`npm test\`. Each came to the outcome that its kind has to come to; none was thrown at the
user, none ran a script or left a trace in the prototype of all objects.

| parser | what is hostile | files | outcome |
|---|---|---|---|
${corpus.join('\n')}

## Random inputs

Sound inputs with up to five changes (bytes set, lengths that lie, parts cut, dropped or doubled), one in ten never sound; JSON with up to three values that no field
expects. \`npm test\` tries few, \`npm run check:full\` as many as stand here. None was thrown at the user, none ended in "internal".

| parser | inputs | what came out |
|---|---|---|
${random.join('\n')}

${largeInputs(large)}## Where else faults are provoked

| what | where |
|---|---|
| files on which a decoder throws or never answers, a page over plain http | \`e2e/decoders.e2e.ts\`, \`src/engine/input/opener.test.ts\`, \`src/engine/input/open-bitmap.test.ts\` |
| network cut, server silent or answering with something else | \`e2e/offline.e2e.ts\`, \`src/engine/package/offer.test.ts\`, \`src/engine/package/download.test.ts\` |
| GPU lost, worker dead, golden sample wrong | \`e2e/failures.e2e.ts\`, \`src/engine/tasks/lost.test.ts\`, \`src/engine/package/golden-sample.test.ts\` |
| storage full, blocked, of a newer version | \`src/records/database.test.ts\`, \`src/engine/package/cache.test.ts\` |
| a package that is broken, in place of one that works; a tab closed while it is added | \`src/engine/package/added.test.ts\`, \`src/features/models/model/trial.test.ts\` |
| cases written, forgotten or damaged while they are read | \`src/records/read-in-parts.test.ts\` |
| a browser that stores no Blob: the queue that the clinic keeps | \`src/features/clinic/model/session/session.test.ts\` |
| a visitor who wants out of the kiosk, or back to another's photo | \`e2e/kiosk-locked.e2e.ts\` |
| thousands of analyses without memory that grows | \`npm run soak\`: docs/kiosk.md |
`;
}
