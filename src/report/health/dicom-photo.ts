import type { Size } from '../../core/geometry';
import { beginsWith, isFrame, jpegMarker, walkJpeg } from '../../core/image/jpeg';
import type { Dataset } from './dicom-parts';

export const transferSyntax = {
  explicitLittleEndian: '1.2.840.10008.1.2.1',
  jpegBaseline: '1.2.840.10008.1.2.4.50',
} as const;

/** A photo as DICOM can hold it: the JPEG as it is, or its pixels. */
export type DicomPhoto =
  | { kind: 'jpeg'; bytes: Uint8Array<ArrayBuffer> }
  /** Red, green and blue of each pixel, row by row. `lossy`: the file that they come from had lost some. */
  | { kind: 'pixels'; rgb: Uint8Array<ArrayBuffer>; lossy: boolean };

/**
 * What DICOM has to say of a JPEG's frame; null of one that is not baseline (ITU-T T.81) with 8 bits in grey
 * or YCbCr: then the pixels are to be given.
 */
export function baselineFrame(jpeg: Uint8Array): { components: 1 | 3; subsampled: boolean } | null {
  const segments = walkJpeg(jpeg)?.segments ?? [];
  const frame = segments.find(({ marker }) => isFrame(marker));
  const [precision, , , , , components, , sampling] = frame?.content ?? [];
  if (frame?.marker !== 0xc0 || precision !== 8 || (components !== 1 && components !== 3)) return null;
  const adobe = segments.find(
    (segment) => segment.marker === jpegMarker.app(14) && beginsWith(segment, 'Adobe'),
  );
  if (adobe?.content[11] === 0 && components === 3) return null;
  return { components, subsampled: sampling !== 0x11 };
}

/** The attributes of the Image Pixel and VL Image modules (PS3.3, C.7.6.3 and C.8.12.1). */
export function pixelAttributes(photo: DicomPhoto, { width, height }: Size) {
  const frame = photo.kind === 'jpeg' ? baselineFrame(photo.bytes) : null;
  const grey = frame?.components === 1;
  const bytes = photo.kind === 'jpeg' ? photo.bytes : padded(photo.rgb);
  return {
    ImageType: [photo.kind === 'jpeg' ? 'ORIGINAL' : 'DERIVED', 'PRIMARY'],
    SamplesPerPixel: grey ? 1 : 3,
    PhotometricInterpretation: photometric(photo.kind, grey, frame?.subsampled ?? false),
    ...(!grey && { PlanarConfiguration: 0 }),
    Rows: height,
    Columns: width,
    BitsAllocated: 8,
    BitsStored: 8,
    HighBit: 7,
    PixelRepresentation: 0,
    ...compressionOf(photo, { width, height }),
    PixelData: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length),
    _vrMap: { PixelData: 'OB' },
  } satisfies Dataset;
}

function photometric(kind: DicomPhoto['kind'], grey: boolean, subsampled: boolean): string {
  if (kind === 'pixels') return 'RGB';
  if (grey) return 'MONOCHROME2';
  return subsampled ? 'YBR_FULL_422' : 'YBR_FULL';
}

/** What was lost before: of a JPEG how it was compressed. Of a photo that is not there, the worse is said. */
export function compressionOf(photo: DicomPhoto | null, { width, height }: Size): Dataset {
  if (photo?.kind === 'pixels' && !photo.lossy) return { LossyImageCompression: '00' };
  if (photo?.kind !== 'jpeg') return { LossyImageCompression: '01' };
  return {
    LossyImageCompression: '01',
    LossyImageCompressionRatio: ((3 * width * height) / photo.bytes.length).toFixed(2),
    LossyImageCompressionMethod: 'ISO_10918_1',
  };
}

/** An even number of bytes, as DICOM wants them. */
export function padded(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  if (bytes.length % 2 === 0) return bytes;
  const even = new Uint8Array(bytes.length + 1);
  even.set(bytes);
  return even;
}
