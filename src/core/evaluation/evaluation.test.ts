import { expect, test } from 'vitest';
import type { Card } from '../card/card';
import type { ImageAnswer } from './answer';
import type { LabelRow } from './labels';
import { measureEvaluation } from './measured';
import { imagesToPredict, type LabelMap, type PlannedImage, plan, sortFiles } from './plan';
import type { JudgedModel } from './sample';
import { proposeClass } from './synonyms';

const classes = (...ids: string[]): Card['classes'] =>
  ids.map((id) => ({ id, name: { en: id, ko: id }, kind: 'benign', description: { en: id, ko: id } }));

test.each([
  ['nevus', ['nv', 'mel'], 'nv'],
  ['Naevus ', ['nev', 'mel'], 'nev'],
  ['nevus', ['nv', 'nevus'], 'nevus'],
  ['Malignant melanoma', ['nv', 'mel'], 'mel'],
  ['흑색종', ['nv', 'mel'], 'mel'],
  ['seborrheic_keratosis', ['bkl', 'df'], 'bkl'],
  ['melanoma', ['benign', 'malignant'], 'malignant'],
  ['mole', ['benign', 'malignant'], 'benign'],
  ['vasc', ['nv', 'mel'], null],
  ['wart', ['nv', 'mel'], null],
  ['', ['nv', 'mel'], null],
])('"%s" to a model of %j means %s', (label, ids, expected) => {
  expect(proposeClass(label, classes(...ids))).toBe(expected);
});

test('what is missing is seen before the start', () => {
  const files = [
    'nv/a.jpg',
    'nv/b.jpg',
    'c.jpg',
    'masks/a.png',
    'b_segmentation.png',
    'd.jpg',
    'masks/d.png',
    'notes.txt',
    '.DS_x.jpg',
  ];
  const folder = files.map((path) => ({ path, size: path.length }));
  expect(sortFiles(folder).masks.map(({ path }) => path)).toEqual([
    'masks/a.png',
    'b_segmentation.png',
    'masks/d.png',
  ]);
  const row = (file: string, label: string, lesion?: string): LabelRow => ({
    file,
    label,
    columns: lesion ? { lesion_id: lesion } : {},
  });
  const made = plan(folder, [
    row('a', 'nv', 'L1'),
    row('b', 'nv'),
    row('a.jpg', 'mel'),
    row('gone', 'nv'),
    row('c', ''),
  ]);
  expect(made).toMatchObject({
    images: [
      { path: 'nv/a.jpg', label: 'nv', group: 'L1', mask: 'masks/a.png' },
      { path: 'nv/b.jpg', group: 'nv/b.jpg', mask: 'b_segmentation.png' },
    ],
    labels: [{ label: 'nv', count: 2 }],
    absent: ['gone'],
    repeated: ['a.jpg'],
    unlabelled: ['c'],
    unnamed: ['c.jpg', 'd.jpg'],
    outlined: [{ path: 'd.jpg', mask: 'masks/d.png' }],
  });
  const planned = (models: LabelMap[], segmenter: boolean) =>
    imagesToPredict(made, models, segmenter).map(({ path }) => path);
  expect(planned([{ nv: 'nv' }], false)).toEqual(['nv/a.jpg', 'nv/b.jpg']);
  // An outline needs no label.
  expect(planned([], true)).toEqual(['nv/a.jpg', 'nv/b.jpg', 'd.jpg']);
  expect(planned([{ nv: null }], false)).toEqual([]);
  const classes = ['set/NV/a.jpg', 'c.jpg'].map((path) => ({ path, size: 1 }));
  expect(plan(classes, null)).toMatchObject({
    images: [{ path: 'set/NV/a.jpg', label: 'nv', columns: {} }],
    unnamed: ['c.jpg'],
  });
});

test('answers become figures: labels that mean no class and failures are left out and counted', () => {
  const labels = ['nv', 'nevus', 'mel', 'wart', 'nv'];
  const images: PlannedImage[] = labels.map((label, index) => ({
    path: `${index}.jpg`,
    size: 1,
    label,
    columns: {},
    group: `${index}`,
    mask: null,
  }));
  const answer = (probabilities: number[]) => ({ ok: true as const, probabilities, milliseconds: 10 });
  const answers = new Map<string, ImageAnswer>(
    images.map(({ path }, index) => [
      path,
      {
        path,
        overlap: index < 2 ? { both: 1, answered: 2, true: 2 } : null,
        maskFailure: null,
        answers: {
          good:
            index === 4
              ? { ok: false, failure: { code: 'file-unsupported', detail: {} } }
              : answer(index === 2 ? [0.1, 0.9] : [0.8, 0.2]),
          bad: answer([0.3, 0.7]),
        },
      },
    ]),
  );
  const model = (packageId: string): JudgedModel => ({
    packageId,
    classes: ['nv', 'mel'],
    decision: { positive: ['mel'], threshold: 0.5 },
    labels: { nv: 'nv', nevus: 'nv', mel: 'mel', wart: null },
  });
  const measured = measureEvaluation(
    { models: [model('good'), model('bad')], images, answers },
    { resamples: 40 },
  );
  expect(measured.models).toMatchObject([
    { leftOut: 1, failed: 1, msPerImage: 10, figures: { count: 3, metrics: { accuracy: { value: 1 } } } },
    { leftOut: 1, failed: 0, figures: { count: 4, metrics: { accuracy: { value: 0.25 } } } },
  ]);
  expect(measured.comparisons).toMatchObject([
    {
      count: 3,
      mcnemar: { onlyFirst: 2, onlySecond: 0, bothRight: 1, p: 0.5 },
      differences: {
        accuracy: { value: expect.closeTo(2 / 3) },
        auc: { value: 0.5 },
        decisionAuc: { value: 0.5 },
      },
    },
  ]);
  expect(measured.outlines).toMatchObject({
    count: 2,
    dice: { value: 0.5 },
    jaccard: { value: expect.closeTo(1 / 3) },
  });
});

