import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openApp } from '../scripts/evaluate/browser';
import { compare } from '../scripts/parity/compare';
import { tolerance } from '../scripts/parity/record';
import { referencesOf, sharedData } from '../scripts/parity/references';
import { expect, test } from './app';
import { needsPhotos } from './photos';

/**
 * The small packages, on both back ends: an emulated GPU takes the larger ones a minute and more. `npm run
 * parity` holds all of them, with more photos each, against PyTorch.
 */
const small = [
  'mobilenetv2-nevus-melanoma',
  'efficientnet-lite2-phone-symptoms',
  'mobilenetv2-acne',
  'acne-cnn',
];
const few = { wasm: 4, webgpu: 1 };

for (const backend of ['wasm', 'webgpu'] as const) {
  test(`the small packages say of real photos what PyTorch says, on ${backend}`, {
    tag: `@${backend}`,
  }, async () => {
    needsPhotos();
    test.slow();
    const app = await openApp(sharedData);
    try {
      const pinned = await app.pinBackend(backend);
      if (!pinned.ok) throw new Error(`${backend} does not run: ${JSON.stringify(pinned.failure)}`);
      for (const id of small) {
        const references = referencesOf(id).slice(0, few[backend]);
        expect(references.length, `photos that PyTorch was asked about with ${id}`).toBeGreaterThan(0);
        for (const { path } of references) expect(existsSync(join(sharedData, path)), path).toBe(true);
        const { difference } = await compare(app, id, references, pinned.value);
        expect(difference, `${id} on ${backend}`).toBeLessThan(tolerance);
      }
    } finally {
      await app.close();
    }
  });
}
