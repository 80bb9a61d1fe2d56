import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtApp } from '../scripts/build';
import { type AppPage, en, expect, packageId, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

/** An error is on the page, and nothing that could be taken for an answer. */
async function expectNoAnswer(app: AppPage, sentence: string): Promise<void> {
  await expect(app.answer.getByRole('alert')).toContainText(sentence);
  await expect(app.answer.getByRole('table')).toHaveCount(0);
  await expect(app.answer.getByRole('region', { name: en.answer.decisionHeading })).toHaveCount(0);
  await expect(app.answer.getByRole('button', { name: en.answer.again })).toHaveCount(0);
}

test('a weight file with one wrong byte is refused', async ({ app, serveVariant }) => {
  needsPhotos();
  const models = mkdtempSync(join(tmpdir(), 'lentigo-models-'));
  cpSync(join(builtApp, 'models'), models, { recursive: true });
  const shard = readdirSync(join(models, packageId)).find((name) => name.endsWith('.bin'));
  if (!shard) throw new Error(`${packageId} has no weight file.`);
  const file = join(models, packageId, shard);
  const bytes = readFileSync(file);
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  writeFileSync(file, bytes);
  try {
    await app.open(await serveVariant({ mounts: { '/models/': models } }));
    await app.chooseBackend('wasm');
    await app.drop(heldBackPhotos('mel', 1)[0] ?? '');
    await expectNoAnswer(app, en.failure['package-corrupt'].sentence);
    await app.answer.getByText(en.failure.details).click();
    await expect(app.answer).toContainText('package-corrupt');
    await expect(app.answer).toContainText(shard);
  } finally {
    rmSync(models, { recursive: true });
  }
});

test('a text file named .jpg is refused', async ({ app, site }) => {
  await app.open(site);
  await app.chooseBackend('wasm');
  await app.pick({
    name: 'mole.jpg',
    mimeType: 'image/jpeg',
    buffer: Buffer.from('This is a letter, not a photo.\n'.repeat(50)),
  });
  await expectNoAnswer(app, en.failure['file-unsupported'].sentence);
});

test('half a photo is refused', async ({ app, site }) => {
  needsPhotos();
  await app.open(site);
  await app.chooseBackend('wasm');
  const whole = readFileSync(heldBackPhotos('nv', 1)[0] ?? '');
  await app.pick({ name: 'half.jpg', mimeType: 'image/jpeg', buffer: whole.subarray(0, whole.length >> 1) });
  await expectNoAnswer(app, en.failure['file-unreadable'].sentence);
});
