import { minToCompare, type Neighbour, nearestOf } from '../../../../core/decision/neighbours';
import { type Result, success } from '../../../../core/failure';
import { type Asked, shownNeighbours } from '../../../../records/similar-cases';
import { storageFailure } from '../../../../records/storage-failure';
import type { ReferencePhoto, ReferenceSet } from './reference-set';
import type { ReferenceStore } from './reference-store';

/** What a reference set says of an answer. */
export interface SetNeighbours {
  set: ReferenceSet;
  /** Whether it was made with the package that answers, and in the same version. */
  fit: 'fits' | 'other-version' | 'other-package';
  /** The nearest first; empty where the set does not fit, or holds too few lesions. */
  neighbours: Neighbour<ReferencePhoto>[];
}

const fitOf = (set: ReferenceSet, { provenance }: Asked): SetNeighbours['fit'] => {
  if (set.packageId !== provenance.packageId) return 'other-package';
  return set.packageHash === provenance.packageHash ? 'fits' : 'other-version';
};

/** Searches the reference sets. The vectors of a set are read once, and again when it has grown. */
export function createReferenceNeighbours(
  store: Pick<ReferenceStore, 'sets' | 'photos'>,
): (asked: Asked) => Promise<Result<SetNeighbours[]>> {
  const known = new Map<string, { count: number; photos: ReferencePhoto[] }>();
  async function photosOf({ id, photos: count }: ReferenceSet): Promise<ReferencePhoto[]> {
    const before = known.get(id);
    if (before?.count === count) return before.photos;
    const photos = await store.photos(id);
    known.set(id, { count, photos });
    return photos;
  }
  return async (asked) => {
    try {
      const found: SetNeighbours[] = [];
      for (const set of await store.sets()) {
        const fit = fitOf(set, asked);
        const enough = fit === 'fits' && asked.embedding !== null && set.lesions >= minToCompare;
        const neighbours = enough
          ? nearestOf(asked.embedding ?? [], await photosOf(set), { count: shownNeighbours })
          : [];
        found.push({ set, fit, neighbours });
      }
      return success(found);
    } catch (error) {
      return storageFailure(error);
    }
  };
}
