import type { Analysis } from '../analysis';
import { likenessDistance } from './likeness';

/**
 * The odd one out among a patient's lesions: most nevi of one person look alike, and one that does not is
 * looked at more closely ("ugly duckling", Grob and Bonerandi, Arch Dermatol 1998;134:103). Here it is only a
 * distance between pictures as a network sees them. It is no diagnosis; `oddOneOutMeasured` says what it is worth.
 */

type Embedded = Pick<Analysis, 'embedding' | 'outOfDistribution' | 'provenance'>;

export interface LesionAnswers {
  id: string;
  /** The newest first. */
  analyses: readonly Embedded[];
}

export interface Standing {
  id: string;
  /** The median cosine distance to the other lesions, 0 to 2. */
  distance: number;
  /** The modified z-score of the distance among those of all lesions. */
  score: number;
  /** The score is above `apartFrom`. */
  apart: boolean;
}

export interface OddOneOut {
  /** Null where no lesion could be compared. */
  packageId: string | null;
  /** How many lesions could be compared. */
  compared: number;
  /** Each of them, the one farthest from the others first; null with fewer than `minLesions`. */
  standings: readonly Standing[] | null;
  /** The lesions that could not: they have no answer with an embedding by this version of this package. */
  left: readonly string[];
}

/** With fewer lesions there is no usual look to differ from. */
export const minLesions = 8;

/**
 * From which modified z-score on a lesion stands apart: the value that Iglewicz and Hoaglin recommend for
 * outliers (How to Detect and Handle Outliers, 1993).
 */
export const apartFrom = 3.5;

/**
 * What the distance can do, by the clinic's panel (`scripts/measure-odd-one-out.ts`, training/results/odd-one-out.json):
 * over made-up patients with so many lesions, of photos of many people.
 */
export const oddOneOutMeasured = {
  lesions: minLesions,
  /** Share of patients with one melanoma among nevi in which it is the farthest from the others. */
  farthest: 0.6186,
  /** Share of patients with nevi alone in which one of them stands apart. */
  falselyNamed: 0.601,
};

/**
 * How far each lesion is from the others. With d(i, j) the cosine distance of two lesions' embeddings,
 *
 *   D(i) = median over j != i of d(i, j)
 *   score(i) = 0.6745 (D(i) - median D) / median |D - median D|
 *
 * Medians, because the odd one itself must not move what is usual. Only answers of one package in one version
 * are compared, those that most lesions have; of each lesion the newest. An answer without a result takes no
 * part. The score is 0 where all distances are alike.
 */
export function oddOneOut(lesions: readonly LesionAnswers[], limit = apartFrom): OddOneOut {
  const common = commonVersion(lesions);
  const compared = lesions.flatMap(({ id, analyses }) => {
    const newest = analyses.find((analysis) => common !== null && versionOf(analysis) === common);
    return newest ? [{ id, newest }] : [];
  });
  const known = new Set(compared.map(({ id }) => id));
  return {
    packageId: compared[0]?.newest.provenance.packageId ?? null,
    compared: compared.length,
    standings: compared.length < minLesions ? null : standingsOf(compared, limit),
    left: lesions.flatMap(({ id }) => (known.has(id) ? [] : [id])),
  };
}

function standingsOf(compared: readonly { id: string; newest: Embedded }[], limit: number): Standing[] {
  const distances = compared.map(({ newest }) =>
    median(
      compared.flatMap((other) =>
        other.newest === newest ? [] : (likenessDistance(newest, other.newest) ?? []),
      ),
    ),
  );
  const middle = median(distances);
  const spread = median(distances.map((distance) => Math.abs(distance - middle)));
  const standings = compared.map(({ id }, index): Standing => {
    const distance = distances[index] as number;
    const score = spread > 0 ? (0.6745 * (distance - middle)) / spread : 0;
    return { id, distance, score, apart: score > limit };
  });
  return standings.sort((a, b) => b.distance - a.distance);
}

/** A package in one version, and how long its embedding is; null for an answer that takes no part. */
function versionOf({ embedding, outOfDistribution, provenance }: Embedded): string | null {
  if (!embedding || outOfDistribution?.refused) return null;
  return [provenance.packageId, provenance.packageHash, embedding.length].join(' ');
}

/** The version that most lesions have an answer of; of several, the one met first. */
function commonVersion(lesions: readonly LesionAnswers[]): string | null {
  const counts = new Map<string, number>();
  for (const { analyses } of lesions) {
    for (const version of new Set(analyses.map(versionOf))) {
      if (version !== null) counts.set(version, (counts.get(version) ?? 0) + 1);
    }
  }
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  const upper = sorted[half] ?? 0;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? 0)) / 2;
}
