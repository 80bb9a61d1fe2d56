import type { Card, Conformal } from '../card/card';
import { fitConformal } from '../decision/conformal-fit';
import { calibrated } from '../decision/judge';
import { conformingClasses } from '../decision/prediction-set';
import { type Rules, rulesOf, type SiteCalibration } from '../decision/site-calibration';
import { failure, type Result, success } from '../failure';
import {
  type BootstrapOptions,
  type Estimate,
  type Figures,
  intervals,
  sharesOf,
} from '../metrics/bootstrap';
import { calibrationError, confidences } from '../metrics/calibration';
import { positiveScores, ratesOf } from '../metrics/classifier';
import { differences } from '../metrics/compare';
import { confusionAt } from '../metrics/confusion-at';
import { coverageFigures } from '../metrics/coverage';
import { seededRandom } from '../metrics/random';
import { fitScaling } from './scaling';
import { decisionOf, highestThreshold } from './threshold-fit';

/**
 * A calibration of this site from the user's own labelled photos. They are split in two by lesion or patient:
 * on one half temperature, mix of diagnoses, prediction sets and threshold are fitted, on the other the gain
 * is measured. The package stays as it is.
 */

/** What one package said of n labelled photos, by its own calibration. */
export interface SiteSample {
  /** n class indices. */
  truth: readonly number[];
  /** n rows, calibrated, in the order of the card's classes. */
  probabilities: readonly (readonly number[])[];
  /** n names of what belongs together: the lesion, the patient, or the photo itself. */
  groups: readonly string[];
}

export interface SiteFit {
  name: string;
  packageHash: string;
  /** ISO 8601, UTC. */
  createdAt: string;
  /** 0 to 1; the card's own where it is left out. */
  targetSensitivity?: number;
}

/**
 * Lesions or patients that each half must have, of those to be flagged and of the others: a threshold hangs
 * on them.
 */
export const minGroups = 10;

/** What a conformal quantile promises where the card does not say. */
const defaultCoverage = 0.9;
const defaultSensitivity = 0.9;
/** A probability that is 0 in floating point. */
const smallest = 1e-300;

type SiteCard = Pick<Card, 'id' | 'version' | 'classes' | 'calibration' | 'decision'>;

/** Fails with "calibration-few" where the photos are too few, saying what is missing. */
export function fitSite(
  card: SiteCard,
  sample: SiteSample,
  { name, packageHash, createdAt, targetSensitivity }: SiteFit,
  options: BootstrapOptions = {},
): Result<SiteCalibration> {
  const ids = card.classes.map(({ id }) => id);
  const positive = (card.decision?.positive ?? []).map((id) => ids.indexOf(id));
  const [fitting, measuring] = halves(sample, options.seed);
  const few = missing([fitting, measuring], positive);
  if (few) return failure('calibration-few', few);

  const logs = (half: SiteSample) =>
    half.probabilities.map((row) => row.map((value) => Math.log(Math.max(smallest, value))));
  const { factor, offsets } = fitScaling(fitting.truth, logs(fitting));
  const scaling = { temperature: 1 / factor, offsets };
  const here = (half: SiteSample): SiteSample => ({
    ...half,
    probabilities: logs(half).map((row) => calibrated(scaling, row)),
  });
  const [fitted, measured] = [here(fitting), here(measuring)];
  const coverage = card.calibration?.conformal.coverage ?? defaultCoverage;
  const classes = fitConformal({ classes: card.classes, coverage }, fitted);
  const target = targetSensitivity ?? card.decision?.targetSensitivity ?? defaultSensitivity;
  const threshold = card.decision ? highestThreshold(fitted, positive, target) : null;
  const conformal: Conformal = { method: 'class-conditional', coverage, classes };
  const rule = { ids, positive };
  const site = figuresOf(measured, { ...rule, conformal, threshold });
  const own = figuresOf(measuring, {
    ...rule,
    conformal: rulesOf(card).conformal,
    threshold: card.decision?.threshold ?? null,
  });
  const figures = compared(own, site, measured.groups, options);
  return success({
    format: 'lentigo-site-calibration',
    schema: 1,
    packageId: card.id,
    packageVersion: card.version,
    packageHash,
    name,
    createdAt,
    fitted: sizeOf(fitted),
    // Of the package's logits, which its own temperature has already divided.
    temperature: (card.calibration?.temperature ?? 1) * scaling.temperature,
    offsets: ids.map((id, index) => ({ class: id, offset: offsets[index] ?? 0 })),
    conformal: { ...conformal, test: testOf(ids, measured, conformal, figures, options) },
    decision:
      threshold === null
        ? null
        : decisionOf({ fitted, measured, positive }, { threshold, targetSensitivity: target }, options),
    measured: { ...sizeOf(measured), figures },
  });
}

/**
 * Two halves of about as many photos of each class, what belongs together in one of them. Deterministic for a
 * seed: groups are shuffled, ordered by class, and dealt out in turn.
 */
