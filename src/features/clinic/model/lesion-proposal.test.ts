import { expect, test } from 'vitest';
import { exampleAnalysis } from '../../../core/fixtures/analysis';
import { type BatchPhoto, type KnownLesion, type Likened, likeUpTo, proposeLesions } from './lesion-proposal';
import { originOf } from './photo-origin';

/** An answer whose embedding points this way, in degrees. */
function seenAt(degrees: number): Likened {
  const angle = (degrees * Math.PI) / 180;
  return exampleAnalysis({ embedding: [Math.cos(angle), Math.sin(angle)] });
}
/** Degrees between two photos that are just near enough. */
const near = (Math.acos(1 - likeUpTo) * 180) / Math.PI - 1;

function photo(name: string, degrees: number | null = null): BatchPhoto {
  const origin = originOf(name);
  return { id: name, origin, site: origin.site, analysis: degrees === null ? null : seenAt(degrees) };
}
const groups = (photos: BatchPhoto[], known: KnownLesion[] = []) =>
  proposeLesions(photos, known).map(({ photoIds }) => photoIds);

test('photos that are alike are one lesion, others are not', () => {
  const [first, second] = proposeLesions([photo('a.jpg', 0), photo('b.jpg', 90), photo('c.jpg', near)], []);
  expect(first).toMatchObject({ photoIds: ['a.jpg', 'c.jpg'], by: 'likeness' });
  expect(first?.distance).toBeLessThanOrEqual(likeUpTo);
  expect(second).toMatchObject({ photoIds: ['b.jpg'], by: null, distance: null });
});

test('a chain of likenesses makes no lesion of two', () => {
  expect(groups([photo('a.jpg', 0), photo('b.jpg', near), photo('c.jpg', 2 * near)])).toEqual([
    ['a.jpg', 'b.jpg'],
    ['c.jpg'],
  ]);
});

test('places and numbers that contradict each other part what is alike', () => {
  const apart = [
    'left arm.jpg',
    'right arm.jpg',
    'back.jpg',
    'left arm lesion 2.jpg',
    'left arm lesion 3.jpg',
  ];
  expect(groups(apart.map((name) => photo(name, 0)))).toEqual([
    ['left arm.jpg', 'left arm lesion 2.jpg'],
    ['right arm.jpg'],
    ['back.jpg'],
    ['left arm lesion 3.jpg'],
  ]);
});

test('names that say one lesion put photos together without any network', () => {
  const names = ['back lesion 1 a.jpg', 'back lesion 2.jpg', 'back lesion 1 b.jpg'];
  expect(
    proposeLesions(
      names.map((name) => photo(name)),
      [],
    ),
  ).toMatchObject([
    { photoIds: ['back lesion 1 a.jpg', 'back lesion 1 b.jpg'], by: 'name', distance: null, site: 'back' },
    { photoIds: ['back lesion 2.jpg'] },
  ]);
});

test('photos without an embedding, or of another package, stay by themselves', () => {
  const other = { ...seenAt(0), provenance: { ...seenAt(0).provenance, packageHash: 'b'.repeat(64) } };
  expect(groups([photo('a.jpg'), photo('b.jpg', 0), { ...photo('c.jpg'), analysis: other }])).toHaveLength(3);
});

test('a lesion in the records is proposed where it is alike and of the same place', () => {
  const known = (id: string, site: string | null, degrees: number): KnownLesion => ({
    id,
    label: id,
    site,
    analyses: [seenAt(degrees)],
  });
  const lesions = [known('hand', 'hand', 0), known('arm', 'extremities', 2), known('far', 'arm', 90)];
  const [found] = proposeLesions([photo('left arm.jpg', 0)], lesions);
  expect(found).toMatchObject({ known: { id: 'arm' }, by: 'likeness' });
  expect(proposeLesions([photo('back.jpg', 0)], lesions)[0]?.known).toBeNull();
});

test('photos that were brought for a lesion go to it, whatever they look like and wherever their names say', () => {
  const known = { id: 'k', label: 'back', site: 'back', analyses: [seenAt(0)] };
  const other = { id: 'other', label: 'arm', site: null, analyses: [seenAt(90)] };
  const brought = (name: string, degrees: number) => {
    const { origin, ...rest } = photo(name, degrees);
    return { ...rest, origin: { ...origin, lesionId: 'k' } };
  };
  const proposals = proposeLesions(
    [brought('left arm.jpg', 90), brought('b.jpg', 40), photo('c.jpg', 170)],
    [known, other],
  );
  expect(proposals).toMatchObject([
    { photoIds: ['left arm.jpg', 'b.jpg'], known: { id: 'k' }, by: 'chosen' },
    { photoIds: ['c.jpg'], known: null },
  ]);
});
