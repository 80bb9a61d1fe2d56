import { parseArgs } from 'node:util';
import { fromCaller, Stop } from '../scripts/command';
import type { BackendName } from '../src/core/analysis';
import { defaultLimits } from '../src/features/benchmark/model/benchmark';
import type { RivalProgram } from './compare/rival';

export interface BenchArguments {
  /** All of them when null. */
  models: string[] | null;
  backends: BackendName[];
  limits: { maxPasses: number; timeoutMs: number };
  /** Programs to compare with; none without `--against`. */
  against: RivalProgram[];
  /** How often each of them runs. */
  rounds: number;
  /** Whether many photos are dropped at once. */
  drop: boolean;
  /** Whether the largest drop is followed to its last answer. */
  dropWhole: boolean;
  /** Whether a large table and large masks are opened. */
  large: boolean;
  /** Whether the screen of the cases is measured with thousands of them. */
  cases: boolean;
  /** Whether the kiosk's live camera is measured. */
  live: boolean;
  /** A file for the table, beside the terminal. */
  out: string | null;
}

const usage =
  'Usage: npm run bench -- [--models id,id] [--backends webgpu,wasm] [--passes N] [--out <file.md>]\n' +
  '       [--against ort,tfjs] [--rounds N] [--drop] [--drop-whole] [--cases] [--large] [--live]';

/** Reads the command line. Throws `Stop` with exit status 2 where it is wrong. */
export function readArguments(argv: string[]): BenchArguments {
  const {
    models,
    backends = 'webgpu,wasm',
    passes,
    out,
    against,
    rounds = '3',
    drop = false,
    cases = false,
    'drop-whole': dropWhole = false,
    large = false,
    live = false,
  } = parse(argv);
  const named = backends.split(',');
  const wrongOne = named.find((name) => name !== 'webgpu' && name !== 'wasm');
  if (wrongOne !== undefined) throw wrong(`--backends are webgpu or wasm, not ${wrongOne}.`);
  if (passes !== undefined && !/^[1-9]\d*$/.test(passes))
    throw wrong(`--passes is a whole number from 1 up, not ${passes}.`);
  if (!/^[1-9]\d*$/.test(rounds)) throw wrong(`--rounds is a whole number from 1 up, not ${rounds}.`);
  const rivals = against?.split(',') ?? [];
  const stranger = rivals.find((name) => name !== 'ort' && name !== 'tfjs');
  if (stranger !== undefined) throw wrong(`--against are ort or tfjs, not ${stranger}.`);
  return {
    models: models?.split(',') ?? null,
    backends: named as BackendName[],
    limits: { ...defaultLimits, ...(passes === undefined ? {} : { maxPasses: Number(passes) }) },
    against: rivals as RivalProgram[],
    rounds: Number(rounds),
    drop,
    cases,
    dropWhole,
    large,
    live,
    out: out === undefined ? null : fromCaller(out),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args,
      options: {
        models: text,
        backends: text,
        passes: text,
        out: text,
        against: text,
        rounds: text,
        drop: { type: 'boolean' },
        cases: { type: 'boolean' },
        'drop-whole': { type: 'boolean' },
        large: { type: 'boolean' },
        live: { type: 'boolean' },
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
