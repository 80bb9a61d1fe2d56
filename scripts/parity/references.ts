import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import Papa from 'papaparse';
import type { ClassProbability } from '../../src/core/decision/probability';
import { metadataFromRow } from '../../src/core/evaluation/labels';
import type { MetadataValues } from '../../src/core/patient/metadata';
import type { Probabilities, Raster } from '../../src/core/raster';
import { root } from '../command';
import { readMask } from '../evaluate/outlines';

/** The data sets beside the checkout: a folder each, with `images`, metadata.csv and, for some, `masks`. */
export const sharedData = join(root, '..', 'shared', 'data');

/**
 * Steps of a probability in a map that the training side kept
 * (training/lentigo/evaluation/parity_references.py).
 */
const levels = 4095;

/** A photo of which PyTorch has said its probabilities. */
export interface ClassReference {
  kind: 'classes';
  /** Inside `sharedData`. */
  path: string;
  /** What the table knows of the patient. */
  metadata: MetadataValues;
  /** What a fusion was shown as the lesion; null for others. */
  mask: Raster | null;
  /** Calibrated, by class id. */
  probabilities: Record<string, number>;
}

/** A photo of which PyTorch has said where the lesion is. */
interface MapReference {
  kind: 'map';
  path: string;
  /** Of lesion, over the whole photo and nothing else. */
  map: Probabilities;
}

export type Reference = ClassReference | MapReference;

interface Kept {
  /** The folder of the data set. */
  set: string;
  file: string;
}
type KeptClasses = Kept & { probabilities: Record<string, number>; mask?: string };
type KeptMap = Kept & { width: number; height: number; map: string };

/**
 * What PyTorch said of a few photos; empty where it left nothing, or where the photos are not beside the
 * checkout.
 */
export function referencesOf(packageId: string): Reference[] {
  const file = join(root, 'training', 'results', `${packageId}.parity.json`);
  if (!existsSync(file)) return [];
  const stored = JSON.parse(readFileSync(file, 'utf8')) as (KeptClasses | KeptMap)[];
  if (stored.some(({ set }) => !existsSync(join(sharedData, set, 'metadata.csv')))) return [];
  return stored.map((reference) =>
    'map' in reference ? mapReference(reference) : classReference(reference),
  );
}

function classReference({ set, file, mask, probabilities }: KeptClasses): ClassReference {
  const table = readFileSync(join(sharedData, set, 'metadata.csv'), 'utf8');
  const rows = Papa.parse<Record<string, string>>(table, { header: true }).data;
  const row = rows.find(({ image_id }) => image_id === file.replace(/\.[^.]*$/, ''));
  return {
    kind: 'classes',
    path: `${set}/images/${file}`,
    metadata: metadataFromRow({ columns: row ?? {} }),
    mask: mask ? drawn(readMask(join(sharedData, set, 'masks', mask))) : null,
    probabilities,
  };
}

/** Lesion where the file is light, as training reads it. */
function drawn(mask: Raster): Raster {
  return { ...mask, data: mask.data.map((value) => (value > 127 ? 1 : 0)) };
}

function mapReference({ set, file, width, height, map }: KeptMap): MapReference {
  const bytes = inflateSync(Buffer.from(map, 'base64'));
  const data = Float32Array.from({ length: width * height }, (_, at) => bytes.readUInt16LE(2 * at) / levels);
  return { kind: 'map', path: `${set}/images/${file}`, map: { width, height, data } };
}

/** Between two answers to one photo, over all classes; infinite where a class is missing. */
export function largestDifference(
  got: readonly Pick<ClassProbability, 'id' | 'calibrated'>[],
  wanted: Readonly<Record<string, number>>,
): number {
  const ids = new Set([...got.map(({ id }) => id), ...Object.keys(wanted)]);
  const differences = [...ids].map((id) => {
    const calibrated = got.find((probability) => probability.id === id)?.calibrated;
    return Math.abs((calibrated ?? Number.POSITIVE_INFINITY) - (wanted[id] ?? Number.NEGATIVE_INFINITY));
  });
  return Math.max(...differences);
}

/**
 * Between two maps of one photo: over all pixels, infinite where their sizes differ; and the Dice index of
 * what is over a half.
 */
export function compareMaps(got: Probabilities, wanted: Probabilities): { difference: number; dice: number } {
  if (got.width !== wanted.width || got.height !== wanted.height) {
    return { difference: Number.POSITIVE_INFINITY, dice: 0 };
  }
  let difference = 0;
  let [both, either] = [0, 0];
  wanted.data.forEach((value, at) => {
    const other = got.data[at] ?? Number.NaN;
    const apart = Math.abs(other - value);
    difference = Number.isNaN(apart) ? Number.POSITIVE_INFINITY : Math.max(difference, apart);
    either += Number(other > 0.5) + Number(value > 0.5);
    both += Number(other > 0.5 && value > 0.5);
  });
  return { difference, dice: either === 0 ? 1 : (2 * both) / either };
}
