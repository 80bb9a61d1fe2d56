import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import jpeg from 'jpeg-js';
import Papa from 'papaparse';
import { PNG } from 'pngjs';
import type { Pixels, Raster } from '../src/core/raster';
import { root, Stop } from './command';

/**
 * The folder with the real images: --data, else ../shared/data beside the checkout. Without it a measurement
 * ends, it is never made up.
 */
export function dataFolder(options: readonly string[]): string {
  const at = options.indexOf('--data');
  const folder = at >= 0 ? (options[at + 1] ?? '') : join(root, '..', 'shared', 'data');
  if (!existsSync(join(folder, 'derm', 'metadata.csv'))) {
    throw new Stop(`There is no data in ${folder}. Name the folder with --data (see README, 'The data').`);
  }
  return folder;
}

type Row = Record<string, string>;

/** The rows of a set's metadata.csv by column name, in the order of the file. */
export const rowsOf = (data: string, set: string): Row[] => rowsIn(join(data, set, 'metadata.csv'));

/**
 * Those of them whose photos no training has seen: on the test side of the set's split. `splits`: the table of the
 * split, else the committed one.
 */
export function heldBackRows(
  data: string,
  set: string,
  splits = join(root, 'training', 'splits', `${set}.csv`),
): Row[] {
  const sides = new Map(rowsIn(splits).map(({ image_id, split }) => [image_id, split]));
  return rowsOf(data, set).filter(({ image_id }) => sides.get(image_id) === 'test');
}

/** HAM10000's among the held-back dermoscopy photos: the set says which lesion each shows, and its licence. */
export const heldBackHam10000 = (data: string, splits?: string): Row[] =>
  heldBackRows(data, 'derm', splits).filter(({ source }) => source === 'HAM10000');

const rowsIn = (file: string): Row[] =>
  Papa.parse<Row>(readFileSync(file, 'utf8'), { header: true, skipEmptyLines: 'greedy' }).data;

/** `count` of the items or fewer, evenly spread: the same ones every time. */
export function evenly<T>(items: readonly T[], count: number): T[] {
  const step = Math.max(1, items.length / count);
  return Array.from({ length: Math.min(count, items.length) }, (_, i) => items[Math.floor(i * step)] as T);
}

export function readPhoto(data: string, set: string, id: string): Pixels {
  const {
    width,
    height,
    data: rgba,
  } = jpeg.decode(readFileSync(join(data, set, 'images', `${id}.jpg`)), {
    useTArray: true,
  });
  return { width, height, channels: 4, data: rgba };
}

export function readMask(data: string, set: string, id: string): Raster {
  const { width, height, data: rgba } = PNG.sync.read(readFileSync(join(data, set, 'masks', `${id}.png`)));
  return {
    width,
    height,
    data: Uint8Array.from({ length: width * height }, (_, i) => ((rgba[4 * i] ?? 0) > 127 ? 1 : 0)),
  };
}
