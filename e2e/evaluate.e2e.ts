import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { command } from '../scripts/command';
import type { EvaluationResult } from '../scripts/evaluate/result';
import { expect, expectClose, packageId, probabilitiesOf, test } from './app';
import { heldBackPhotos, needsPhotos } from './photos';

const evaluate = (...options: string[]) =>
  command('npm', ['run', '--silent', 'evaluate', '--', ...options], { quiet: true });

test('evaluate measures what the page would say, and says what it could not read', async ({
  app,
  site,
}, info) => {
  needsPhotos();
  const images = info.outputPath('images');
  const labels = info.outputPath('labels.csv');
  const out = info.outputPath('result.json');
  mkdirSync(images, { recursive: true });
  const [nevus = '', melanoma = ''] = [...heldBackPhotos('nv', 1), ...heldBackPhotos('mel', 1)];
  for (const photo of [nevus, melanoma]) copyFileSync(photo, join(images, basename(photo)));
  writeFileSync(join(images, 'letter.jpg'), 'no photo');
  const [nevusName, melanomaName] = [nevus, melanoma].map((path) => basename(path));
  const rows = [
    [nevusName, 'NV'],
    [basename(melanoma, '.jpg'), 'mel'],
    ['letter.jpg', 'nv'],
    ['nowhere.jpg', 'nv'],
    [melanomaName, 'vasc'],
  ];
  writeFileSync(labels, ['file,label', ...rows.map((row) => row.join(','))].join('\n'));

  const options = [
    '--model',
    packageId,
    '--images',
    images,
    '--labels',
    labels,
    '--backend',
    'wasm',
    '--out',
    out,
  ];
  const { status, output } = await evaluate(...options);
  expect(status, output).toBe(0);
  expect(output).toContain('letter.jpg: file-unsupported');
  expect(output).toContain('nowhere.jpg: no such image in the folder');
  const result = JSON.parse(readFileSync(out, 'utf8')) as EvaluationResult;
  expect(result).toMatchObject({ model: packageId, backend: 'wasm', count: 2, skipped: 3 });
  expect(result.confusion.matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(result.predictions.map(({ file, label }) => [file, label])).toEqual([
    [nevusName, 'nv'],
    [basename(melanoma, '.jpg'), 'mel'],
  ]);
  await app.open(site);
  for (const [index, photo] of [nevus, melanoma].entries()) {
    expectClose(
      result.predictions[index]?.probabilities ?? {},
      probabilitiesOf(await app.analyse(photo, 'wasm')),
      1e-5,
    );
  }
});

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern.
test('evaluate refuses what it cannot do, in a plain sentence', async ({}, info) => {
  const images = info.outputPath('images');
  const labels = info.outputPath('labels.csv');
  const out = info.outputPath('result.json');
  mkdirSync(images, { recursive: true });
  writeFileSync(join(images, 'letter.jpg'), 'no photo');
  writeFileSync(labels, 'file,label\nletter.jpg,nv\n');
  const given = { model: packageId, images, labels, backend: 'wasm', out };
  const runs = async (changed: Partial<typeof given>) =>
    evaluate(...Object.entries({ ...given, ...changed }).flatMap(([name, value]) => [`--${name}`, value]));

  const unknown = await runs({ model: 'no-such-model' });
  expect(unknown).toMatchObject({ status: 2, output: expect.stringContaining(`There are: ${packageId}`) });
  const folder = await runs({ images: join(images, 'gone') });
  expect(folder).toMatchObject({
    status: 2,
    output: expect.stringContaining('There is no folder of images at'),
  });
  const table = await runs({ labels: join(images, 'gone.csv') });
  expect(table).toMatchObject({
    status: 2,
    output: expect.stringContaining('There is no table of labels at'),
  });
  const nothing = await runs({});
  expect(nothing).toMatchObject({ status: 1, output: expect.stringContaining('Nothing ran') });
});
