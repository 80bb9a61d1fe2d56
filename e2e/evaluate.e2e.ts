import { copyFileSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { PNG } from 'pngjs';
import { command } from '../scripts/command';
import type { OutlineResult } from '../scripts/evaluate/outlines';
import type { EvaluationResult } from '../scripts/evaluate/result';
import { expect, expectClose, probabilitiesOf, smallId, test } from './app';
import { drawArchive } from './drawn-archive';
import { heldBackPhotos, needsPhotos } from './photos';
import { tinyIds, writeTinyModels } from './tiny-models';

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
    smallId,
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
  expect(result).toMatchObject({ model: smallId, backend: 'wasm', count: 2, skipped: 3 });
  expect(result.confusion.matrix.flat().reduce((sum, count) => sum + count, 0)).toBe(2);
  expect(result.predictions.map(({ file, label }) => [file, label])).toEqual([
    [nevusName, 'nv'],
    [basename(melanoma, '.jpg'), 'mel'],
  ]);
  await app.open(site);
  for (const [index, photo] of [nevus, melanoma].entries()) {
    expectClose(
      result.predictions[index]?.probabilities ?? {},
      probabilitiesOf(await app.analyse(photo, 'wasm', { packageId: smallId })),
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
  const given = { model: smallId, images, labels, backend: 'wasm', out };
  const runs = async (changed: Partial<typeof given>) =>
    evaluate(...Object.entries({ ...given, ...changed }).flatMap(([name, value]) => [`--${name}`, value]));

  const unknown = await runs({ model: 'no-such-model' });
  expect(unknown).toMatchObject({ status: 2, output: expect.stringContaining(smallId) });
  const noMasks = await runs({ labels: '' });
  expect(noMasks).toMatchObject({ status: 2, output: expect.stringContaining('Either --labels or') });
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

/** A dark disc on skin, 160 x 120 pixels, and its true outline. */
function drawSpot(radius: number): { photo: Buffer; mask: Buffer } {
  const draw = (colour: (inside: boolean) => number[]) => {
    const picture = new PNG({ width: 160, height: 120 });
    for (let at = 0; at < 160 * 120; at++) {
      const inside = Math.hypot((at % 160) + 0.5 - 90, Math.floor(at / 160) + 0.5 - 60) < radius;
      picture.data.set([...colour(inside), 255], 4 * at);
    }
    return PNG.sync.write(picture);
  };
  return {
    photo: draw((inside) => (inside ? [70, 40, 30] : [224, 180, 160])),
    mask: draw((inside) => Array(3).fill(inside ? 255 : 0)),
  };
}

test('evaluate holds a segmenter against masks, and tells a fusion what the table knows', async ({
  app,
  page,
  serveVariant,
}, info) => {
  const models = await writeTinyModels();
  const [images, masks] = [info.outputPath('images'), info.outputPath('masks')];
  const labels = info.outputPath('labels.csv');
  const out = info.outputPath('result.json');
  for (const folder of [images, masks]) mkdirSync(folder, { recursive: true });
  const { photo, mask } = drawSpot(25);
  // Of one photo under two names one is known more of.
  for (const name of ['spot.png', 'again.png']) writeFileSync(join(images, name), photo);
  writeFileSync(join(masks, 'spot_segmentation.png'), mask);
  writeFileSync(join(masks, 'gone_segmentation.png'), mask);
  writeFileSync(labels, 'file,label,age,sex\nspot,mel,70,M\nagain,mel,,\n');
  const on = ['--models', models.folder, '--images', images, '--backend', 'wasm', '--out', out];
  try {
    const outlines = await evaluate('--model', tinyIds.segmenter, '--masks', masks, ...on);
    expect(outlines.status, outlines.output).toBe(0);
    expect(outlines.output).toContain('gone_segmentation.png: no such image in the folder');
    const found = JSON.parse(readFileSync(out, 'utf8')) as OutlineResult;
    expect(found).toMatchObject({ model: tinyIds.segmenter, backend: 'wasm', count: 1, skipped: 1 });
    // A pixel of the segmenter's mask is 2.5 of the photo, so the rim cannot be exact.
    expect(found.dice.mean).toBeGreaterThan(0.95);
    expect(found.dice.mean).toBeLessThan(1);
    expect(found.perImage.map(({ file }) => file)).toEqual(['spot.png']);

    const fused = await evaluate('--model', tinyIds.fusion, '--labels', labels, ...on);
    expect(fused.status, fused.output).toBe(0);
    const { predictions } = JSON.parse(readFileSync(out, 'utf8')) as EvaluationResult;
    await app.open(await serveVariant({ mounts: { '/models/': models.folder } }), '');
    const requests = await page.evaluate(
      async ({ base64, packageId }) => {
        const { engine } = globalThis.lentigo;
        await engine.pinBackend('wasm');
        const blob = new Blob([Uint8Array.from(atob(base64), (character) => character.charCodeAt(0))]);
        const request = { packageId, square: 'centre', overruleGate: true } as const;
        return Promise.all([
          engine.analyse(blob, { ...request, metadata: { age: 70, sex: 'male' } }),
          engine.analyse(blob, request),
        ]);
      },
      { base64: photo.toString('base64'), packageId: tinyIds.fusion },
    );
    const wanted = requests.map((answer) => (answer.ok ? probabilitiesOf(answer.value) : {}));
    for (const index of [0, 1])
      expectClose(predictions[index]?.probabilities ?? {}, wanted[index] ?? {}, 1e-5);
    // Or nothing would have been told.
    expect(Math.abs((wanted[0]?.mel ?? 0) - (wanted[1]?.mel ?? 0))).toBeGreaterThan(1e-3);
  } finally {
    models.remove();
  }
});

// biome-ignore lint/correctness/noEmptyPattern: Playwright reads which fixtures are wanted from this pattern.
test('parts of an archive, one of them stopped and gone on with, join to the result of one run', async ({}, info) => {
  test.setTimeout(480_000);
  const models = await writeTinyModels();
  const images = info.outputPath('drawings');
  drawArchive(images, 13);
  const given = ['--model', tinyIds.classifier, '--models', models.folder, '--images', images];
  const on = [...given, '--labels', join(images, 'labels.csv'), '--backend', 'wasm'];
  const at = (name: string) => info.outputPath(name);
  const read = (name: string) => JSON.parse(readFileSync(at(name), 'utf8'));
  try {
    const whole = await evaluate(...on, '--out', at('whole.json'), '--share', at('whole-shared.json'));
    expect(whole.status, whole.output).toBe(0);
    expect(existsSync(at('whole.json.part'))).toBe(false);
    for (const part of [1, 2]) {
      const run = await evaluate(...on, '--shard', `${part}/2`, '--out', at(`part-${part}.jsonl`));
      expect(run.status, run.output).toBe(0);
      expect(run.output).toContain(`Part ${part} of 2 is done`);
    }
    const parts = [2, 1].map((part) => at(`part-${part}.jsonl`));
    // As if the machine had gone down in the middle of a line.
    const lines = readFileSync(at('part-2.jsonl'), 'utf8').split('\n');
    writeFileSync(at('part-2.jsonl'), `${lines.slice(0, 3).join('\n')}\n${lines[3]?.slice(0, 20)}`);
    const early = await evaluate('--join', ...parts, '--out', at('joined.json'));
    expect(early).toMatchObject({
      status: 2,
      output: expect.stringContaining('Part 2 is unfinished: 2 of 6'),
    });
    const again = await evaluate(...on, '--shard', '2/2', '--out', at('part-2.jsonl'));
    expect(again.output).toContain('2 of 6 images have an answer already. It goes on with spot-0005.png.');

    const joined = await evaluate(
      '--join',
      ...parts,
      '--out',
      at('joined.json'),
      '--share',
      at('joined-shared.json'),
    );
    expect(joined.status, joined.output).toBe(0);
    const [{ msPerImage: _, ...one }, { msPerImage: __, ...several }] = [
      read('whole.json'),
      read('joined.json'),
    ];
    expect(several).toEqual(one);
    const [{ createdAt: ___, ...oneShared }, { createdAt: ____, ...severalShared }] = [
      read('whole-shared.json'),
      read('joined-shared.json'),
    ];
    expect(severalShared).toEqual(oneShared);
  } finally {
    models.remove();
  }
});
