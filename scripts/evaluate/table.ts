import { readdirSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { imageFinder, type LabelRow, parseLabels } from '../../src/core/evaluation/labels';
import { Stop } from '../command';

export interface Row extends LabelRow {
  /** The image's path inside the folder, with forward slashes; null where there is no such image. */
  path: string | null;
}

/** Reads a table with the columns `file` and `label`, and finds each image by its name with or without extension. */
export function readTable(labels: string, images: string): Row[] {
  const rows = parseLabels(readFileSync(labels, 'utf8'));
  if (!rows.ok) {
    const missing = String(rows.failure.detail.missing).split(', ');
    throw new Stop(`${labels} has no column named ${missing.join(' and none named ')}.`, 2);
  }
  const find = imageFinder(pathsIn(images));
  return rows.value.map((row) => ({ ...row, path: find(row.file) }));
}

/** Files of a folder and of those in it, relative to it, with forward slashes. */
export const pathsIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, `${entry.parentPath}/${entry.name}`).replaceAll('\\', '/'))
    .sort();