test('progress is counted over everything that is drawn, and never runs past the end', () => {
  const images = ['nv', 'mel', 'nv', 'mel'].map((label, index) => ({
    path: String(index),
    size: 1,
    label,
    columns: {},
    group: String(index),
    mask: null,
  }));
  const answers = new Map(
    images.map(({ path }, index) => {
      const answer = { ok: true as const, probabilities: [1 - index / 4, index / 4], milliseconds: 1 };
      return [path, { path, answers: { m: answer }, overlap: null, maskFailure: null }];
    }),
  );
  const labels = { nv: 'nv', mel: 'mel' };
  const model = { packageId: 'm', classes: ['nv', 'mel'], decision: null, labels };
  const said: number[] = [];
  measureEvaluation(
    { models: [model], images, answers },
    { resamples: 10, onDraw: (done, all) => said.push(done / all) },
  );
  // Figures and curves; no outline was there to draw.
  expect(said).toHaveLength(20);
  expect(said).toEqual([...said].sort((a, b) => a - b));
  expect(said.at(-1)).toBeCloseTo(2 / 3);
});

test('another picture never answers for a row, and another outline never for a photo', () => {
  const folder = (...paths: string[]) => paths.map((path) => ({ path, size: 1 }));
  const row = (file: string, label: string): LabelRow => ({ file, label, columns: {} });
  const made = plan(
    folder('mel/1.jpg', 'nv/1.jpg', 'nv/2.jpg', 'masks/nv/1.png', 'masks/1.png', '._x.jpg', 'nv/2_mask.png'),
    [row('mel/1.jpg', 'mel'), row('nv/1.jpg', 'nv'), row('1.jpg', 'nv'), row('bcc/2.jpg', 'bcc')],
  );
  expect(made.images.map(({ path, label, mask }) => [path, label, mask])).toEqual([
    ['mel/1.jpg', 'mel', null],
    ['nv/1.jpg', 'nv', 'masks/nv/1.png'],
  ]);
  expect(made).toMatchObject({
    ambiguous: ['1.jpg'],
    ambiguousMasks: ['masks/1.png'],
    contradicted: ['bcc/2.jpg'],
    moved: [],
    absent: [],
    unnamed: ['nv/2.jpg'],
    strayMasks: [],
  });
  const twice = plan(folder('a.jpg', 'masks/a.png', 'a_segmentation.png', 'masks/b.png'), [row('a', 'nv')]);
  expect(twice).toMatchObject({
    images: [{ path: 'a.jpg', mask: null }],
    ambiguousMasks: ['a_segmentation.png', 'masks/a.png'],
    strayMasks: ['masks/b.png'],
  });
  const maskOf = (image: string, ...masks: string[]) => {
    const { outlined, strayMasks, ambiguousMasks } = plan(folder(image, ...masks), []);
    return outlined[0]?.mask ?? { strayMasks, ambiguousMasks };
  };
  const stray = (mask: string) => ({ strayMasks: [mask], ambiguousMasks: [] });
  for (const [image, mask] of [
    ['nv/1.jpg', 'masks/mel/1.png'],
    ['2023/1.jpg', 'masks/2024/1.png'],
    ['2023_photos/1.jpg', '2024_masks/1_mask.png'],
    ['Training_Input/1.jpg', 'Test_GroundTruth/1_segmentation.png'],
  ] as const)
    expect(maskOf(image, mask)).toEqual(stray(mask));
  expect(maskOf('mel/images/1.jpg', 'mel/masks/1.png')).toBe('mel/masks/1.png');
  // As HAM10000 and the ISIC challenges pack them.
  for (const [images, masks] of [
    ['HAM10000_images_part_1', 'HAM10000_segmentations_lesion_tschandl'],
    ['ISIC-2017_Training_Data', 'ISIC-2017_Training_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Training_Input', 'ISIC2018_Task1_Training_GroundTruth'],
  ])
    expect(maskOf(`${images}/ISIC_1.jpg`, `${masks}/ISIC_1_segmentation.png`)).toBe(
      `${masks}/ISIC_1_segmentation.png`,
    );
  const isic = plan(folder('Training_Input/ISIC_1.jpg', 'Training_GroundTruth/ISIC_1_segmentation.png'), []);
  expect(isic.outlined).toMatchObject([{ mask: 'Training_GroundTruth/ISIC_1_segmentation.png' }]);
});
