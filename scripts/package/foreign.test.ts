import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OnnxFile } from '../../bench/onnx/file';
import type { TrialAnswer } from '../../src/core/evaluation/labelled-folder';
import type { Result } from '../../src/core/failure';
import { generator } from '../../src/engine/testing/build-package';
import { logitsOf, openEngine, unwrapped } from '../../src/engine/testing/open-engine';
import { redOrBlueByEdges } from './edges-model';
import { packageOfForeign } from './foreign';
import { type AskTrial, fitOnFolder } from './labelled';
import { teachableMachineZip } from './teachable-machine';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lentigo-foreign-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Red less blue, and blue less red. */
function redOrBlue(): Uint8Array {
  const file = new OnnxFile();
  file.input('input', [1, 3, -1, -1]);
  const weights = Float32Array.of(1, 0, -1, -1, 0, 1);
  file.node('Conv', 'features', ['input', file.constant('weights', 'float32', [2, 3, 1, 1], weights)]);
  file.node('GlobalAveragePool', 'pooled', ['features']);
  file.node('Flatten', 'flat', ['pooled']);
  file.output('flat');
  return file.encoded();
}

const answers = {
  id: 'red-or-blue-onnx',
  title: 'Red or blue',
  domain: 'dermoscopy',
  input: { range: 'unit', size: 32 },
  classes: [
    { name: 'Red', kind: 'malignant' },
    { name: { en: 'Blue', ko: '파랑' }, kind: 'benign' },
  ],
};

/** What a user does with the package: adds it, and asks it about a red and a blue photo. */
async function logits(made: Awaited<ReturnType<typeof packageOfForeign>>): Promise<number[][]> {
  const { engine, next, analyse } = openEngine([]);
  const files = [...made.files].map(([name, bytes]) => ({ name, data: new Blob([bytes]) }));
  unwrapped(await engine.addPackage(next(), files));
  const { golden } = unwrapped(await engine.load(next(), made.card.id));
  expect(golden.difference).toBeLessThanOrEqual(golden.tolerance);
  const found: number[][] = [];
  for (const photo of ['255 0 0', '0 0 255'])
    found.push(logitsOf(unwrapped(await analyse(photo, { packageId: made.card.id }))));
  return found;
}

test('an ONNX file and answers make a package that is added and answers', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, redOrBlue());
  const made = await packageOfForeign(path, answers);
  const [red = [], blue = []] = await logits(made);
  expect(red[0]).toBeCloseTo(1, 5);
  expect(red[1]).toBeCloseTo(-1, 5);
  expect(blue[1]).toBeCloseTo(1, 5);
  const { card } = made;
  expect(card.calibration).toMatchObject({ temperature: 1, ece: null, eceUncalibrated: null });
  expect(card.calibration?.conformal.classes.every(({ quantile }) => quantile === 1)).toBe(true);
  expect(card).toMatchObject({ decision: null, ood: null, results: { count: 0, metrics: {} } });
  expect(card.limits.some(({ en }) => en.startsWith('Not calibrated'))).toBe(true);
  expect(card.classes.map(({ id, name }) => [id, name.ko])).toEqual([
    ['red', 'Red'],
    ['blue', '파랑'],
  ]);
});

test("Teachable Machine's zip as it comes makes a package that answers", async () => {
  const path = join(folder, 'converted_keras.zip');
  writeFileSync(path, await teachableMachineZip());
  const made = await packageOfForeign(path, { ...answers, id: 'taught', input: { range: 'symmetric' } });
  const [red = [], blue = []] = await logits(made);
  expect((red[0] as number) - (red[1] as number)).toBeCloseTo(4, 4);
  expect((blue[1] as number) - (blue[0] as number)).toBeCloseTo(4, 4);
});

test('the order of the colours is a matter of the answers', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, redOrBlue());
  const made = await packageOfForeign(path, {
    ...answers,
    id: 'turned',
    input: { ...answers.input, order: 'bgr' },
  });
  const [red = []] = await logits(made);
  expect(red[0]).toBeCloseTo(-1, 5);
});

/** Asks the engine of the tests, whose photos are text. */
const askHere: AskTrial = async ({ card, files }, photos, paths) => {
  const { engine, next, analyse } = openEngine([]);
  unwrapped(
    await engine.addPackage(
      next(),
      [...files].map(([name, bytes]) => ({ name, data: new Blob([bytes]) })),
    ),
  );
  const answers: Result<TrialAnswer>[] = [];
  for (const path of paths)
    answers.push(await analyse(readFileSync(join(photos, path), 'utf8'), { packageId: card.id }));
  return answers;
};

