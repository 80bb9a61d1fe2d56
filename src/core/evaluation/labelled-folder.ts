import type { Kind } from '../card/card';
import { sameDiagnosis } from '../card/diagnoses';
import type { Result } from '../failure';
import type { LogitSample } from './card-fit';
import { sortFiles } from './plan';

/** Photos with a known class, for a model without a card: each in a folder that is named as its class. */

export interface LabelledPhoto<File> {
  file: File;
  /** With its folders. */
  path: string;
  /** The class, by its place in the model's answer. */
  label: number;
}

export interface LabelledPhotos<File> {
  /** In the order of their paths. */
  photos: LabelledPhoto<File>[];
  /** Folders with photos that are named as no class. */
  unmatched: string[];
}

/**
 * `names`: of each class all its names, in the order of the model's answer. What is a photo is said by the
 * rules of an evaluation: hidden files and true outlines are none.
 */
export function labelledPhotos<File>(
  files: readonly { file: File; path: string }[],
  names: readonly (readonly string[])[],
): LabelledPhotos<File> {
  const labels = new Map<string, number>();
  const photos: LabelledPhoto<File>[] = [];
  const unmatched = new Set<string>();
  for (const { file, path } of sortFiles(files).images) {
    const folder = path.split('/').at(-2) ?? '';
    if (folder === '') continue;
    const known = labels.get(folder) ?? labelOf(folder, names);
    labels.set(folder, known);
    if (known < 0) unmatched.add(folder);
    else photos.push({ file, path, label: known });
  }
  // However a folder is listed, the same photos make the same halves.
  photos.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { photos, unmatched: [...unmatched].sort() };
}

/** The class by its very name first, then by words for the same diagnosis; -1 for none. */
function labelOf(folder: string, names: readonly (readonly string[])[]): number {
  const plain = (word: string) => word.trim().toLowerCase();
  const exact = names.findIndex((each) => each.some((name) => plain(name) === plain(folder)));
  return exact >= 0 ? exact : names.findIndex((each) => each.some((name) => sameDiagnosis(name, folder)));
}

/** What a trial of the model says of one photo. */
export interface TrialAnswer {
  probabilities: readonly { logit: number }[];
  /** What goes into its last layer; null where that cannot be read. */
  embedding: readonly number[] | null;
}

export interface Answered {
  sample: LogitSample;
  /** Photos that gave no answer. */
  unread: number;
}

/** The answers of photos as a card is fitted to them. */
export function sampleOfAnswers(
  answered: readonly (Pick<LabelledPhoto<unknown>, 'path' | 'label'> & { answer: Result<TrialAnswer> })[],
): Answered {
  const read = answered.flatMap(({ path, label, answer }) =>
    answer.ok ? [{ path, label, ...answer.value }] : [],
  );
  const features = read.flatMap(({ embedding }) => (embedding ? [Float32Array.from(embedding)] : []));
  return {
    sample: {
      truth: read.map(({ label }) => label),
      logits: read.map(({ probabilities }) => probabilities.map(({ logit }) => logit)),
      groups: read.map(({ path }) => path),
      features: features.length > 0 && features.length === read.length ? features : null,
    },
    unread: answered.length - read.length,
  };
}

/**
 * Of each class all its names, its id and its kind, and the places of those that a flag adds up: all that are
 * not benign. A kind that is not known counts as malignant, so that no benign class makes up for it. `ids`:
 * one for each class.
 */
export function rulesOfClasses(
  classes: readonly { name: string | { en: string; ko?: string | undefined }; kind: Kind | null }[],
  ids: readonly string[],
): { names: string[][]; classes: { id: string; kind: Kind }[]; positive: number[] } {
  return {
    names: classes.map(({ name }) =>
      (typeof name === 'string' ? [name] : [name.en, name.ko ?? '']).filter((each) => each !== ''),
    ),
    classes: classes.map(({ kind }, index) => ({ id: ids[index] as string, kind: kind ?? 'malignant' })),
    positive: classes.flatMap(({ kind }, index) => (kind === 'benign' ? [] : [index])),
  };
}
