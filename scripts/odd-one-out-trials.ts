import type { Analysis } from '../src/core/analysis';
import { type LesionAnswers, oddOneOut } from '../src/core/decision/odd-one-out';
import { seededRandom } from '../src/core/metrics/random';

/**
 * How often the odd one out is the melanoma, over made-up patients: lesions drawn at random from photos of many
 * people. The nevi of one person look more alike than these, so the figures are a lower bound for the melanoma and
 * an upper one for nothing: they say what the distance can do, not what it does for a patient.
 */

export type Seen = Pick<Analysis, 'embedding' | 'outOfDistribution' | 'provenance'>;

export interface Trials {
  /** Lesions of each made-up patient. */
  lesions: number;
  /** The modified z-score above which a lesion is named. */
  limit: number;
  /** Patients with one melanoma among nevi. */
  melanoma: {
    patients: number;
    /** Share in which the melanoma is named as standing apart, with its 95 % interval over the melanomas. */
    named: number;
    low: number;
    high: number;
    /** Share in which it is the farthest from the others, named or not. By chance it would be 1 in `lesions`. */
    farthest: number;
    /** Share in which a nevus is named, with the melanoma or without. */
    nevusNamed: number;
  };
  /** Patients with nothing but nevi. */
  nevi: {
    patients: number;
    /** Share in which at least one is named. */
    someNamed: number;
    /** Share of all their nevi that are named. */
    named: number;
  };
}

const round = (share: number) => Math.round(1e4 * share) / 1e4;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

/**
 * Draws `patients` of each kind with so many lesions, the same ones for the same seed. Each melanoma stands in
 * as many patients as any other.
 */
export function runTrials(
  { melanomas, nevi }: { melanomas: readonly Seen[]; nevi: readonly Seen[] },
  { lesions, patients, seed, limit }: { lesions: number; patients: number; seed: number; limit: number },
): Trials {
  const random = seededRandom(seed);
  const some = (count: number) => drawn(nevi, count, random);
  const standingsOf = (answers: readonly Seen[]) => {
    const all = answers.map((seen, index): LesionAnswers => ({ id: String(index), analyses: [seen] }));
    return oddOneOut(all, limit).standings ?? [];
  };
  const each = Math.max(1, Math.round(patients / melanomas.length));
  const byMelanoma: number[] = [];
  let farthest = 0;
  let nevusNamed = 0;
  for (const melanoma of melanomas) {
    let named = 0;
    for (let patient = 0; patient < each; patient++) {
      // The melanoma is lesion 0.
      const standings = standingsOf([melanoma, ...some(lesions - 1)]);
      const apart = standings.filter((standing) => standing.apart);
      if (apart.some(({ id }) => id === '0')) named += 1;
      if (apart.some(({ id }) => id !== '0')) nevusNamed += 1;
      if (standings[0]?.id === '0') farthest += 1;
    }
    byMelanoma.push(named / each);
  }
  const withOne = each * melanomas.length;
  const means = Array.from({ length: 1000 }, () =>
    mean(byMelanoma.map(() => byMelanoma[Math.floor(random() * byMelanoma.length)] ?? 0)),
  ).sort((a, b) => a - b);
  let someNamed = 0;
  let allNamed = 0;
  for (let patient = 0; patient < patients; patient++) {
    const apart = standingsOf(some(lesions)).filter((standing) => standing.apart).length;
    if (apart > 0) someNamed += 1;
    allNamed += apart;
  }
  return {
    lesions,
    limit,
    melanoma: {
      patients: withOne,
      named: round(mean(byMelanoma)),
      low: round(means[25] ?? 0),
      high: round(means[974] ?? 0),
      farthest: round(farthest / withOne),
      nevusNamed: round(nevusNamed / withOne),
    },
    nevi: {
      patients,
      someNamed: round(someNamed / patients),
      named: round(allNamed / (patients * lesions)),
    },
  };
}

/** So many different items. */
function drawn<T>(items: readonly T[], count: number, random: () => number): T[] {
  const indices = new Set<number>();
  while (indices.size < Math.min(count, items.length)) indices.add(Math.floor(random() * items.length));
  return [...indices].map((index) => items[index] as T);
}
