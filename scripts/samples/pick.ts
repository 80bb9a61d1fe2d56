import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { seededRandom } from '../../src/core/metrics/random';
import { type Diagnosis, diagnoses } from '../../src/core/teaching/case-list';
import { Stop } from '../command';
import { heldBackHam10000 } from '../real-photos';

/** A photo that could be shown. */
export interface Candidate {
  id: string;
  diagnosis: Diagnosis;
  file: string;
}

/**
 * The photos of HAM10000 in `data` (a folder as ../shared/data) that no training has seen: those that the table
 * `splits` puts on the test side. One photo a lesion. The other photos of the folder are left out: it does not say
 * of each under which licence it is. Throws `Stop` where the folder is not what it should be.
 */
export function heldBack(data: string, splits: string): Candidate[] {
  const folder = join(data, 'derm');
  if (!existsSync(data))
    throw new Stop(`There is no folder ${data}. Name the one with the data: --from <folder>.`, 2);
  const table = join(folder, 'metadata.csv');
  if (!existsSync(table))
    throw new Stop(
      `There is no derm/metadata.csv in ${data}. Is it the folder that README, "The data", describes?`,
      2,
    );
  const lesions = new Set<string>();
  const found: Candidate[] = [];
  for (const { image_id = '', dx, lesion_id = '' } of heldBackHam10000(data, splits)) {
    const diagnosis = diagnoses.find((known) => known === dx);
    const file = join(folder, 'images', `${image_id}.jpg`);
    if (!diagnosis || lesions.has(lesion_id) || !existsSync(file)) continue;
    if (lesion_id) lesions.add(lesion_id);
    found.push({ id: image_id, diagnosis, file });
  }
  if (found.length === 0)
    throw new Stop(`Nothing to pick: no photo of HAM10000 in ${data} is on the test side of ${splits}.`, 2);
  return found;
}

/**
 * `perClass` photos of every diagnosis, fewer where there are not as many; the same ones for the same seed. One of
 * each diagnosis in turn, so that the first few of the list are balanced too.
 */
export function pick(candidates: readonly Candidate[], perClass: number, seed: number): Candidate[] {
  const random = seededRandom(seed);
  const classes = diagnoses.map((diagnosis) =>
    candidates
      .filter((candidate) => candidate.diagnosis === diagnosis)
      .map((candidate) => ({ candidate, place: random() }))
      .sort((a, b) => a.place - b.place)
      .map(({ candidate }) => candidate),
  );
  return Array.from({ length: perClass }, (_, turn) =>
    classes.flatMap((photos) => photos[turn] ?? []),
  ).flat();
}
