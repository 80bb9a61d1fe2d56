import { failure, type Result, success } from '../../../core/failure';
import { openBitmap } from '../../../engine/input/open-bitmap';
import type { Cases } from '../../../records/cases';
import { newPhoto } from '../../../records/new-photo';
import {
  blankLesion,
  freshRecord,
  type RecordLesion,
  type RecordPhoto,
  type Records,
} from '../../../records/record';
import { savedSpotTag } from '../../../records/saved-spot-tag';
import type { SelfCheckPhoto } from './self-check';

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

/**
 * Keeps a photo on this device, in the cases' store, and makes its spot where it is a new one, in one
 * transaction. Fails as the store does, and with "record-gone" where the spot was deleted meanwhile.
 */
export async function saveSpot(cases: Cases, input: SpotInput): Promise<Result<RecordPhoto>> {
  const { image, photo, lesionId, label, site, now } = input;
  const bitmap = await openBitmap(image, { imageOrientation: 'from-image' });
  const { width, height } = bitmap;
  bitmap.close();
  const spot = { ...blankLesion(freshRecord(now)), label, site, tags: [savedSpotTag] };
  const made = await newPhoto(
    image,
    {
      name: photo.name,
      width,
      height,
      source: photo.source,
      takenAt: now.toISOString(),
      scale: null,
      dicom: null,
      lesionIds: [lesionId ?? spot.id],
    },
    freshRecord(now),
  );
  const kept = { photos: [made.photo], images: [made.image] };
  let gone = false;
  const written = await cases.change(lesionId ? { lesions: [lesionId] } : {}, ({ lesions }) => {
    gone = lesionId !== null && lesions[0]?.deletedAt !== null;
    if (gone) return {};
    return lesionId ? kept : { ...kept, lesions: [spot] };
  });
  if (!written.ok) return written;
  return gone ? failure('record-gone') : success(made.photo);
}
