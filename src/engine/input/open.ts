import { failure, type Result, success } from '../../core/failure';
import type { DicomIdentity, DicomMetadata } from './dicom-metadata';
import { sniffLength, sniffType } from './sniff';

/** A file made into a photo that any browser opens. */
export interface OpenedPhoto {
  image: Blob;
  from: 'photo' | 'heic' | 'dicom';
  /** What a DICOM file says beside its picture. */
  dicom: DicomMetadata | null;
  /** Whose photo a DICOM file says it is. */
  identity?: DicomIdentity;
}

/**
 * DICOM and HEIC files as JPEG or PNG; every other file as it is, for `decodePhoto` to judge. HEIC goes
 * through libheif even where the browser could open it: the same photo gives the same pixels everywhere. The
 * readers come in with the first file that needs them. Runs in a worker (opener.ts): the page itself may
 * compile no WebAssembly.
 */
export async function openPhoto(file: Blob): Promise<Result<OpenedPhoto>> {
  const read = await file.arrayBuffer().catch(() => null);
  if (!read) return failure('file-unreadable');
  const bytes = new Uint8Array(read);
  const type = sniffType(bytes.subarray(0, sniffLength));
  if (type === 'HEIC') {
    const { heicToPng } = await import('./heic');
    const image = await heicToPng(bytes);
    return image.ok ? success({ image: image.value, from: 'heic', dicom: null }) : image;
  }
  if (type === 'DICOM') {
    const { readDicom } = await import('./dicom');
    const photo = await readDicom(bytes);
    if (!photo.ok) return photo;
    const { image, metadata, identity } = photo.value;
    return success({ image, from: 'dicom', dicom: metadata, identity });
  }
  return success({ image: file, from: 'photo', dicom: null });
}
