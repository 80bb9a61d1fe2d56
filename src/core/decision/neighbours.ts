import { cosineDistance } from './likeness';

/** The nearest of many photos to one, by the embeddings of one network. */

/** Under so many lesions the nearest of them says more of the collection than of the photo. */
export const minToCompare = 20;

/** A photo that others can be held against. */
export interface Embedded {
  /** A unit vector. */
  vector: ArrayLike<number>;
  /** The lesion that it shows: of each only the nearest photo counts. */
  lesion: string;
}

export interface Neighbour<Of extends Embedded> {
  of: Of;
  /** Cosine distance, 0 to 2. */
  distance: number;
}

/** Up to this cosine distance two photos count as one picture: what rounding to 32 bits comes to. */
const samePicture = 1e-6;

/**
 * The nearest photos, one a lesion, the nearest first; of two as near the one that comes first. Left out are the
 * lesions of `own` and those that a photo shows which is the same picture, since a photo says nothing of itself.
 * A vector of another length is of another network and is passed over.
 */
export function nearestOf<Of extends Embedded>(
  query: ArrayLike<number>,
  photos: Iterable<Of>,
  { count, own = new Set() }: { count: number; own?: ReadonlySet<string> },
): Neighbour<Of>[] {
  const nearest = new Map<string, Neighbour<Of>>();
  for (const of of photos) {
    if (own.has(of.lesion) || of.vector.length !== query.length) continue;
    const distance = cosineDistance(query, of.vector);
    const known = nearest.get(of.lesion);
    if (!known || distance < known.distance) nearest.set(of.lesion, { of, distance });
  }
  return [...nearest.values()]
    .filter(({ distance }) => distance > samePicture)
    .sort((a, b) => a.distance - b.distance)
    .slice(0, count);
}
