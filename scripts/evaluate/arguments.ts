import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BackendName } from '../../src/core/analysis';
import { fromCaller, Stop } from '../command';

export interface EvaluateArguments {
  model: string;
  images: string;
  /** The table of labels; null with `masks`, which a segmenter is held against. */
  labels: string | null;
  /** A folder of true outlines; null with `labels`. */
  masks: string | null;
  /** A folder of packages in place of the app's own; null where those are meant. */
  models: string | null;
  /** The app's own choice when null. */
  backend: BackendName | null;
  /** Most images to try; null is all. */
  limit: number | null;
  out: string;
}

const usage =
  'Usage: npm run evaluate -- --model <id> --images <folder> ' +
  '(--labels <csv with file,label and what is known: age,sex,site,...> | --masks <folder>) ' +
  '[--models <folder of packages>] [--backend webgpu|wasm] [--limit N] --out <file.json>';

/** Reads the command line. Throws `Stop` with exit status 2 where it, or what it names, is wrong. */
export function readArguments(argv: string[]): EvaluateArguments {
  const { model, images, labels, masks, models, backend, limit, out } = parse(argv);
  if (!model || !images || !out) throw wrong('--model, --images and --out are needed.');
  if (Boolean(labels) === Boolean(masks))
    throw wrong('Either --labels or, for a segmenter, --masks is needed.');
  if (backend !== undefined && backend !== 'webgpu' && backend !== 'wasm') {
    throw wrong(`--backend is webgpu or wasm, not ${backend}.`);
  }
  if (limit !== undefined && !/^[1-9]\d*$/.test(limit))
    throw wrong(`--limit is a whole number from 1 up, not ${limit}.`);
  return {
    model,
    images: folder('images', images),
    labels: labels ? table(labels) : null,
    masks: masks ? folder('masks', masks) : null,
    models: models ? folder('models', models) : null,
    backend: backend ?? null,
    limit: limit === undefined ? null : Number(limit),
    out: fromCaller(out),
  };
}

function folder(of: string, given: string): string {
  const path = fromCaller(given);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new Stop(`There is no folder of ${of} at ${path}.`, 2);
  return path;
}

function table(given: string): string {
  const path = fromCaller(given);
  if (!existsSync(path) || !statSync(path).isFile())
    throw new Stop(`There is no table of labels at ${path}.`, 2);
  return path;
}

function parse(argv: string[]) {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({
      args: argv,
      options: {
        model: text,
        images: text,
        labels: text,
        masks: text,
        models: text,
        backend: text,
        limit: text,
        out: text,
      },
    }).values;
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
