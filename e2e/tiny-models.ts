import '@tensorflow/tfjs-backend-cpu';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TinyPackage } from '../src/engine/testing/build-package';
import { goldenPackage } from '../src/engine/testing/golden-package';
import { tinyFusion } from '../src/engine/testing/tiny-fusion';
import { tinyPackage } from '../src/engine/testing/tiny-package';
import { tinySegmenter } from '../src/engine/testing/tiny-segmenter';

/** The three tiny packages of the engine's own tests, by what they do. */
export const tinyIds = {
  classifier: 'tiny-classifier',
  fusion: 'tiny-fusion',
  segmenter: 'tiny-segmenter',
} as const;

export interface TinyModels {
  /** A folder of models: `serveVariant({ mounts: { '/models/': folder } })`. */
  folder: string;
  remove(): void;
}

/**
 * A classifier, a fusion of photo, mask, age and sex, and a segmenter that finds dark spots: whole packages
 * of a few hundred bytes, so that a test of the app around them waits for no download and no large network.
 * They know nothing of skin.
 */
export async function writeTinyModels(classifier = tinyPackage): Promise<TinyModels> {
  const packages = [
    await goldenPackage(classifier),
    await goldenPackage((logits) =>
      tinyFusion(logits, { title: { en: 'Tiny fusion', ko: '작은 융합 모델' } }),
    ),
    await goldenPackage((logits) =>
      tinySegmenter(logits, { title: { en: 'Tiny outline', ko: '작은 윤곽 모델' } }),
    ),
  ];
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-tiny-'));
  writeFileSync(
    join(folder, 'index.json'),
    JSON.stringify({ packages: packages.map(({ card }) => card.id) }),
  );
  for (const tiny of packages) writePackage(folder, tiny);
  return { folder, remove: () => rmSync(folder, { recursive: true }) };
}

function writePackage(folder: string, { card, files }: TinyPackage): void {
  mkdirSync(join(folder, card.id));
  for (const [name, bytes] of files) writeFileSync(join(folder, card.id, name), bytes);
}
