import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BackendName } from '../../src/core/analysis';
import { fromCaller, Stop } from '../command';

export interface EvaluateArguments {
  model: string;
  images: string;
  labels: string;
  /** The app's own choice when null. */
  backend: BackendName | null;
  /** Most images to try; null is all. */
  limit: number | null;
  out: string;
}

const usage =
  'Usage: npm run evaluate -- --model <id> --images <folder> --labels <csv with file,label> ' +
  '[--backend webgpu|wasm] [--limit N] --out <file.json>';

/** Reads the command line. Throws `Stop` with exit status 2 where it, or what it names, is wrong. */
export function readArguments(argv: string[]): EvaluateArguments {
  const { model, images, labels, backend, limit, out } = parse(argv);
  if (!model || !images || !labels || !out) throw wrong('--model, --images, --labels and --out are needed.');
  if (backend !== undefined && backend !== 'webgpu' && backend !== 'wasm') {
    throw wrong(`--backend is webgpu or wasm, not ${backend}.`);
  }
  if (limit !== undefined && !/^[1-9]\d*$/.test(limit))
    throw wrong(`--limit is a whole number from 1 up, not ${limit}.`);
  const folder = fromCaller(images);
  const table = fromCaller(labels);
  if (!existsSync(folder) || !statSync(folder).isDirectory())
    throw new Stop(`There is no folder of images at ${folder}.`, 2);
  if (!existsSync(table) || !statSync(table).isFile())
    throw new Stop(`There is no table of labels at ${table}.`, 2);
  return {
    model,
    images: folder,
    labels: table,
    backend: backend ?? null,
    limit: limit === undefined ? null : Number(limit),
    out: fromCaller(out),
  };
}

function parse(argv: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: argv,
      options: { model: text, images: text, labels: text, backend: text, limit: text, out: text },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
