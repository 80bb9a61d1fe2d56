import { expect, test } from 'vitest';
import type { Card } from '../card/card';
import { calibrated } from '../decision/judge';
import { conformingClasses } from '../decision/prediction-set';
import { rulesOf } from '../decision/site-calibration';
import { exampleCard } from '../fixtures/analysis';
import { seededRandom } from '../metrics/random';
import { wilson } from '../metrics/wilson';
import { fitSite, type SiteSample } from './site-fit';

/**
 * The promise that the words make of a calibration of this site: "each diagnosis is in it for at least 90 %
 * of the photos of that diagnosis", of melanoma too where a clinic has few of them and many nevi.
 */

const card: Card = {
  ...exampleCard,
  calibration: { ...(exampleCard.calibration as NonNullable<Card['calibration']>), temperature: 1 },
};
const about = { name: 'Ward 3', packageHash: 'a'.repeat(64), createdAt: '2026-01-02T03:04:05.000Z' };

type Photo = { truth: number; logits: number[] };

/** Nevi (0) and melanomas (1) whose scores overlap: the sum of four uniform numbers is about normal. */
function photosOf(random: () => number, nevi: number, melanomas: number): Photo[] {
  const photo = (truth: number) => {
    const score = 2.6 * (random() + random() + random() + random() - 2) + (truth === 1 ? 0.5 : -2);
    return { truth, logits: [0, score] };
  };
  return [
    ...Array.from({ length: nevi }, () => photo(0)),
    ...Array.from({ length: melanomas }, () => photo(1)),
  ];
}

const sampleOf = (photos: readonly Photo[]): SiteSample => ({
  truth: photos.map(({ truth }) => truth),
  probabilities: photos.map(({ logits }) => calibrated({ temperature: 1, offsets: [] }, logits)),
  groups: photos.map((_, index) => `lesion ${index}`),
});

/** How many of a thousand new photos of class `label` a calibration fitted on `photos` lists as it. */
function held(seed: number, melanomas: number, label: number): number {
  const random = seededRandom(seed);
  const fit = fitSite(card, sampleOf(photosOf(random, 600, melanomas)), about, { resamples: 1, seed });
  if (!fit.ok) throw new Error(fit.failure.code);
  const rules = rulesOf(card, fit.value);
  const fresh = photosOf(random, label === 0 ? 1000 : 0, label === 1 ? 1000 : 0);
  const id = card.classes[label]?.id as string;
  return fresh.filter(({ logits }) =>
    conformingClasses(rules.conformal.classes, calibrated(rules, logits)).includes(id),
  ).length;
}

/** Each fit has photos of its own. */
const fits = (count: number, melanomas: number, label = 1) =>
  Array.from({ length: count }, (_, index) => held(1000 + index, melanomas, label));
const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);

test('melanoma is listed always where half of the photos hold too few to fit a quantile', () => {
  for (const melanomas of [24, 40]) expect(fits(4, melanomas)).toEqual([1000, 1000, 1000, 1000]);
});

test('few melanomas among many nevi are listed as often as promised, in nine of ten fits', () => {
  const count = 25;
  for (const melanomas of [60, 80]) {
    const found = fits(count, melanomas);
    expect(sum(found) / (1000 * count)).toBeGreaterThan(0.9);
    // The margin lets one fit in ten fall short: as many as chance allows, and none by far.
    const short = found.filter((hits) => (wilson(hits, 1000)?.high ?? 0) < 0.9).length;
    expect(wilson(short, count)?.low).toBeLessThan(0.1);
    expect(Math.min(...found)).toBeGreaterThan(650);
  }
});

test('nevi keep their promise beside it, and no more', () => {
  const count = 8;
  const share = sum(fits(count, 60, 0)) / (1000 * count);
  expect(share).toBeGreaterThan(0.88);
  expect(share).toBeLessThan(0.94);
});
