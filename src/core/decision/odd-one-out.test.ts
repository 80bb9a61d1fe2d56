import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { exampleAnalysis } from '../fixtures/analysis';
import { apartFrom, type LesionAnswers, oddOneOut, oddOneOutMeasured } from './odd-one-out';

const unit = (degrees: number) => [Math.cos((degrees * Math.PI) / 180), Math.sin((degrees * Math.PI) / 180)];
const answer = (
  degrees: number | null,
  version: Partial<{ packageId: string; packageHash: string }> = {},
) => {
  const base = exampleAnalysis({ embedding: degrees === null ? null : unit(degrees) });
  return { ...base, provenance: { ...base.provenance, ...version } };
};
const lesions = (degrees: readonly number[]): LesionAnswers[] =>
  degrees.map((angle, index) => ({ id: `l${index}`, analyses: [answer(angle)] }));
/** Seven that look alike, and one at a right angle to them. */
const duckling = lesions([0, 2, 5, 9, 90, 11, 14, 16]);

test('the lesion that looks like none of the others stands apart, and only that one', () => {
  const found = oddOneOut(duckling);
  expect(found.standings?.map(({ id, apart }) => [id, apart])[0]).toEqual(['l4', true]);
  expect(found.standings?.filter(({ apart }) => apart)).toHaveLength(1);
});

test('the distance is the median of the cosine distances to the others, the score that of the distances', () => {
  const found = oddOneOut(duckling);
  const cosine = (angle: number) => 1 - Math.cos((angle * Math.PI) / 180);
  // Of l4 to the others: 90, 88, 85, 81, 79, 76, 74 degrees; the middle one is 81.
  expect(found.standings?.[0]?.distance).toBeCloseTo(cosine(81), 9);
  // Of l0: 2, 5, 9, 11, 14, 16, 90 degrees.
  expect(found.standings?.find(({ id }) => id === 'l0')?.distance).toBeCloseTo(cosine(11), 9);
  // Medians in degrees, l0 to l7: 11, 9, 6, 7, 81, 6, 9, 11. In cosine distances the middle is that of 9.
  const all = [11, 9, 6, 7, 81, 6, 9, 11].map(cosine);
  const middle = cosine(9);
  const deviations = all.map((distance) => Math.abs(distance - middle)).sort((a, b) => a - b);
  const spread = ((deviations[3] as number) + (deviations[4] as number)) / 2;
  expect(found.standings?.[0]?.score).toBeCloseTo((0.6745 * (cosine(81) - middle)) / spread, 6);
});

test('with fewer than eight lesions nothing is said', () => {
  expect(oddOneOut(duckling.slice(0, 7))).toMatchObject({ standings: null, compared: 7 });
  expect(oddOneOut([])).toEqual({ packageId: null, compared: 0, standings: null, left: [] });
});

test('lesions that are all alike have no odd one', () => {
  const found = oddOneOut(lesions(Array(9).fill(30)));
  expect(found.standings?.every(({ score, apart }) => score === 0 && !apart)).toBe(true);
});

test('only answers of one package in one version count, those that most lesions have', () => {
  const other = { id: 'other', analyses: [answer(40, { packageHash: 'b'.repeat(64) })] };
  const both = { id: 'both', analyses: [answer(80, { packageId: 'else' }), answer(7)] };
  const found = oddOneOut([other, ...duckling, both, { id: 'none', analyses: [answer(null)] }]);
  expect(found.packageId).toBe('tiny-classifier');
  expect(found.left).toEqual(['other', 'none']);
  expect(found.standings?.map(({ id }) => id)).toContain('both');
  expect(found.standings).toHaveLength(9);
  // Seven of a kind and one of another version are no eight.
  expect(oddOneOut([other, ...duckling.slice(0, 7)])).toMatchObject({ standings: null, compared: 7 });
});

test('of a lesion the newest answer counts, and an answer without a result takes no part', () => {
  const refused = {
    ...answer(90),
    outOfDistribution: { score: 20, threshold: 12.3, inDistribution: false, refused: true },
  };
  const changed = duckling.map((lesion) =>
    lesion.id === 'l4' ? { ...lesion, analyses: [refused, answer(8), answer(90)] } : lesion,
  );
  const found = oddOneOut(changed);
  expect(found.standings?.some(({ apart }) => apart)).toBe(false);
  expect(found.standings).toHaveLength(8);
});

test('what the page says of it is what was measured', () => {
  const { packages } = JSON.parse(readFileSync('training/results/odd-one-out.json', 'utf8')) as {
    packages: Record<string, { trials: Trial[] }>;
  };
  interface Trial {
    lesions: number;
    limit: number;
    melanoma: { farthest: number };
    nevi: { someNamed: number };
  }
  const { lesions, farthest, falselyNamed } = oddOneOutMeasured;
  const trial = packages['panel-ham10000']?.trials.find(
    (trial) => trial.lesions === lesions && trial.limit === apartFrom,
  );
  expect(trial?.melanoma.farthest).toBe(farthest);
  expect(trial?.nevi.someNamed).toBe(falselyNamed);
});
