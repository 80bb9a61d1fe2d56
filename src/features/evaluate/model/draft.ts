import type { Card } from '../../../core/card/card';
import type { LabelRow } from '../../../core/evaluation/labels';
import { few, type TableNote } from '../../../core/evaluation/notes';
import { type FolderFile, type LabelMap, type Plan, planning, tablesOf } from '../../../core/evaluation/plan';
import type { JudgedModel } from '../../../core/evaluation/sample';
import { proposeClass } from '../../../core/evaluation/synonyms';
import type { LabelTable } from '../../../core/evaluation/table';
import type { Failure, Result } from '../../../core/failure';
import type { Steps } from '../../../core/steps';
import type { Folder } from './folder';

/** An evaluation that is being set up. Plain data. */
export interface Draft {
  /** Classifiers in the order in which they were chosen, and at most one that finds outlines. */
  packageIds: readonly string[];
  folder: { name: string; files: readonly FolderFile[] } | null;
  /** Where labels come from; null until a folder is there. */
  source: 'table' | 'folders' | null;
  table: ({ name: string } & LabelTable) | null;
  /** What is to be said of the folder's tables. */
  folderNotes: readonly TableNote[];
  /** Why the table could not be read. */
  tableFailure: Failure | null;
  /** What the user said otherwise than proposed: by package id, by label. */
  changed: Readonly<Record<string, LabelMap>>;
  /**
   * Whether true outlines are to be compared beside classifiers; only asked where the folder holds some and
   * no segmenter is chosen.
   */
  outlines: boolean;
  /** Whether outlines are looked for only to measure skin tone beside them, which takes longer. */
  skinTone: boolean;
  /** In how many parts the images are answered; 1 is all of them in this tab. */
  parts: number;
  /** The part of this tab, from 1; null takes the next that is free. */
  part: number | null;
}

export const emptyDraft: Draft = {
  packageIds: [],
  folder: null,
  source: null,
  table: null,
  folderNotes: [],
  tableFailure: null,
  changed: {},
  outlines: true,
  skinTone: false,
  parts: 1,
  part: null,
};

type Read = (file: Blob) => Promise<Result<LabelTable>>;

/** A draft with this folder: a labels.csv in it is read at once, else each folder inside is a class. */
export async function withFolder(draft: Draft, folder: Folder, read: Read): Promise<Draft> {
  const tables = tablesOf(folder.files);
  const table =
    tables.find(({ path }) => /(^|\/)labels\.[ct]sv$/i.test(path)) ??
    (tables.length === 1 ? tables[0] : undefined);
  const file = table ? await folder.open(table.path) : null;
  const fresh: Draft = {
    ...draft,
    folder: { name: folder.name, files: folder.files },
    source: 'folders',
    table: null,
    folderNotes: table || tables.length === 0 ? [] : [severalTables(tables)],
    tableFailure: null,
    changed: {},
  };
  return file && table ? withTable(fresh, table.path, await read(file)) : fresh;
}

const severalTables = (tables: readonly FolderFile[]): TableNote => ({
  kind: 'severalTables',
  values: { files: few(tables.map(({ path }) => path)) },
  count: tables.length,
});

export function withTable(draft: Draft, name: string, table: Result<LabelTable>): Draft {
  const taken = { ...draft, source: 'table', folderNotes: [] } as const;
  if (!table.ok) return { ...taken, table: null, tableFailure: table.failure };
  return { ...taken, table: { name, ...table.value }, tableFailure: null };
}

/** The rows of the table; null where folders are classes, and where there is no table yet. */
export const rowsOf = ({ source, table }: Draft): readonly LabelRow[] | null =>
  source === 'table' && table ? table.rows : null;

/** What would be asked, and what is missing, in steps; null without a folder and labels. */
export function planningOf(draft: Draft): Steps<Plan> | null {
  const { folder, source, table } = draft;
  if (!folder || (source === 'table' && !table)) return null;
  return planning(folder.files, rowsOf(draft));
}

/**
 * The chosen cards that tell classes apart, and the one that finds outlines; null where none of those was
 * chosen.
 */
export function chosenOf(
  { packageIds }: Draft,
  cards: readonly Card[],
): { classifiers: Card[]; segmenter: Card | null } {
  const chosen = packageIds.flatMap((id) => cards.find((card) => card.id === id) ?? []);
  return {
    classifiers: chosen.filter(({ classes }) => classes.length > 0),
    segmenter: chosen.find(({ task }) => task === 'segmentation') ?? null,
  };
}

/** What each label means to a model: as proposed, unless the user said otherwise. */
export function labelMapOf(draft: Draft, card: Card, labels: readonly string[]): LabelMap {
  const changed = draft.changed[card.id] ?? {};
  return Object.fromEntries(
    labels.map((label) => {
      const chosenClass = changed[label];
      return [label, chosenClass === undefined ? proposeClass(label, card.classes) : chosenClass];
    }),
  );
}

/** What is kept of a model to judge its answers with, whatever becomes of its card. */
export function judgedModel(draft: Draft, card: Card, labels: readonly string[]): JudgedModel {
  return {
    packageId: card.id,
    classes: card.classes.map(({ id }) => id),
    decision: card.decision ? { positive: card.decision.positive, threshold: card.decision.threshold } : null,
    conformal: card.calibration?.conformal ?? null,
    labels: labelMapOf(draft, card, labels),
  };
}
