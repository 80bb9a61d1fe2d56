import { localDay } from '../../../core/day';
import { factsFromPath, type PathFacts } from '../../../core/patient/path-facts';
import type { DicomIdentity } from '../../../engine/input/dicom-metadata';

/** Whose photo it is, of when and of what place, as file and folder names or DICOM tags have it. */
export interface PhotoOrigin extends PathFacts {
  /** The lesion in the records that it was brought for, on purpose. */
  lesionId: string | null;
}

/**
 * `path`: the folders that the photo came in and its file name, with forward slashes. `lesionId`: the lesion
 * that it is brought for.
 */
export const originOf = (path: string, lesionId: string | null = null): PhotoOrigin => ({
  ...factsFromPath(path, localDay()),
  lesionId,
});

/** What a DICOM file says goes before what its name does. */
export function withIdentity(origin: PhotoOrigin, identity: DicomIdentity | undefined): PhotoOrigin {
  return {
    ...origin,
    patient: identity?.patient ?? origin.patient,
    day: identity?.day ?? origin.day,
    side: identity?.side ?? origin.side,
  };
}
