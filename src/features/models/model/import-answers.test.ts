import { describe, expect, it } from 'vitest';
import { labelledPhotos } from '../../../core/evaluation/labelled-folder';
import { failure, success } from '../../../core/failure';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { parseAnswers } from '../../../engine/import/answers';
import type { FoundModel } from '../../../engine/import/importer';
import { answersOf, draftFor, missingIn } from './import-answers';
import { lookLikeProbabilities } from './import-trial';
import { answerAll, pathOf } from './labelled-folder';

const found = {
  guesses: {
    range: 'symmetric',
    rangeIsKnown: true,
    classes: [
      { name: 'Nevus', kind: 'benign' },
      { name: 'Something', kind: null },
    ],
  },
} as FoundModel;

describe('the answers', () => {
  it('begin with what is known, and lack what nobody may guess', () => {
    const draft = draftFor(found, 'My Model 2.onnx');
    expect(draft).toMatchObject({ title: 'My Model 2', id: 'my-model-2', range: 'symmetric' });
    expect(draft.domain).toBeNull();
    expect(missingIn(draft)).toEqual(['missingDomain', 'missingKinds']);
    expect(missingIn({ ...draft, domain: 'phone' })).toEqual(['missingKinds']);
    expect(missingIn({ ...draft, id: 'Über', title: ' ' })).toEqual([
      'missingTitle',
      'missingId',
      'missingDomain',
      'missingKinds',
    ]);
  });

  it('are those of a package once nothing is missing', () => {
    const draft = draftFor(found, 'model.zip');
    const classes = draft.classes.map((each) => ({ ...each, kind: each.kind ?? ('malignant' as const) }));
    const [first, ...others] = classes;
    const answers = parseAnswers(
      answersOf({
        ...draft,
        domain: 'phone',
        classes: [{ ...first, korean: '모반' } as (typeof draft.classes)[number], ...others],
      }),
    );
    expect(answers.classes).toEqual([
      { name: { en: 'Nevus', ko: '모반' }, kind: 'benign' },
      { name: 'Something', kind: 'malignant' },
    ]);
    expect(answers).toMatchObject({
      domain: 'phone',
      licence: 'not stated',
      plain: 'logits',
      version: '1.0.0',
    });
  });
});

describe('a labelled folder', () => {
  const file = (path: string) => Object.assign(new File([path], path.split('/').at(-1) ?? ''), { path });
  const located = (path: string) => ({ file: file(path), path: pathOf(file(path)) });
  const names = [['Nevus', '모반'], ['Melanoma']];

  it('takes photos by the names of their folders, in words for the same diagnosis too', () => {
    const files = [
      'all/nevus/1.jpg',
      'all/모반/2.jpg',
      'all/MEL/3.png',
      'all/cats/4.jpg',
      'all/nevus/notes.txt',
      // No photos of a class: an outline, what a Mac packs beside them, and a folder of outlines.
      'all/mel/3_mask.png',
      '__MACOSX/all/mel/3.png',
      'all/masks/mel/3.png',
      'all/.thumbnails/nevus/1.jpg',
      '5.jpg',
    ];
    const { photos, unmatched } = labelledPhotos(files.map(located), names);
    expect(photos.map(({ path, label }) => [path, label])).toEqual([
      ['all/MEL/3.png', 1],
      ['all/nevus/1.jpg', 0],
      ['all/모반/2.jpg', 0],
    ]);
    expect(unmatched).toEqual(['cats']);
  });

  it('counts photos that give no answer, and stops when it is aborted', async () => {
    const { photos } = labelledPhotos(['a/nevus/1.jpg', 'a/mel/2.jpg'].map(located), names);
    const analyse = async (photo: Blob) =>
      (await photo.text()).includes('nevus') ? success(exampleAnalysis()) : failure('file-unreadable');
    const seen: number[] = [];
    const answered = await answerAll(
      { analyse },
      photos,
      (done) => seen.push(done),
      new AbortController().signal,
    );
    expect(answered.unread).toBe(1);
    expect(answered.sample.truth).toEqual([0]);
    expect(answered.sample.logits[0]).toHaveLength(exampleAnalysis().probabilities.length);
    expect(seen).toEqual([1, 2]);
    await expect(answerAll({ analyse }, photos, () => {}, AbortSignal.abort())).rejects.toThrow();
  });
});

it('logits that look like probabilities are noticed', () => {
  expect(lookLikeProbabilities([0.2, 0.8])).toBe(true);
  expect(lookLikeProbabilities([-0.2, 1.2])).toBe(false);
  expect(lookLikeProbabilities([2, 3])).toBe(false);
});
