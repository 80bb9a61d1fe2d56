import { largeTable, type MeasuredLarge } from '../../bench/large/measured';
import type { Hostile } from './make';

/** What a parser made of its random inputs: how many came to each outcome. */
export type Tally = Record<string, number>;

const count = (number: number) => number.toLocaleString('en');
const plural = (number: number, noun: string) => `${count(number)} ${noun}${number === 1 ? '' : 's'}`;

/** Other faults, and the files that provoke them; corpus.test.ts finds each of these files. */
export const elsewhere: readonly { what: string; where: readonly string[] }[] = [
  {
    what: 'files on which a decoder throws or never answers, a page over plain http',
    where: ['e2e/decoders.e2e.ts', 'src/engine/input/opener.test.ts', 'src/engine/input/open-bitmap.test.ts'],
  },
  {
    what: 'network cut, server silent or answering with something else',
    where: ['e2e/offline.e2e.ts', 'src/engine/package/offer.test.ts', 'src/engine/package/download.test.ts'],
  },
  {
    what: 'GPU lost, worker dead, golden sample wrong',
    where: [
      'e2e/failures.e2e.ts',
      'src/engine/tasks/lost.test.ts',
      'src/engine/package/golden-sample.test.ts',
    ],
  },
  {
    what: 'memory short: no canvas, no room for an array',
    where: ['src/engine/input/decode.test.ts', 'src/report/pictures-memory.test.ts'],
  },
  {
    what: 'storage full, blocked, of a newer version; each call of the Cache API failing',
    where: ['src/records/database.test.ts', 'src/engine/package/cache.test.ts'],
  },
  {
    what: 'each call of IndexedDB failing in turn, at once or later, in every store',
    where: ['scripts/hostile/storage.test.ts', 'src/features/evaluate/model/said.test.ts'],
  },
  {
    what: 'two tabs that change and delete the same records',
    where: [
      'src/records/tabs.test.ts',
      'scripts/hostile/tabs.test.ts',
      'scripts/hostile/tabs-of-screens.test.ts',
    ],
  },
  {
    what: 'a store deleted, closed or emptied under an open page, with or without a word',
    where: ['scripts/hostile/evicted.test.ts'],
  },
  {
    what: 'a clock that was wrong: deletes that cannot be, days that jump',
    where: ['src/records/undo.test.ts', 'src/records/days-of-use.test.ts'],
  },
  {
    what: 'a page one version behind its server, whose later screens are gone',
    where: ['src/app/stale-page.test.ts', 'e2e/stale-page.e2e.ts'],
  },
  {
    what: 'a package that is broken, in place of one that works; a tab closed while it is added',
    where: ['src/engine/package/added.test.ts', 'src/features/models/model/trial.test.ts'],
  },
  {
    what: 'cases written, forgotten or damaged while they are read',
    where: ['src/records/read-in-parts.test.ts'],
  },
  {
    what: 'a browser that stores no Blob: the queue that the clinic keeps',
    where: ['src/features/clinic/model/session/session.test.ts'],
  },
  {
    what: "a visitor who wants out of the kiosk, or back to another's photo",
    where: ['e2e/kiosk-locked.e2e.ts'],
  },
  {
    what: 'thousands of analyses without memory that grows (`npm run soak`)',
    where: ['scripts/soak.ts', 'docs/kiosk.md'],
  },
];

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
user, and none left a trace in the prototype of all objects.

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
${elsewhere.map(({ what, where }) => `| ${what} | ${where.map((path) => `\`${path}\``).join(', ')} |`).join('\n')}
`;
}
