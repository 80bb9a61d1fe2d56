/** Large files for the measurement, written on the spot: none of them is kept. */
import { closeSync, mkdirSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { encode } from 'jpeg-js';
import { encodePng } from '../../src/core/image/png';

const size = { width: 600, height: 450 };

/** Photos of a drawn spot, "spot-0.jpg" and on. */
export function writePhotos(folder: string, count: number): string[] {
  mkdirSync(folder, { recursive: true });
  const { width, height } = size;
  const data = new Uint8Array(4 * width * height);
  for (let at = 0; at < width * height; at++) {
    const inside = Math.hypot((at % width) - width / 2, Math.floor(at / width) - height / 2) < height / 4;
    // Grain, so that it does not look blurred.
    const grain = (at * 7919) % 23;
    data.set(inside ? [90 + grain, 55 + grain, 40, 255] : [210 + grain, 165 + grain, 145, 255], 4 * at);
  }
  const { data: jpeg } = encode({ width, height, data }, 90);
  const names = Array.from({ length: count }, (_, index) => `spot-${index}.jpg`);
  for (const name of names) writeFileSync(join(folder, name), jpeg);
  return names;
}

/** A table of labels of at least so many bytes: the photos that are there, then rows of files that are not. */
export function writeTable(path: string, photos: readonly string[], bytes: number): number {
  const file = openSync(path, 'w');
  let written = writeSync(file, 'file,label,age\n');
  let rows = 0;
  const row = (name: string) => `${name},${rows % 3 === 0 ? 'melanoma' : 'nevus'},${20 + (rows % 60)}\n`;
  for (const name of photos) {
    written += writeSync(file, row(name));
    rows += 1;
  }
  while (written < bytes) {
    let piece = '';
    while (piece.length < 2 ** 20 && written + piece.length < bytes) {
      piece += row(`ISIC_${String(rows).padStart(9, '0')}.jpg`);
      rows += 1;
    }
    written += writeSync(file, piece);
  }
  closeSync(file);
  return rows;
}

/** A mask of so many pixels a side, a disc in its middle. */
export function writeMask(path: string, width: number, height: number): void {
  const data = new Uint8Array(width * height);
  const radius = height / 4;
  for (let y = 0; y < height; y++) {
    const half = Math.sqrt(Math.max(0, radius ** 2 - (y - height / 2) ** 2));
    if (half > 0)
      data.fill(255, y * width + Math.ceil(width / 2 - half), y * width + Math.floor(width / 2 + half));
  }
  writeFileSync(path, encodePng({ width, height, channels: 1, data }));
}
