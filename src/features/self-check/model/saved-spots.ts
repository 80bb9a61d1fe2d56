import { type Failure, type Result, success } from '../../../core/failure';
import type { RecordLesion, RecordPhoto, Records } from '../../../records/record';
import type { Cases } from '../../../records/store';
import type { SelfCheckPhoto } from './self-check';

/** Marks the spots that were kept from here, among the cases. */
const savedSpotTag = 'self-check';

export interface SavedSpot {
  lesion: RecordLesion;
  /** The newest first. */
  photos: RecordPhoto[];
}

/** The spots that the person chose to keep, those photographed last first. */
export function savedSpots({ lesions, photos }: Records): SavedSpot[] {
  return lesions
    .filter(({ tags }) => tags.includes(savedSpotTag))
    .map((lesion) => ({
      lesion,
      photos: photos
        .filter(({ lesionIds }) => lesionIds.includes(lesion.id))
        .sort((photo, other) => other.takenAt.localeCompare(photo.takenAt)),
    }))
    .filter(({ photos: own }) => own.length > 0)
    .sort((spot, other) => (other.photos[0]?.takenAt ?? '').localeCompare(spot.photos[0]?.takenAt ?? ''));
}

export interface SpotInput {
  image: Blob;
  photo: SelfCheckPhoto;
  /** The spot that it shows once more; null for a new one. */
  lesionId: string | null;
  label: string;
  site: string | null;
  now: Date;
}

/** Keeps a photo on this device, in the cases' store. Fails as the store does. */
export async function saveSpot(cases: Cases, input: SpotInput): Promise<Result<RecordPhoto>> {
  const { image, photo, lesionId, label, site, now } = input;
  const bitmap = await createImageBitmap(image, { imageOrientation: 'from-image' });
  const { width, height } = bitmap;
  bitmap.close();
  const added = await cases.addPhoto(image, {
    name: photo.name,
    width,
    height,
    source: photo.source,
    takenAt: now.toISOString(),
    scale: null,
    dicom: null,
    lesionIds: lesionId ? [lesionId] : [],
  });
  if (!added.ok || lesionId) return added;
  const lesion = cases.store.getState().records.lesions.find(({ id }) => id === added.value.lesionIds[0]);
  const named: Result<null> | { ok: false; failure: Failure } = lesion
    ? await cases.edit('lesions', lesion.id, () => ({ label, site, tags: [savedSpotTag] }))
    : success(null);
  return named.ok ? added : named;
}
