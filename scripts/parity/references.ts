import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import Papa from 'papaparse';
import type { ClassProbability } from '../../src/core/analysis';
import type { Card } from '../../src/core/card';
import { factsOf } from '../../src/core/evaluation/labels';
import type { MetadataValues } from '../../src/core/metadata';
import { root } from '../command';

/** The data sets beside the checkout: a folder each, with `images` and metadata.csv. */
export const sharedData = join(root, '..', 'shared', 'data');

const folders: Record<Card['domain'], string> = {
  dermoscopy: 'derm',
  phone: 'phone',
  acne: 'acne',
  histopathology: 'breakhis',
};

/** A photo that the training side has measured as well. */
export interface Reference {
  /** Inside `sharedData`. */
  path: string;
  /** What the table knows of the patient. */
  facts: MetadataValues;
  /** The calibrated probabilities that PyTorch gave, by class id. */
  probabilities: Record<string, number>;
}

/** What PyTorch said of a few photos; empty where it left nothing, or where the photos are not beside the checkout. */
export function referencesOf({ id, domain }: Pick<Card, 'id' | 'domain'>): Reference[] {
  const file = join(root, 'training', 'results', `${id}.parity.json`);
  const folder = folders[domain];
  const table = join(sharedData, folder, 'metadata.csv');
  if (!existsSync(file) || !existsSync(table)) return [];
  const measured = JSON.parse(readFileSync(file, 'utf8')) as (Pick<Reference, 'probabilities'> & {
    file: string;
  })[];
  const rows = Papa.parse<Record<string, string>>(readFileSync(table, 'utf8'), { header: true }).data;
  const rowOf = new Map(rows.map((row) => [row.image_id, row]));
  return measured.map(({ file, probabilities }) => ({
    path: `${folder}/images/${file}`,
    facts: factsOf({ columns: rowOf.get(file.replace(/\.[^.]*$/, '')) ?? {} }),
    probabilities,
  }));
}

/** Between two answers to one photo, over all classes; infinite where a class is missing. */
export function largestDifference(
  got: readonly Pick<ClassProbability, 'id' | 'calibrated'>[],
  wanted: Readonly<Record<string, number>>,
): number {
  const ids = new Set([...got.map(({ id }) => id), ...Object.keys(wanted)]);
  const differences = [...ids].map((id) => {
    const calibrated = got.find((one) => one.id === id)?.calibrated;
    return Math.abs((calibrated ?? Number.POSITIVE_INFINITY) - (wanted[id] ?? Number.NEGATIVE_INFINITY));
  });
  return Math.max(...differences);
}
