/**
 * `npm test`: every check that guards a promise. `npm test -- unit e2e` runs just those. `npm run
 * check:full`, before a version, runs the slow ones too.
 */
import { availableParallelism } from 'node:os';
import { ensureBrowser } from './browser';
import { type Closing, readClosing } from './closing';
import { command, main, type Outcome, Stop } from './command';
import { ensureOtherBrowsers } from './other-browsers';
import { ensurePdfReader } from './pdf-reader';
import { ensurePython, pythonProgram } from './python';

interface Step {
  name: string;
  what: string;
  run(): Promise<Outcome>;
  /** Runs with --full, or when it is named. */
  slow?: boolean;
  /** Keeps one core busy at most and says little: runs beside its neighbours of this kind, and prints at its end. */
  light?: boolean;
}

interface StepResult extends Closing {
  step: Step;
  state: 'passed' | 'failed' | 'not run';
  seconds: number;
}

const npmRun = (script: string, env: Record<string, string> = {}, options: string[] = []) =>
  command('npm', ['run', '--silent', script, '--', ...options], { env });
const npmRunQuietly = (script: string) => command('npm', ['run', '--silent', script], { quiet: true });

/** Rounds enough to tell memory that grows from memory that is not yet warm. */
const kioskSoak = ['--rounds', '200'];
const evaluationSoak = ['--what', 'evaluation', '--rounds', '500'];

const steps: Step[] = [
  { name: 'types', what: 'TypeScript', run: () => npmRunQuietly('types'), light: true },
  {
    name: 'lint',
    what: 'Biome, rooms, ruff, mypy',
    run: () => atOnce(npmRunQuietly('lint'), inTurn(...lintTraining)),
    light: true,
  },
  { name: 'build', what: 'Vite', run: () => npmRunQuietly('build'), light: true },
  { name: 'unit', what: 'vitest, with coverage', run: testUnits },
  { name: 'training', what: 'pytest', run: testTraining },
  { name: 'e2e', what: 'Playwright', run: testInBrowser },
  { name: 'hostile', what: '20,000 inputs a parser', run: testHostile, slow: true },
  { name: 'browsers', what: 'Firefox and WebKit', run: testOtherBrowsers, slow: true },
  { name: 'parity', what: 'every package', run: () => npmRun('parity'), slow: true },
  {
    name: 'soak',
    what: 'memory',
    run: () => inTurn(...[kioskSoak, evaluationSoak].map((options) => () => npmRun('soak', {}, options))),
    slow: true,
  },
];

async function inTurn(...runs: (() => Promise<Outcome>)[]): Promise<Outcome> {
  const all: Outcome = { status: 0, output: '' };
  for (const run of runs) {
    if (all.status !== 0) break;
    const { status, output } = await run();
    all.status = status;
    all.output += output;
  }
  return all;
}

async function atOnce(...runs: Promise<Outcome>[]): Promise<Outcome> {
  const outcomes = await Promise.all(runs);
  return {
    status: Math.max(...outcomes.map(({ status }) => status)),
    output: outcomes.map(({ output }) => output).join(''),
  };
}

async function testUnits(): Promise<Outcome> {
  await ensurePdfReader();
  return npmRun('unit', {}, ['--coverage']);
}

/** The random inputs of every parser, of which `unit` tries few. */
function testHostile(): Promise<Outcome> {
  return npmRun('unit', { FUZZ_RUNS: '20000' }, ['scripts/hostile']);
}

async function testInBrowser(): Promise<Outcome> {
  await ensurePdfReader();
  return npmRun('e2e', { CHROMIUM: await ensureBrowser() });
}

async function testOtherBrowsers(): Promise<Outcome> {
  await ensureOtherBrowsers();
  return npmRun('browsers');
}

const trainingProject = 'training/pyproject.toml';

/** Style, format, types, the order of imports, and that every import is a declared dependency. */
const lintTraining = [
  ['ruff', 'check', 'training'],
  ['ruff', 'format', '--check', 'training'],
  ['mypy', '--config-file', trainingProject, 'training/lentigo'],
  ['lint-imports', trainingProject],
  ['deptry', 'training', '--config', trainingProject],
].map(([program, ...options]) => async (): Promise<Outcome> => {
  await ensurePython();
  return command(pythonProgram(program ?? ''), options, { quiet: true });
});

