import fc from 'fast-check';
import { expect, test } from 'vitest';
import { clusteredWilson, imagesForWidth, wilson } from './wilson';

test('the interval of statsmodels (proportion_confint, "wilson"): 8 of 10, 0 of 20, 20 of 20', () => {
  expect(wilson(8, 10)).toEqual({
    value: 0.8,
    low: expect.closeTo(0.4901625, 6),
    high: expect.closeTo(0.9433178, 6),
  });
  expect(wilson(0, 20)).toEqual({ value: 0, low: 0, high: expect.closeTo(0.1611252, 6) });
  expect(wilson(20, 20)).toEqual({ value: 1, low: expect.closeTo(0.8388748, 6), high: 1 });
  expect(wilson(0, 0)).toBeNull();
});

test('photos that stand alone give the plain interval', () => {
  const right = Array.from({ length: 30 }, (_, index) => index % 4 > 0);
  const alone = right.map((_, index) => String(index));
  const plain = wilson(right.filter(Boolean).length, 30);
  expect(clusteredWilson(right, alone)?.low).toBeCloseTo(plain?.low ?? 0, 12);
  expect(clusteredWilson(right, alone)?.high).toBeCloseTo(plain?.high ?? 0, 12);
});

test('five like photos of a lesion count as one, and a share of 1 counts lesions', () => {
  const lesions = Array.from({ length: 20 }, (_, index) => index % 4 > 0);
  const right = lesions.flatMap((hit) => Array<boolean>(5).fill(hit));
  const groups = lesions.flatMap((_, index) => Array<string>(5).fill(`L${index}`));
  expect(clusteredWilson(right, groups)?.low).toBeCloseTo(wilson(15, 20)?.low ?? 0, 12);
  const all = right.map(() => true);
  expect(clusteredWilson(all, groups)?.low).toBeCloseTo(wilson(20, 20)?.low ?? 0, 12);
  expect(clusteredWilson([], [])).toBeNull();
});

test('by hand: a half to within 20 points needs z² / 0.2² - z² = 92.2, so 93 images', () => {
  expect(imagesForWidth(0.5, 0.2)).toBe(93);
});

test('it is the least number of images whose interval is no wider', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.double({ min: 0.01, max: 0.9, noNaN: true }),
      (share, width) => {
        const widthOf = (count: number) => {
          const { low, high } = wilson(share * count, count) ?? { low: 0, high: 1 };
          return high - low;
        };
        const count = imagesForWidth(share, width);
        expect(widthOf(count)).toBeLessThanOrEqual(width + 1e-9);
        if (count > 1) expect(widthOf(count - 1)).toBeGreaterThan(width - 1e-9);
      },
    ),
  );
});
