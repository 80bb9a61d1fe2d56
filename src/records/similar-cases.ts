import type { Analysis } from '../core/analysis';
import { minToCompare, type Neighbour, nearestOf } from '../core/decision/neighbours';
import { type Result, success } from '../core/failure';
import { sha256 } from '../core/sha256';
import type { Cases } from './cases';
import type { DiagnosedPhoto, DiagnosedPhotos, PackageVersion } from './diagnosed';

/** Neighbours that are shown: as many as a person looks at. */
export const shownNeighbours = 5;

/** An answer that others can be held against. */
export type Asked = Pick<Analysis, 'embedding' | 'provenance'>;

export interface SimilarCasesFound {
  /** Lesions with a known histology, the photo's own not among them. */
  lesions: number;
  /** Those of them that the same package in the same version saw. */
  compared: number;
  /** The nearest first; empty where too few can be compared. */
  neighbours: Neighbour<DiagnosedPhoto>[];
}

/** Finds the cases of the user's own records that a network sees as most like a photo. */
export interface SimilarCases {
  /**
   * `image`: the photo that was asked about, whose own lesion is left out. The records are read once for each
   * package and again after they have changed. Fails as the storage does.
   */
  find(asked: Asked, image: Blob | null): Promise<Result<SimilarCasesFound>>;
}

export function createSimilarCases(cases: Pick<Cases, 'read' | 'onWritten'>): SimilarCases {
  let known: { of: PackageVersion; reading: Promise<Result<DiagnosedPhotos>> } | null = null;
  const hashes = new WeakMap<Blob, Promise<string>>();
  const forget = () => {
    known = null;
  };
  cases.onWritten(forget);

  function photosOf({ packageId, packageHash }: PackageVersion): Promise<Result<DiagnosedPhotos>> {
    const same = known?.of.packageId === packageId && known.of.packageHash === packageHash;
    if (!known || !same) {
      const of = { packageId, packageHash };
      const reading = cases.read((database) => database.diagnosed(of));
      known = { of, reading };
      // A failure is tried again the next time.
      void reading.then(({ ok }) => {
        if (!ok && known?.reading === reading) forget();
      });
    }
    return known.reading;
  }

  /** The lesions that the very same file is kept of. */
  async function ownLesions(image: Blob | null): Promise<ReadonlySet<string>> {
    if (!image) return new Set();
    const hash = hashes.get(image) ?? image.arrayBuffer().then((bytes) => sha256(new Uint8Array(bytes)));
    hashes.set(image, hash);
    const key = await hash;
    const photos = await cases.read((database) => database.photosByHash(key));
    return new Set(photos.ok ? photos.value.flatMap(({ lesionIds }) => lesionIds) : []);
  }

  return {
    async find({ embedding, provenance }, image) {
      const photos = await photosOf(provenance);
      if (!photos.ok) return photos;
      const own = await ownLesions(image).catch(() => new Set<string>());
      const others = photos.value.photos.filter(({ lesion }) => !own.has(lesion));
      const compared = new Set(others.map(({ lesion }) => lesion)).size;
      const enough = embedding !== null && compared >= minToCompare;
      return success({
        lesions: photos.value.lesions.filter((id) => !own.has(id)).length,
        compared,
        neighbours: enough ? nearestOf(embedding, others, { count: shownNeighbours, own }) : [],
      });
    },
  };
}
