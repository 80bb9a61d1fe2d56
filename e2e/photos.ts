import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { test } from '@playwright/test';
import { root } from '../scripts/command';
import { heldBackHam10000 } from '../scripts/real-photos';

const derm = join(root, '..', 'shared', 'data', 'derm');

/**
 * Skips the test, visibly, where the images are not beside the checkout; there they are a must when CI=true.
 */
export function needsPhotos(): void {
  const present = existsSync(join(derm, 'metadata.csv'));
  if (!present && process.env.CI === 'true') throw new Error(`The test images are missing: ${derm}`);
  test.skip(!present, `needs the dermoscopy images in ${derm}`);
}

/** Paths of real dermoscopy photos of one diagnosis that no training has seen. */
export function heldBackPhotos(dx: string, count: number): string[] {
  return heldBackHam10000(dirname(derm))
    .filter((row) => row.dx === dx)
    .slice(0, count)
    .map(({ image_id }) => join(derm, 'images', `${image_id}.jpg`));
}

/** A photo that the training side has measured as well, and the probabilities that PyTorch gave. */
export interface MeasuredPhoto {
  path: string;
  probabilities: Record<string, number>;
}

/**
 * What PyTorch said of a few photos (training/results/<id>.parity.json); empty where that file is not there.
 */
export function measuredPhotos(packageId: string): MeasuredPhoto[] {
  const file = join(root, 'training', 'results', `${packageId}.parity.json`);
  if (!existsSync(file)) return [];
  const photos = JSON.parse(readFileSync(file, 'utf8')) as {
    file: string;
    probabilities: Record<string, number>;
  }[];
  return photos.map(({ file, probabilities }) => ({
    path: join(derm, 'images', basename(file)),
    probabilities,
  }));
}

/** The same JPEG with an EXIF orientation (1 to 8) written in front; its pixels stay as they are. */
export function withOrientation(jpeg: Uint8Array, orientation: number): Buffer {
  const tiff = Buffer.alloc(26);
  tiff.write('MM\0*', 0, 'latin1');
  tiff.writeUInt32BE(8, 4); // where the first directory starts
  tiff.writeUInt16BE(1, 8); // entries in it
  tiff.writeUInt16BE(0x0112, 10); // tag: orientation
  tiff.writeUInt16BE(3, 12); // type: 16-bit
  tiff.writeUInt32BE(1, 14); // one value
  tiff.writeUInt16BE(orientation, 18);
  const body = Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), tiff]);
  const marker = Buffer.from([0xff, 0xe1, 0, 0]);
  marker.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), marker, body, jpeg.subarray(2)]);
}
