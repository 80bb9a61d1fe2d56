import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { type FolderFile, type Plan, plan } from '../../src/core/evaluation/plan';
import { type LabelTable, readLabelTable } from '../../src/core/evaluation/table';
import { Stop } from '../command';

export interface PlannedTable {
  table: LabelTable;
  /** What the table and the folder come to, by the rules of the Evaluate screen. */
  plan: Plan;
}

/** Reads a table of labels and finds its images in a folder, as the Evaluate screen does. */
export function readTable(labels: string, images: string): PlannedTable {
  const table = readLabelTable(readFileSync(labels));
  if (!table.ok) {
    const { missing, columns } = table.failure.detail;
    const lacks = String(missing).split(', ').join(' and none named ');
    const has = columns === undefined ? '' : ` Its columns are: ${columns}.`;
    throw new Stop(`${labels} has no column named ${lacks}, nor one that means the same.${has}`, 2);
  }
  return { table: table.value, plan: plan(filesIn(images), table.value.rows) };
}

/** Files of a folder and of those in it, relative to it, with forward slashes. */
export const filesIn = (folder: string): FolderFile[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((file) => ({ path: relative(folder, file).replaceAll('\\', '/'), size: statSync(file).size }))
    .sort((a, b) => (a.path < b.path ? -1 : 1));