/** A folder for each class, with photos of which some look like the other class. */
function labelledFolder(count: number): string {
  const labelled = mkdtempSync(join(folder, 'labelled-'));
  const random = generator(3);
  for (const [name, redder] of [
    ['Red', 1],
    ['파랑', -1],
    ['others', 0],
  ] as const) {
    mkdirSync(join(labelled, name));
    for (let at = 0; at < (redder === 0 ? 1 : count); at++) {
      const shift = redder * 40 + 60 * (random() - 0.5);
      const colour = [130 + shift, 60 + 20 * random(), 130 - shift].map(Math.round);
      writeFileSync(join(labelled, name, `${at}.png`), colour.join(' '));
    }
  }
  return labelled;
}

test('labelled photos complete the card, and photos of another kind are called unusual', async () => {
  const path = join(folder, 'edges.onnx');
  writeFileSync(path, redOrBlueByEdges());
  const own = { ...answers, id: 'edges', input: { range: 'unit' } };
  const labelled = { folder: labelledFolder(30), sensitivity: 0.8 };
  const made = await packageOfForeign(path, own, (trial, given) =>
    fitOnFolder(trial, given, labelled, askHere),
  );
  const { card } = made;
  expect(card.results.count).toBe(30);
  expect(card.calibration?.ece).toBeGreaterThanOrEqual(0);
  expect(card.decision).toMatchObject({ positive: ['red'], targetSensitivity: 0.8 });
  expect(card.outputs.embedding).toBeUndefined();
  expect(card.ood).toMatchObject({ acceptance: 0.95, auroc: {} });
  expect(card.ood?.testAcceptance).toBeGreaterThan(0.85);
  expect(card.limits.some(({ en }) => en.includes('score of unusual photos was fitted'))).toBe(true);

  const { engine, next, analyse } = openEngine([]);
  const files = [...made.files].map(([name, bytes]) => ({ name, data: new Blob([bytes]) }));
  unwrapped(await engine.addPackage(next(), files));
  const isUsual = async (photo: string) =>
    unwrapped(await analyse(photo, { packageId: 'edges' })).outOfDistribution?.inDistribution;
  for (const photo of ['180 70 80', '80 70 180', '150 65 120']) expect(await isUsual(photo)).toBe(true);
  for (const photo of ['noise 1', 'noise 2', 'spots 40 40 25 110 80 20'])
    expect(await isUsual(photo)).toBe(false);
});

test('too few labelled photos are refused with what is missing', async () => {
  const path = join(folder, 'few.onnx');
  writeFileSync(path, redOrBlueByEdges());
  const measure = (labelled: string) =>
    packageOfForeign(path, { ...answers, id: 'few', input: { range: 'unit' } }, (trial, given) =>
      fitOnFolder(trial, given, { folder: labelled, sensitivity: 0.9 }, askHere),
    );
  await expect(measure(labelledFolder(4))).rejects.toThrow(
    '4 to be flagged and 4 others, and at least 20 of each',
  );
  await expect(measure(mkdtempSync(join(folder, 'empty-')))).rejects.toThrow('Name them: Red, Blue');
});

test('what is missing or wrong is named', async () => {
  const path = join(folder, 'model.onnx');
  writeFileSync(path, redOrBlue());
  await expect(packageOfForeign(path, { ...answers, id: 'Not an id' })).rejects.toThrow('id: ');
  const { size: _, ...input } = answers.input;
  await expect(packageOfForeign(path, { ...answers, input })).rejects.toThrow('any size');
  const three = [...answers.classes, { name: 'Green', kind: 'benign' }];
  await expect(packageOfForeign(path, { ...answers, classes: three })).rejects.toThrow('the model has 2');
  const zip = join(folder, 'empty.zip');
  writeFileSync(zip, zipSync({ 'readme.txt': new Uint8Array([1]) }));
  await expect(packageOfForeign(zip, answers)).rejects.toThrow('neither an ONNX file nor a model.json');
  await expect(packageOfForeign(join(folder, 'nobody.onnx'), answers)).rejects.toThrow('There is no');
});
