import 'fake-indexeddb/auto';
import { deleteDB } from 'idb';
import { afterEach, expect, test } from 'vitest';
import type { Analysis } from '../../../../core/analysis';
import { failure, type Result, success } from '../../../../core/failure';
import { exampleAnalysis } from '../../../../core/fixtures/analysis';
import { exampleBackend, exampleLoaded, fakeEngine } from '../../../../engine/testing/fake-engine';
import { textOf } from '../../../../engine/testing/text-of';
import { createRuntime } from '../../../../runtime/runtime';
import { createReferenceMaking } from './reference-making';
import { createReferenceNeighbours } from './reference-neighbours';
import { planReference } from './reference-plan';
import { createReferenceStore, type ReferenceStore, referenceDatabaseName } from './reference-store';

/** Each test has a database of its own, so that none waits for another to close. */
let number = 0;
let name = referenceDatabaseName;
afterEach(() => deleteDB(name));

const at = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

/** Answers a file by its text: so many degrees aside, or the code of a failure. */
function answerOf(text: string): Result<Analysis> {
  if (text.startsWith('photo-')) return failure('photo-blur');
  if (text === 'strange') {
    const outOfDistribution = { score: 9, threshold: 1, inDistribution: false, refused: true };
    return success(exampleAnalysis({ embedding: at(0), outOfDistribution }));
  }
  if (text === 'broken') return failure('backend-unavailable');
  return success(exampleAnalysis({ embedding: at(Number(text)) }));
}

function page(changes: Partial<ReferenceStore> = {}) {
  name = `${referenceDatabaseName} ${++number}`;
  const sets = { ...createReferenceStore(name), ...changes };
  let analysed: (text: string) => void = () => {};
  const engine = fakeEngine({
    packages: async () => success([]),
    backend: async () => success(exampleBackend),
    load: async () => success(exampleLoaded()),
    analyse: async (photo, _request, options) => {
      const text = await textOf(photo);
      analysed(text);
      return options?.signal?.aborted ? failure('cancelled') : answerOf(text);
    },
  });
  const making = createReferenceMaking({
    engine,
    runtime: createRuntime(engine),
    open: async (image) =>
      (await image.text()) === 'no photo'
        ? failure('file-unsupported')
        : success({ image, from: 'photo', dicom: null }),
    thumbnails: { make: async (image) => `data:${await image.text()}` },
    sets,
    now: () => new Date('2026-03-04T05:06:07.000Z'),
  });
  return {
    sets,
    making,
    neighbours: createReferenceNeighbours(sets),
    onAnalysed: (run: typeof analysed) => {
      analysed = run;
    },
    async make(texts: readonly string[]) {
      const files = texts.map((text, index) => ({
        path: `nevus/${index}.jpg`,
        file: new File([text], `${index}.jpg`),
      }));
      const plan = await planReference({ name: 'Teaching', files });
      if (!plan.ok) throw new Error(plan.failure.code);
      await making.start(plan.value, 'Teaching', 'tiny-classifier');
      return making.store.getState().ended;
    },
  };
}

const degreesTo = (count: number) => Array.from({ length: count }, (_, index) => String(index + 1));

test('a folder becomes a set, with vectors, small pictures and diagnoses', async () => {
  const { make, sets } = page();
  expect(await make(['10', '20'])).toMatchObject({ leftOut: 0, failure: null, set: { photos: 2 } });
  const [set] = await sets.sets();
  expect(set).toMatchObject({
    name: 'Teaching',
    packageVersion: '1.0.0',
    planned: 2,
    photos: 2,
    lesions: 2,
    createdAt: '2026-03-04T05:06:07.000Z',
  });
  const photos = await sets.photos(set?.id ?? '');
  expect(photos.map(({ name, diagnosis }) => `${name} ${diagnosis}`)).toEqual(['0.jpg nevus', '1.jpg nevus']);
  expect(await sets.thumbnail(photos[1]?.id ?? '')).toBe('data:20');
});

test('what has no answer of its own is left out and counted, and the others go on', async () => {
  const ended = await page().make(['10', 'no photo', 'photo-blur', 'strange', '20']);
  expect(ended).toMatchObject({ leftOut: 3, failure: null, set: { photos: 2, planned: 5 } });
});

test('what would befall every photo ends it, and what is done is kept', async () => {
  const { make, sets } = page();
  expect(await make(['10', 'broken', '20'])).toMatchObject({
    failure: { code: 'backend-unavailable' },
    set: { photos: 1 },
  });
  expect(await sets.sets()).toMatchObject([{ photos: 1, planned: 3 }]);
});

test('a full disk ends it with the reason', async () => {
  const full = async () => {
    throw new DOMException('no', 'QuotaExceededError');
  };
  expect(await page({ add: full }).make(['10'])).toMatchObject({
    set: null,
    failure: { code: 'storage-full' },
  });
});

test('it can be stopped, and says what is kept', async () => {
  const { make, making, onAnalysed } = page();
  onAnalysed((text) => {
    if (text === '2') making.cancel();
  });
  expect(await make(['1', '2', '3'])).toMatchObject({ failure: null, set: { photos: 1 } });
  expect(making.store.getState().making).toBeNull();
});

test('its nearest stand beside an answer by the same version alone, from twenty lesions on', async () => {
  const { make, neighbours } = page();
  const answer = exampleAnalysis({ embedding: at(0) });
  const found = async (asked: Analysis) => {
    const all = await neighbours(asked);
    if (!all.ok) throw new Error(all.failure.code);
    return all.value[0];
  };
  await make(degreesTo(19));
  expect(await found(answer)).toMatchObject({ fit: 'fits', neighbours: [] });
  const full = page();
  await full.make(degreesTo(20));
  const [near] = await full.neighbours(answer).then((all) => (all.ok ? all.value : []));
  expect(near?.neighbours.map(({ of }) => of.name)).toEqual(['0.jpg', '1.jpg', '2.jpg', '3.jpg', '4.jpg']);
  const by = (changes: Partial<Analysis['provenance']>) => ({
    ...answer,
    provenance: { ...answer.provenance, ...changes },
  });
  const fits = async (asked: Analysis) => {
    const all = await full.neighbours(asked);
    return all.ok && all.value.map(({ fit, neighbours }) => [fit, neighbours.length]);
  };
  expect(await fits(by({ packageHash: 'b'.repeat(64) }))).toEqual([['other-version', 0]]);
  expect(await fits(by({ packageId: 'other' }))).toEqual([['other-package', 0]]);
});

test('a deleted set leaves nothing behind, and no other set loses anything', async () => {
  const { make, making, sets } = page();
  await make(['10']);
  await make(['20']);
  const [second, first] = await sets.sets();
  const [photo] = await sets.photos(first?.id ?? '');
  expect(await making.remove(first?.id ?? '')).toBeNull();
  expect((await sets.sets()).map(({ id }) => id)).toEqual([second?.id]);
  expect(await sets.photos(first?.id ?? '')).toEqual([]);
  expect(await sets.thumbnail(photo?.id ?? '')).toBeNull();
  expect(await sets.photos(second?.id ?? '')).toHaveLength(1);
});
