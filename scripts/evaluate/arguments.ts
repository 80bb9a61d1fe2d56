import { existsSync, statSync } from 'node:fs';
import { parseArgs } from 'node:util';
import type { BackendName } from '../../src/core/analysis';
import { parseShard, type Shard } from '../../src/core/evaluation/shard';
import { fromCaller, Stop } from '../command';

export interface RunArguments {
  kind: 'run';
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
  /** Whether outlines are looked for, so that skin tone can be measured beside them. */
  skinTone: boolean;
  /** The part of the images to run; null runs all and writes the result itself. */
  shard: Shard | null;
  out: string;
  share: ShareArguments;
}

/** Parts that were run before become one result. */
export interface JoinArguments {
  kind: 'join';
  /** The files of the parts. */
  parts: string[];
  out: string;
  share: ShareArguments;
}

/** The small file of results to hand on. */
export interface ShareArguments {
  /** Null where none is wanted. */
  file: string | null;
  /** What it calls itself. */
  name: string;
}

const usage =
  'Usage: npm run evaluate -- --model <id> --images <folder> ' +
  '(--labels <csv with file,label and what is known: age,sex,site,...> | --masks <folder>) ' +
  '[--models <folder of packages>] [--backend webgpu|wasm] [--limit N] [--skin-tone] --out <file.json> ' +
  '[--share <file.json> --name <what the results are of>]\n' +
  'In parts: the same with --shard 1/3 --out part-1.jsonl, and so on, then ' +
  'npm run evaluate -- --join part-1.jsonl part-2.jsonl part-3.jsonl --out <file.json>\n' +
  'Of each prediction the file has `flagged` and `set`. `set` is the prediction set as computed, which coverage is measured ' +
  'on: it lacks the class that the screens add to a flagged photo. docs/evaluation.md says more.';

/** Reads the command line. Throws `Stop`: with exit status 0 for `--help`, 2 where it, or what it names, is wrong. */
export function readArguments(argv: string[]): RunArguments | JoinArguments {
  if (argv.includes('--help')) throw new Stop(usage, 0);
  const { values, positionals } = parse(argv);
  const { model, images, labels, masks, models, backend, limit, out, join } = values;
  const share = { file: values.share ? fromCaller(values.share) : null, name: values.name ?? '' };
  if (share.name.length > 80) throw wrong('--name has at most 80 characters.');
  if (join) {
    if (positionals.length === 0 || !out) throw wrong('--join needs the files of the parts, and --out.');
    const parts = positionals.map((part) => file('part', part));
    return { kind: 'join', parts, out: fromCaller(out), share };
  }
  const [stray] = positionals;
  if (stray !== undefined) throw wrong(`"${stray}" belongs to no option.`);
  if (!model || !images || !out) throw wrong('--model, --images and --out are needed.');
  if (Boolean(labels) === Boolean(masks))
    throw wrong('Either --labels or, for a segmenter, --masks is needed.');
  if (backend !== undefined && backend !== 'webgpu' && backend !== 'wasm') {
    throw wrong(`--backend is webgpu or wasm, not ${backend}.`);
  }
  if (limit !== undefined && !/^[1-9]\d*$/.test(limit))
    throw wrong(`--limit is a whole number from 1 up, not ${limit}.`);
  const shard = values.shard === undefined ? null : parseShard(values.shard);
  if (values.shard !== undefined && shard === null)
    throw wrong(`--shard is a part of all parts, such as 2/3, not ${values.shard}.`);
  if (masks && (shard || share.file))
    throw wrong('--shard and --share work with --labels, not with --masks.');
  if (masks && values['skin-tone']) throw wrong('--skin-tone works with --labels, not with --masks.');
  if (shard && share.file) throw wrong('--share is written by --join, not by a part.');
  return {
    kind: 'run',
    model,
    images: folder('images', images),
    labels: labels ? file('table of labels', labels) : null,
    masks: masks ? folder('masks', masks) : null,
    models: models ? folder('models', models) : null,
    backend: backend ?? null,
    limit: limit === undefined ? null : Number(limit),
    skinTone: values['skin-tone'] ?? false,
    shard,
    out: fromCaller(out),
    share,
  };
}

function folder(of: string, given: string): string {
  const path = fromCaller(given);
  if (!existsSync(path) || !statSync(path).isDirectory())
    throw new Stop(`There is no folder of ${of} at ${path}.`, 2);
  return path;
}

function file(what: string, given: string): string {
  const path = fromCaller(given);
  if (!existsSync(path) || !statSync(path).isFile()) throw new Stop(`There is no ${what} at ${path}.`, 2);
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
        'skin-tone': { type: 'boolean' },
        shard: text,
        join: { type: 'boolean' },
        out: text,
        share: text,
        name: text,
      },
      allowPositionals: true,
    });
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : String(error));
  }
}

const wrong = (sentence: string) => new Stop(`${sentence}\n${usage}`, 2);