export function halves(sample: SiteSample, seed = 1): [SiteSample, SiteSample] {
  const [first, second] = rowsOfHalves(sample, seed);
  const part = (chosen: readonly number[]): SiteSample => ({
    truth: chosen.map((row) => sample.truth[row] as number),
    probabilities: chosen.map((row) => sample.probabilities[row] as number[]),
    groups: chosen.map((row) => sample.groups[row] as string),
  });
  return [part(first), part(second)];
}

/** The rows of each of the `halves`. */
export function rowsOfHalves(sample: Pick<SiteSample, 'truth' | 'groups'>, seed = 1): [number[], number[]] {
  const random = seededRandom(seed);
  const rows = new Map<string, number[]>();
  sample.groups.forEach((group, row) => {
    rows.set(group, [...(rows.get(group) ?? []), row]);
  });
  const dealt = [...rows.values()]
    .map((members) => ({ members, label: sample.truth[members[0] ?? 0] ?? 0, place: random() }))
    .sort((a, b) => a.label - b.label || a.place - b.place);
  const part = (turn: number) =>
    dealt.filter((_, index) => index % 2 === turn).flatMap(({ members }) => members);
  return [part(0), part(1)];
}

/** How many lesions or patients are missing, where two halves are too small to be fitted and measured on. */
export function missing(
  both: readonly SiteSample[],
  positive: readonly number[],
): Record<string, number> | null {
  const groupsOf = ({ truth, groups }: SiteSample, wanted: boolean) =>
    new Set(groups.filter((_, row) => positive.includes(truth[row] as number) === wanted)).size;
  const flagged = both.reduce((sum, half) => sum + groupsOf(half, true), 0);
  const others = both.reduce((sum, half) => sum + groupsOf(half, false), 0);
  const enough = both.every(
    (half) =>
      groupsOf(half, false) >= minGroups && (positive.length === 0 || groupsOf(half, true) >= minGroups),
  );
  return enough ? null : { flagged, others, needed: 2 * minGroups };
}

const sizeOf = ({ truth, groups }: SiteSample) => ({ count: truth.length, groups: new Set(groups).size });

interface Judged {
  ids: readonly string[];
  positive: readonly number[];
  conformal: Rules['conformal'];
  threshold: number | null;
}

const setsOf = ({ probabilities }: SiteSample, { classes }: Conformal) =>
  probabilities.map((row) => conformingClasses(classes, row));

function figuresOf(half: SiteSample, { ids, positive, conformal, threshold }: Judged): Figures {
  const { truth, probabilities } = half;
  const top = confidences(truth, probabilities);
  const logs = truth.map((label, row) => -Math.log(Math.max(smallest, probabilities[row]?.[label] ?? 0)));
  const covered = coverageFigures(ids, truth, setsOf(half, conformal));
  const scores = positiveScores(probabilities, positive);
  const wanted = truth.map((label) => positive.includes(label));
  return sharesOf(
    (weights) => {
      const all = truth.reduce((sum, _, row) => sum + (weights[row] as number), 0);
      const logLoss = logs.reduce((sum, value, row) => sum + value * (weights[row] as number), 0) / all;
      const point = threshold === null ? null : confusionAt(scores, wanted, threshold, weights);
      return {
        logLoss,
        ece: calibrationError(top, weights),
        ...(point && { sensitivity: point.sensitivity, specificity: point.specificity }),
        ...covered(weights),
      };
    },
    { ...ratesOf(wanted), ...covered.counted },
  );
}

function compared(own: Figures, site: Figures, groups: readonly string[], options: BootstrapOptions) {
  const before = intervals(own, groups, options);
  const after = intervals(site, groups, options);
  const gain = differences(site, own, groups, options);
  return Object.fromEntries(
    Object.keys(after).map((name) => [
      name,
      { own: before[name] ?? null, site: after[name] ?? null, difference: gain[name] ?? null },
    ]),
  );
}

/** How often prediction sets held the true class, and how large they were, with intervals. */
export function testOf(
  ids: readonly string[],
  half: SiteSample,
  conformal: Conformal,
  figures: Record<string, { site: Estimate | null }>,
  options: BootstrapOptions,
): Conformal['test'] {
  const sizes = setsOf(half, conformal).map(({ length }) => length);
  const shareOf = (size: number) =>
    sharesOf(
      (weights) => {
        const all = sizes.reduce((sum, _, row) => sum + (weights[row] as number), 0);
        const those = sizes.reduce(
          (sum, count, row) => sum + (count === size ? (weights[row] as number) : 0),
          0,
        );
        return { share: those / all };
      },
      { share: () => true },
    );
  const share = (size: number) => intervals(shareOf(size), half.groups, options).share;
  const [coverage, meanSize, empty, single] = [
    figures.coverage?.site,
    figures.setSize?.site,
    share(0),
    share(1),
  ];
  if (!coverage || !meanSize || !empty || !single) return undefined;
  const perClass = ids.flatMap((id, index) => {
    const found = figures[`${id}:coverage`]?.site;
    const count = half.truth.filter((label) => label === index).length;
    return found ? [{ class: id, count, coverage: found }] : [];
  });
  return { coverage, meanSize, empty, single, perClass };
}
