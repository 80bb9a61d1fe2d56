import { parseArgs } from 'node:util';
import { fromCaller, Stop } from '../scripts/command';
import type { BackendName } from '../src/core/analysis';
import { defaultLimits } from '../src/features/benchmark/model/benchmark';

export interface BenchArguments {
  /** All of them when null. */
  models: string[] | null;
  backends: BackendName[];
  limits: { maxPasses: number; timeoutMs: number };
  /** A file for the table, beside the terminal. */
  out: string | null;
}

const usage =
  'Usage: npm run bench -- [--models id,id] [--backends webgpu,wasm] [--passes N] [--out <file.md>]';

/** Reads the command line. Throws `Stop` with exit status 2 where it is wrong. */
export function readArguments(argv: string[]): BenchArguments {
  const { models, backends = 'webgpu,wasm', passes, out } = parse(argv);
  const named = backends.split(',');
  const wrongOne = named.find((name) => name !== 'webgpu' && name !== 'wasm');
  if (wrongOne !== undefined) throw wrong(`--backends are webgpu or wasm, not ${wrongOne}.`);
  if (passes !== undefined && !/^[1-9]\d*$/.test(passes))
    throw wrong(`--passes is a whole number from 1 up, not ${passes}.`);
  return {
    models: models?.split(',') ?? null,
    backends: named as BackendName[],
    limits: { ...defaultLimits, ...(passes === undefined ? {} : { maxPasses: Number(passes) }) },
    out: out === undefined ? null : fromCaller(out),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { models: text, backends: text, passes: text, out: text } }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
