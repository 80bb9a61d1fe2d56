import { expect, test } from 'vitest';
import { exampleAnalysis } from '../fixtures/analysis';
import { cosineDistance, joinEmbeddings, likenessDistance } from './likeness';

const unit = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];

test('the distance goes from 0 for the same direction to 2 for the opposite one', () => {
  expect(cosineDistance(unit(20), unit(20))).toBeCloseTo(0, 6);
  expect(cosineDistance(unit(0), unit(60))).toBeCloseTo(0.5, 6);
  expect(cosineDistance(unit(0), unit(180))).toBeCloseTo(2, 6);
  expect(() => cosineDistance(unit(0), [0, 0, 0])).toThrow(RangeError);
});

test('photos of another package or version cannot be compared, nor those without an embedding', () => {
  const a = exampleAnalysis({ embedding: unit(0) });
  const b = exampleAnalysis({ embedding: unit(60) });
  expect(likenessDistance(a, b)).toBeCloseTo(0.5, 6);
  const retrained = { ...b, provenance: { ...b.provenance, packageHash: 'b'.repeat(64) } };
  expect(likenessDistance(a, retrained)).toBeNull();
  expect(likenessDistance(a, { ...b, provenance: { ...b.provenance, packageId: 'other' } })).toBeNull();
  expect(likenessDistance(a, { ...b, embedding: null })).toBeNull();
});

test("a panel's embedding is of unit length, and its cosines are the weighted means of its members'", () => {
  const join = (first: number, second: number) =>
    joinEmbeddings([unit(first), unit(second)], [0.6, 0.2]) as number[];
  const a = join(0, 0);
  expect(Math.hypot(...a)).toBeCloseTo(1, 6);
  const expected = 0.75 * cosineDistance(unit(0), unit(60)) + 0.25 * cosineDistance(unit(0), unit(90));
  expect(cosineDistance(a, join(60, 90))).toBeCloseTo(expected, 6);
  expect(joinEmbeddings([unit(0), null], [0.5, 0.5])).toBeNull();
});
