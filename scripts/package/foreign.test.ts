import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipSync } from 'fflate';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { OnnxFile } from '../../bench/onnx/file';
import { logitsOf, openEngine, unwrapped } from '../../src/engine/testing/open-engine';
import { packageOfForeign } from './foreign';

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
