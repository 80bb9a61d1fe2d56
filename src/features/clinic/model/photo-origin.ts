import { localDay } from '../../../core/day';
import { factsFromPath } from '../../../core/patient/path-facts';
import type { PhotoOrigin } from '../../../core/patient/photo-origin';
import type { DicomIdentity } from '../../../engine/input/dicom-metadata';

export type { PhotoOrigin };

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
  const said = (['patient', 'day', 'side'] as const).filter((field) => identity?.[field]);
  if (!identity || said.length === 0) return origin;
  return {
    ...origin,
    patient: identity.patient ?? origin.patient,
    day: identity.day ?? origin.day,
    side: identity.side ?? origin.side,
    fromFile: said,
  };
}

/**
 * The origin of a photo of another time. What was not kept of it may still stand in the file's name. The same object
 * where nothing is to be added: then nothing is to be written again.
 */
export function restoredOrigin(kept: PhotoOrigin | null | undefined, name: string): PhotoOrigin {
  const named = originOf(name);
  if (!kept) return named;
  const added = (['patient', 'day', 'side'] as const).filter((field) => kept[field] === null && named[field]);
  return added.length === 0
    ? kept
    : { ...kept, ...Object.fromEntries(added.map((field) => [field, named[field]])) };
}
