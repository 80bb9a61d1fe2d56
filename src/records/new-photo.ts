import { sha256 } from '../core/sha256';
import { freshRecord, type RecordPhoto } from './record';

export interface NewRecordPhoto {
  name: string;
  width: number;
  height: number;
  source: RecordPhoto['source'];
  /** ISO 8601, UTC. */
  takenAt: string;
  scale: number | null;
  dicom: RecordPhoto['dicom'];
  /** The lesions that stand in it. */
  lesionIds: readonly string[];
}

/** A photo's record, and its image as the database keeps it. */
export async function newPhoto(
  image: Blob,
  about: NewRecordPhoto,
  base = freshRecord(),
): Promise<{ photo: RecordPhoto; image: { id: string; blob: Blob } }> {
  const bytes = new Uint8Array(await image.arrayBuffer());
  return {
    photo: {
      ...base,
      ...about,
      lesionIds: [...about.lesionIds],
      type: image.type,
      bytes: image.size,
      sha256: await sha256(bytes),
    },
    // A Blob of its own: a File would keep the name and time that it had on the disk.
    image: { id: base.id, blob: new Blob([bytes], { type: image.type }) },
  };
}
