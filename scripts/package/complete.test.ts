import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import type { PackageFile } from '../../src/engine/engine';
import { logitsOf, openEngine, unwrapped } from '../../src/engine/testing/open-engine';
import { tinyPackage } from '../../src/engine/testing/tiny-package';
import draft from '../../training/examples/own_model_card.json';
import { completeCard } from './complete';

const fixture = join(import.meta.dirname, '../../src/engine/testing/fixtures/red-or-blue');
const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function folderOf(files: Iterable<[string, Uint8Array | string]>): string {
  const folder = mkdtempSync(join(tmpdir(), 'lentigo-package-'));
  folders.push(folder);
  for (const [name, bytes] of files) writeFileSync(join(folder, name), bytes);
  return folder;
}

const filesIn = (folder: string): PackageFile[] =>
  readdirSync(folder).map((name) => ({ name, data: new Blob([readFileSync(join(folder, name))]) }));

/** What a user does: adds the folder, and asks it about a photo. */
async function answersOf(folder: string, packageId: string, photos: string[]): Promise<number[][]> {
  const { engine, next, analyse } = openEngine([]);
  unwrapped(await engine.addPackage(next(), filesIn(folder)));
  const { golden } = unwrapped(await engine.load(next(), packageId));
  expect(golden.difference).toBeLessThanOrEqual(golden.tolerance);
  const answers: number[][] = [];
  for (const photo of photos) answers.push(logitsOf(unwrapped(await analyse(photo, { packageId }))));
  return answers;
}

describe('the worked examples of docs/model-package.md', () => {
  test('the package that training/examples/own_model.py writes is added and answers', async () => {
    const [red = [], blue = []] = await answersOf(fixture, 'red-or-blue', ['255 0 0', '0 0 255']);
    expect(red[0]).toBeGreaterThan(red[1] as number);
    expect(blue[1]).toBeGreaterThan(blue[0] as number);
  });

  test('a TensorFlow.js graph model with a draft of a card becomes a package that is added and answers', async () => {
    const { files, card } = tinyPackage();
    const folder = folderOf([...files].filter(([name]) => name !== 'card.json'));
    const { input, outputs, classes } = card;
    const quantiles = classes.map(({ id }) => ({ class: id, quantile: 0.9, count: null, pooledWith: [] }));
    const conformal = { ...draft.calibration.conformal, classes: quantiles };
    const calibration = { ...draft.calibration, conformal };
    const own = { ...draft, id: 'from-tfjs', input, outputs, classes, calibration };
    const complete = await completeCard(own, folder);
    writeFileSync(join(folder, 'card.json'), JSON.stringify(complete));
    expect(complete.files.map(({ path }) => path)).toEqual([
      'model.json',
      'group1-shard1of2.bin',
      'group1-shard2of2.bin',
    ]);
    expect(complete.schema).toBe(3);
    expect(complete.golden.logits?.every((logit) => logit !== 0)).toBe(true);
    const [answer] = await answersOf(folder, 'from-tfjs', ['200 120 90']);
    expect(answer).toHaveLength(2);
  });

  test('PyTorch and TensorFlow.js agree on the golden sample', async () => {
    const { golden } = JSON.parse(readFileSync(join(fixture, 'card.json'), 'utf8'));
    const files = readdirSync(fixture).filter((name) => name !== 'card.json');
    const folder = folderOf(files.map((name) => [name, readFileSync(join(fixture, name))]));
    const { logits = [] } = (await completeCard(draft, folder)).golden;
    expect(logits.length).toBeGreaterThan(0);
    logits.forEach((logit, index) => {
      expect(logit).toBeCloseTo(golden.logits[index], 4);
    });
  });
});

test('a draft that is not in order is refused before the network runs, and so is a layers model', async () => {
  const folder = folderOf([
    ['model.json', '{"format":"layers-model"}'],
    ['group1-shard1of1.bin', '0'],
  ]);
  await expect(completeCard({ ...draft, task: 'guessing' }, folder)).rejects.toThrow('task: ');
  await expect(completeCard(draft, folder)).rejects.toThrow('layers-model');
});
