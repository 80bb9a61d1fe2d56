import { parseArgs } from 'node:util';
import { maxCases } from '../../src/core/teaching/case-list';
import { fromCaller, Stop } from '../command';

export interface SamplesArguments {
  from: string;
  to: string;
  perClass: number;
  seed: number;
}

const usage =
  'Usage: npm run samples -- --from ../shared/data --to <empty folder> [--per-class 4] [--seed 1]';

/** Reads the command line. Throws `Stop` with exit status 2 where it is wrong. */
export function readArguments(args: string[]): SamplesArguments {
  const { from, to, seed, 'per-class': perClass } = parse(args);
  if (!from || !to) throw wrong('--from and --to are needed.');
  return {
    from: fromCaller(from),
    to: fromCaller(to),
    perClass: whole('--per-class', perClass, 4, 1, Math.floor(maxCases / 7)),
    seed: whole('--seed', seed, 1, 0, 2 ** 32 - 1),
  };
}

function whole(
  name: string,
  given: string | undefined,
  otherwise: number,
  least: number,
  most: number,
): number {
  const value = given === undefined ? otherwise : Number(given);
  if (given?.trim() === '' || !Number.isInteger(value) || value < least || value > most)
    throw wrong(`${name} is a whole number from ${least} to ${most}, not "${given}".`);
  return value;
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args, options: { from: text, to: text, 'per-class': text, seed: text } }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
