import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Page } from '@playwright/test';
import Papa from 'papaparse';
import { root } from '../scripts/command';
import { en } from './app';
import { heldBackPhotos } from './photos';

interface MetadataRow {
  image_id: string;
  age: string;
  sex: string;
  site: string;
  lesion_id: string;
}

/**
 * A folder as a clinic might have it: real dermoscopy photos that no training has seen, words of its own for
 * labels, what it knows of each.
 */
export function makeArchive(folder: string, nevi: number, melanomas: number): string[] {
  mkdirSync(folder, { recursive: true });
  const table = readFileSync(join(root, '..', 'shared', 'data', 'derm', 'metadata.csv'), 'utf8');
  const known = new Map(
    Papa.parse<MetadataRow>(table, { header: true, skipEmptyLines: 'greedy' }).data.map((row) => [
      row.image_id,
      row,
    ]),
  );
  const photos = [
    ...heldBackPhotos('nv', nevi).map((path) => ({ path, label: 'Nevus' })),
    ...heldBackPhotos('mel', melanomas).map((path) => ({ path, label: 'melanoma' })),
  ];
  const rows = photos.map(({ path, label }) => {
    const { age, sex, site, lesion_id } = known.get(basename(path, '.jpg')) ?? {};
    copyFileSync(path, join(folder, basename(path)));
    return { file: basename(path), label, age, sex, site, lesion_id };
  });
  writeFileSync(join(folder, 'labels.csv'), Papa.unparse(rows));
  return photos.map(({ path }) => basename(path));
}

/** Chooses a folder through the file input, as browsers without the File System Access API do. */
export async function chooseFolder(page: Page, folder: string): Promise<void> {
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: en.evaluate.chooseFolder, exact: true }).click();
  await (await chooser).setFiles(folder);
}

/** Takes the File System Access API away, whose dialog no program can press. */
export async function withoutDirectoryPicker(page: Page): Promise<void> {
  await page.addInitScript(() => {
    Reflect.deleteProperty(window, 'showDirectoryPicker');
  });
}
