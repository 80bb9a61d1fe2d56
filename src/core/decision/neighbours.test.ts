import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cosineDistance } from './likeness';
import { nearestOf } from './neighbours';

/** A unit vector in the plane, by its angle in degrees. */
const at = (degrees: number) => {
  const angle = (degrees * Math.PI) / 180;
  return [Math.cos(angle), Math.sin(angle)];
};
const photo = (lesion: string, degrees: number, name = lesion) => ({ lesion, vector: at(degrees), name });
const names = (found: readonly { of: { name: string } }[]) => found.map(({ of }) => of.name);

test('of each lesion its nearest photo stands in the list, the nearest lesion first', () => {
  const photos = [photo('a', 40, 'a far'), photo('b', 30), photo('a', 10, 'a near'), photo('c', -20)];
  expect(names(nearestOf(at(0), photos, { count: 5 }))).toEqual(['a near', 'c', 'b']);
  expect(names(nearestOf(at(0), photos, { count: 2 }))).toEqual(['a near', 'c']);
});

test("the photo's own lesion is never among them, by its id or because it is the same picture", () => {
  const photos = [photo('own', 5), photo('twin', 0, 'twin'), photo('twin', 30, 'twin later'), photo('b', 20)];
  expect(names(nearestOf(at(0), photos, { count: 5, own: new Set(['own']) }))).toEqual(['b']);
});

test('a vector of another network is passed over', () => {
  expect(nearestOf(at(0), [{ lesion: 'a', vector: [1, 0, 0] }], { count: 5 })).toEqual([]);
});

test('it finds what a search through all pairs finds, in any collection', () => {
  const some = fc.array(
    fc.record({ lesion: fc.constantFrom('a', 'b', 'c', 'd'), degrees: fc.integer({ min: 1, max: 359 }) }),
  );
  fc.assert(
    fc.property(some, fc.integer({ min: 1, max: 4 }), (all, count) => {
      const photos = all.map(({ lesion, degrees }) => photo(lesion, degrees));
      const best = [...new Set(all.map(({ lesion }) => lesion))]
        .map((lesion) =>
          Math.min(
            ...photos
              .filter((one) => one.lesion === lesion)
              .map(({ vector }) => cosineDistance(at(0), vector)),
          ),
        )
        // One degree away is another picture.
        .filter((distance) => distance > 1e-6)
        .sort((a, b) => a - b)
        .slice(0, count);
      expect(nearestOf(at(0), photos, { count }).map(({ distance }) => distance)).toEqual(best);
    }),
  );
});
