import { describe, expect, it } from 'vitest';
import type { Card } from '../card/card';
import { judge } from '../decision/judge';
import { rulesOf, siteCalibrationText } from '../decision/site-calibration';
import { parseSiteCalibration } from '../decision/site-calibration-schema';
import { exampleCard } from '../fixtures/analysis';
import { seededRandom } from '../metrics/random';
import { fitSite, halves, rowsOfHalves, type SiteSample } from './site-fit';

const about = { name: 'Ward 3', packageHash: 'a'.repeat(64), createdAt: '2026-01-02T03:04:05.000Z' };
const card: Card = {
  ...exampleCard,
  decision: { ...(exampleCard.decision as NonNullable<Card['decision']>), threshold: 0.5 },
};

/**
 * Photos of a clinic with three times as many melanomas as the network was calibrated for, and a camera that
 * makes it too sure of itself. Two photos of each lesion.
 */
function clinic(lesions: number, seed = 1): SiteSample {
  const random = seededRandom(seed);
  const rows = Array.from({ length: lesions }, (_, lesion) => {
    const score = 3 * (random() + random() + random() - 1.5);
    const truth = Number(random() < 1 / (1 + Math.exp(-(0.6 * score + 1))));
    return [0, 1].map(() => {
      // What the network says: twice as sure, and of fewer melanomas.
      const p = 1 / (1 + Math.exp(-(1.2 * (score + 0.2 * random()) - 1)));
      return { truth, probabilities: [1 - p, p], group: `lesion ${lesion}` };
    });
  }).flat();
  return {
    truth: rows.map((row) => row.truth),
    probabilities: rows.map((row) => row.probabilities),
    groups: rows.map((row) => row.group),
  };
}

const fitted = (sample: SiteSample, of: Card = card) => {
  const fit = fitSite(of, sample, about, { resamples: 200 });
  if (!fit.ok) throw new Error(JSON.stringify(fit.failure));
  return fit.value;
};

describe('a calibration of this site', () => {
  const site = fitted(clinic(600));

  it('keeps the halves apart by lesion, each with photos of every class', () => {
    const [fitting, other] = halves(clinic(100));
    expect(fitting.truth.length + other.truth.length).toBe(200);
    expect(fitting.groups.filter((group) => other.groups.includes(group))).toEqual([]);
    const melanomas = [fitting, other].map(({ truth }) => truth.filter((label) => label === 1).length);
    expect(Math.abs((melanomas[0] as number) - (melanomas[1] as number))).toBeLessThan(10);
    expect(halves(clinic(100))).toEqual([fitting, other]);
  });

  it('gains what was wrong: log loss, and the sensitivity that was meant', () => {
    const { logLoss, sensitivity, coverage } = site.measured.figures;
    expect(logLoss?.difference?.high).toBeLessThan(0);
    expect(sensitivity?.site?.value).toBeGreaterThan(0.82);
    expect(sensitivity?.own?.value).toBeLessThan(0.82);
    expect(coverage?.site?.high).toBeGreaterThan(0.88);
    expect(site.measured.groups).toBe(300);
    expect(site.fitted).toEqual({ count: 600, groups: 300 });
  });

  it('states what was measured on the other half where a card states it', () => {
    const rules = rulesOf(card, site);
    expect(rules.decision?.positive).toEqual(['mel']);
    expect(rules.decision?.threshold).toBe(site.decision?.threshold);
    expect(rules.decision?.sensitivity).toBe(site.measured.figures.sensitivity?.site?.value);
    expect(rules.conformal.test?.perClass.map((entry) => entry.class)).toEqual(['nv', 'mel']);
    expect(rules.decision?.intervals?.sensitivity).toEqual(site.measured.figures.sensitivity?.site);
    const { curve = [] } = rules.decision ?? {};
    expect(curve.at(0)).toMatchObject({ threshold: 0, sensitivity: 1 });
    expect(curve.at(-1)).toMatchObject({ threshold: 1 });
    expect(curve.length).toBeLessThanOrEqual(62);
  });

  it('has thresholds for other sensitivities, chosen on one half and measured on the other', () => {
    const sample = clinic(600);
    const { thresholds = [] } = site.decision ?? {};
    expect(thresholds.map(({ targetSensitivity }) => targetSensitivity)).toEqual([
      0.8, 0.85, 0.9, 0.95, 0.98,
    ]);
    const falling = thresholds.map(({ threshold }) => threshold);
    // All of the other half flagged is not certain to be all of them.
    for (const { sensitivity, specificity } of thresholds)
      for (const { low, high } of [sensitivity, specificity]) expect(low).toBeLessThan(high);
    expect(falling).toEqual([...falling].sort((a, b) => b - a));
    expect(thresholds[2]).toMatchObject({
      threshold: site.decision?.threshold,
      sensitivity: site.measured.figures.sensitivity?.site,
    });
    // Other photos in the half that is fitted move them; other photos in the half that is measured do not.
    const [, rows] = rowsOfHalves(sample);
    const changed = {
      ...sample,
      probabilities: sample.probabilities.map((row, at) => (rows.includes(at) ? [0.5, 0.5] : row)),
    };
    const again = fitted(changed).decision?.thresholds ?? [];
    expect(again.map(({ threshold }) => threshold)).toEqual(falling);
    expect(again[2]?.sensitivity).not.toEqual(thresholds[2]?.sensitivity);
  });

  it('moves what an analysis says, and the package not at all', () => {
    const before = structuredClone(card);
    const logits = [2, 1];
    const own = judge(card, logits);
    const here = judge(card, logits, site);
    expect(here.probabilities[1]?.calibrated).toBeGreaterThan(own.probabilities[1]?.calibrated as number);
    expect(here.probabilities[1]?.raw).toBe(own.probabilities[1]?.raw);
    expect(here.decision?.threshold).toBe(site.decision?.threshold);
    expect(card).toEqual(before);
  });

  it('is a small file that comes back as it was', () => {
    const text = siteCalibrationText(site);
    expect(text.length).toBeLessThan(20_000);
    expect(parseSiteCalibration(text)).toEqual({ ok: true, value: site });
    expect(parseSiteCalibration('{')).toMatchObject({ ok: false, failure: { code: 'calibration-invalid' } });
    expect(parseSiteCalibration(text.replace('"temperature"', '"heat"'))).toMatchObject({
      ok: false,
      failure: { detail: { problem: expect.stringContaining('temperature') } },
    });
  });

  it('asks for more photos where a threshold would hang on a few', () => {
    const sample = clinic(600);
    const few = sample.truth.flatMap((label, row) => (label === 0 || row < 20 ? [row] : []));
    const part: SiteSample = {
      truth: few.map((row) => sample.truth[row] as number),
      probabilities: few.map((row) => sample.probabilities[row] as number[]),
      groups: few.map((row) => sample.groups[row] as string),
    };
    const fit = fitSite(card, part, about);
    expect(fit).toMatchObject({ ok: false, failure: { code: 'calibration-few', detail: { needed: 20 } } });
  });

  it('has no threshold where the package has none', () => {
    expect(fitted(clinic(200), { ...card, decision: null }).decision).toBeNull();
  });
});
