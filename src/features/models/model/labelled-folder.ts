import { sameDiagnosis } from '../../../core/card/diagnoses';
import type { LogitSample } from '../../../core/evaluation/card-fit';
import { mayBePhoto } from '../../../core/image/file-names';
import type { ImportTrial } from './import-trial';

/** Photos with a known class: each in a folder that is named as its class. */
export interface LabelledPhotos {
  photos: { file: File; path: string; label: number }[];
  /** Folders with photos that are named as no class. */
  unmatched: string[];
}

/** `names`: of each class all its names, in the order of the model's answer. */
export function labelledPhotos(
  files: readonly File[],
  names: readonly (readonly string[])[],
): LabelledPhotos {
  const labels = new Map<string, number>();
  const photos: LabelledPhotos['photos'] = [];
  const unmatched = new Set<string>();
  for (const file of files) {
    const path = pathOf(file);
    const folder = path.split('/').at(-2) ?? '';
    if (!mayBePhoto(file.name) || folder === '') continue;
    const known = labels.get(folder) ?? labelOf(folder, names);
    labels.set(folder, known);
    if (known < 0) unmatched.add(folder);
    else photos.push({ file, path, label: known });
  }
  return { photos, unmatched: [...unmatched].sort() };
}

/** The class by its very name first, then by words for the same diagnosis; -1 for none. */
function labelOf(folder: string, names: readonly (readonly string[])[]): number {
  const plain = (word: string) => word.trim().toLowerCase();
  const exact = names.findIndex((each) => each.some((name) => plain(name) === plain(folder)));
  return exact >= 0 ? exact : names.findIndex((each) => each.some((name) => sameDiagnosis(name, folder)));
}

const pathOf = (file: File): string =>
  (file as File & { path?: string }).path || file.webkitRelativePath || file.name;

export interface Answered {
  sample: LogitSample;
  /** Photos that gave no answer. */
  unread: number;
}

/** Asks about one photo after another. Throws the signal's reason where the user stops it. */
export async function answerAll(
  trial: Pick<ImportTrial, 'analyse'>,
  photos: LabelledPhotos['photos'],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Answered> {
  const truth: number[] = [];
  const logits: number[][] = [];
  const groups: string[] = [];
  let unread = 0;
  for (const [index, { file, path, label }] of photos.entries()) {
    signal.throwIfAborted();
    const answer = await trial.analyse(file, signal);
    signal.throwIfAborted();
    if (answer.ok) {
      truth.push(label);
      logits.push(answer.value.probabilities.map(({ logit }) => logit));
      groups.push(path);
    } else unread += 1;
    onProgress(index + 1);
  }
  return { sample: { truth, logits, groups }, unread };
}
