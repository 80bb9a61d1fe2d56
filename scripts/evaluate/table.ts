import { readdirSync, readFileSync } from 'node:fs';
import { basename, parse, relative } from 'node:path';
import Papa from 'papaparse';
import { Stop } from '../command';

export interface Row {
  /** As the table has it. */
  file: string;
  /** Lower case. */
  label: string;
  /** The image's path inside the folder, with forward slashes; null where there is no such image. */
  path: string | null;
}

/** Reads a table with the columns `file` and `label`, and finds each image by its name with or without extension. */
export function readTable(labels: string, images: string): Row[] {
  // Excel starts a CSV file with a byte order mark.
  const text = readFileSync(labels, 'utf8').replace(/^\uFEFF/, '');
  const { data, meta } = Papa.parse<Record<string, string>>(text, {
    header: true,
    skipEmptyLines: 'greedy',
    transformHeader: (name) => name.trim().toLowerCase(),
  });
  const missing = ['file', 'label'].filter((column) => !meta.fields?.includes(column));
  if (missing.length > 0)
    throw new Stop(`${labels} has no column named ${missing.join(' and none named ')}.`, 2);
  const find = indexImages(images);
  return data.map((record) => {
    const file = (record.file ?? '').trim();
    return { file, label: (record.label ?? '').trim().toLowerCase(), path: find(file) };
  });
}

function indexImages(folder: string): (file: string) => string | null {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, `${entry.parentPath}/${entry.name}`).replaceAll('\\', '/'))
    .sort();
  const byPath = new Map(paths.map((path) => [path, path]));
  const byName = new Map(paths.map((path) => [basename(path), path]));
  const byStem = new Map(paths.map((path) => [parse(path).name, path]));
  return (file) => {
    const path = file.replaceAll('\\', '/');
    const name = basename(path);
    const stem = name.replace(/\.(jpe?g|png|webp)$/i, '');
    return byPath.get(path) ?? byName.get(name) ?? byStem.get(name) ?? byStem.get(stem) ?? null;
  };
}
