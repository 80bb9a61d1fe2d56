import type { TFunction } from 'i18next';
import { few, type TableNote } from '../core/evaluation/notes';
import { type Plan, planNotes } from '../core/evaluation/plan';

/** What is said of a table of labels, wherever one is read: the words of table-notes.*.json. */

export const noteWords = (t: TFunction, notes: readonly TableNote[]): string[] =>
  notes.map(({ kind, values, count }) => t(`labelTable.note.${kind}`, { ...values, count }));

/** Rows and files that do not become an image with a label, or do so otherwise than the table says. */
export const leftOutWords = (
  t: TFunction,
  leftOut: Partial<Pick<Plan, (typeof planNotes)[number]>>,
  kinds: readonly (typeof planNotes)[number][] = planNotes,
): string[] =>
  kinds.flatMap((kind) => {
    const files = leftOut[kind] ?? [];
    return files.length > 0 ? [`${t(`labelTable.${kind}`, { count: files.length })}: ${few(files)}`] : [];
  });
