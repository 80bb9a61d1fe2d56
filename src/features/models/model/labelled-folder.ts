import { type Answered, type LabelledPhoto, sampleOfAnswers } from '../../../core/evaluation/labelled-folder';
import type { ImportTrial } from './import-trial';

/** With its folders, where it came with one. */
export const pathOf = (file: File): string =>
  (file as File & { path?: string }).path || file.webkitRelativePath || file.name;

/** Asks about one photo after another. Throws the signal's reason where the user stops it. */
export async function answerAll(
  trial: Pick<ImportTrial, 'analyse'>,
  photos: readonly LabelledPhoto<File>[],
  onProgress: (done: number) => void,
  signal: AbortSignal,
): Promise<Answered> {
  const answered: Parameters<typeof sampleOfAnswers>[0][number][] = [];
  for (const [index, { file, path, label }] of photos.entries()) {
    signal.throwIfAborted();
    const answer = await trial.analyse(file, signal);
    signal.throwIfAborted();
    answered.push({ path, label, answer });
    onProgress(index + 1);
  }
  return sampleOfAnswers(answered);
}