async function testTraining(): Promise<Outcome> {
  await ensurePython();
  // Most tests are small networks, which more threads make no faster: a process a core, one thread each.
  const processes = String(Math.min(4, availableParallelism()));
  const slowest = ['--durations', '15', '--durations-min', '5'];
  const options = ['-rs', ...slowest, '--numprocesses', processes, '--dist', 'loadfile'];
  return command(pythonProgram('python'), ['-m', 'pytest', 'training/tests', ...options], {
    env: { OMP_NUM_THREADS: '1' },
  });
}

function chooseSteps(names: readonly string[], full: boolean): Step[] {
  const unknown = names.filter((name) => !steps.some((step) => step.name === name));
  if (unknown.length > 0) {
    throw new Stop(
      `No such step: ${unknown.join(', ')}. There are: ${steps.map((step) => step.name).join(', ')}.`,
      2,
    );
  }
  return steps.filter(({ name, slow }) => (names.length > 0 ? names.includes(name) : full || !slow));
}

/** Light neighbours in one group, every other step in a group of its own. */
function groupSteps(chosen: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of chosen) {
    const last = groups.at(-1);
    if (step.light && last?.[0]?.light) last.push(step);
    else groups.push([step]);
  }
  return groups;
}

async function runStep(step: Step): Promise<StepResult> {
  const heading = `\n──── ${step.name} (${step.what}) ${'─'.repeat(60 - step.name.length - step.what.length)}\n`;
  if (!step.light) console.log(heading);
  const begin = Date.now();
  const outcome = await step.run().catch((error: unknown): Outcome => {
    const output = error instanceof Stop ? error.message : String(error);
    if (!step.light) console.error(output);
    return { status: 1, output };
  });
  if (step.light) console.log(`${heading}\n${outcome.output.trimEnd()}`);
  const closing = readClosing(outcome.output);
  const state = outcome.status === 0 ? 'passed' : 'failed';
  return { step, state, seconds: (Date.now() - begin) / 1000, ...closing };
}

function printSummary(results: StepResult[]): void {
  const row = (...cells: [string, string, string, string, string, string]) =>
    console.log(
      cells
        .map((cell, column) => (column === 0 || column === 1 ? cell.padEnd(10) : cell.padStart(9)))
        .join(' '),
    );
  console.log('');
  row('step', 'outcome', 'passed', 'failed', 'skipped', 'seconds');
  for (const { step, state, passed, failed, skipped, seconds } of results) {
    const counts = (passed + failed + skipped > 0 ? [passed, failed, skipped] : ['', '', '']).map(String);
    row(step.name, state, counts[0] ?? '', counts[1] ?? '', counts[2] ?? '', seconds.toFixed(0));
  }
  for (const { step, lines } of results) {
    if (lines.length > 0) console.log(`\n${step.what}\n${lines.join('\n')}`);
  }
  const passed = results.reduce((sum, result) => sum + result.passed, 0);
  // A step that broke without a failing test (types, lint, a runner that died) is one failure.
  const failed = results.reduce(
    (sum, result) => sum + Math.max(result.failed, result.state === 'failed' ? 1 : 0),
    0,
  );
  console.log(`\n${passed} passed, ${failed} failed`);
}

await main(async () => {
  const words = process.argv.slice(2);
  const full = words.includes('--full');
  const chosen = chooseSteps(
    words.filter((word) => word !== '--full'),
    full,
  );
  const results: StepResult[] = [];
  for (const group of groupSteps(chosen)) {
    const broken = results.some(({ state }) => state === 'failed');
    const run = (step: Step): StepResult | Promise<StepResult> =>
      broken
        ? { step, state: 'not run', seconds: 0, lines: [], passed: 0, failed: 0, skipped: 0 }
        : runStep(step);
    results.push(...(await Promise.all(group.map(run))));
  }
  printSummary(results);
  return results.every(({ state }) => state === 'passed') ? 0 : 1;
});
