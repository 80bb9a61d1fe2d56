import { type Failure, failure, type Result, success } from '../../../core/failure';
import { sha256 } from '../../../core/sha256';
import { largestArea } from '../../../engine/input/decode';
import { readHeader } from '../../../engine/input/header';
import { isSupported, sniffLength, sniffType } from '../../../engine/input/sniff';
import { cleanPhoto } from '../../../report/pictures';
import type { StoredPhoto } from './teaching-set';

/** Bytes of a photo's file: some 40 megapixels as JPEG. */
export const maxPhotoBytes = 32 * 2 ** 20;

export interface CheckedPhoto extends StoredPhoto {
  sha256: string;
}

/**
 * A photo as a set keeps it: upright, without metadata, with nothing behind the picture. Kind, size and
 * pixels are judged by the first bytes, before anything is decoded. Fails with "file-unsupported",
 * "file-too-large" and "file-unreadable".
 */
export async function checkedPhoto(file: Blob): Promise<Result<CheckedPhoto>> {
  if (file.size > maxPhotoBytes) return failure('file-too-large', { bytes: file.size });
  const bytes = new Uint8Array(await file.arrayBuffer());
  const type = sniffType(bytes.subarray(0, sniffLength));
  if (!isSupported(type)) return failure('file-unsupported', { type });
  const header = readHeader(bytes, type);
  if (!header?.complete) return failure('file-unreadable');
  const { width, height } = header;
  if (width * height > largestArea) return failure('file-too-large', { width, height });
  const clean = await cleanPhoto(new Blob([bytes]));
  if (!clean.ok) return clean;
  const { buffer } = clean.value.bytes;
  return success({ sha256: await sha256(buffer), type: clean.value.type, bytes: buffer });
}

/** Why a photo was left out, by its name. */
export interface LeftOut {
  name: string;
  code: Failure['code'] | 'absent' | 'twice' | 'full';
}
