import type { Analysis } from '../analysis';

/** How alike two photos are to one network: by the angle between their embeddings. */

/**
 * The cosine distance of two unit vectors: 0 for the same direction, 1 for none in common, 2 for opposite.
 */
export function cosineDistance(a: ArrayLike<number>, b: ArrayLike<number>): number {
  if (a.length !== b.length) throw new RangeError(`${a.length} and ${b.length} numbers have no distance.`);
  let dot = 0;
  for (let at = 0; at < a.length; at++) dot += (a[at] as number) * (b[at] as number);
  return 1 - dot;
}

type Embedded = Pick<Analysis, 'embedding' | 'provenance'>;

/**
 * The distance of two photos; null where they cannot be compared: an embedding means nothing to another
 * package, nor to another version of it.
 */
export function likenessDistance(a: Embedded, b: Embedded): number | null {
  const same =
    a.provenance.packageId === b.provenance.packageId &&
    a.provenance.packageHash === b.provenance.packageHash;
  if (!same || !a.embedding || !b.embedding || a.embedding.length !== b.embedding.length) return null;
  return cosineDistance(a.embedding, b.embedding);
}

/**
 * A panel's embedding: the members' side by side, each times the root of its weight. The cosine of two such
 * vectors is the weighted mean of the members' cosines. Null where a member has none.
 */
export function joinEmbeddings(
  embeddings: readonly (readonly number[] | null)[],
  weights: readonly number[],
): number[] | null {
  const found = embeddings.filter((embedding) => embedding !== null);
  if (found.length < embeddings.length || found.length === 0) return null;
  const sum = embeddings.reduce((total, _, index) => total + (weights[index] ?? 0), 0);
  return found.flatMap((embedding, index) => {
    const scale = Math.sqrt((weights[index] ?? 0) / sum);
    return embedding.map((value) => scale * value);
  });
}
