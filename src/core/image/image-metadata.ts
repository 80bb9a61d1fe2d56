import { failure, type Result, success } from '../failure';
import { joined } from './bytes';
import { isJpeg } from './jpeg';
import { rewriteJpeg } from './jpeg-rewrite';
import { pngSignature } from './png';
import { rewritePng } from './png-rewrite';

/** What was found beside the picture in an image file. */
interface ImageMetadata {
  format: 'jpeg' | 'png';
  /**
   * What would go: "EXIF", "XMP", "IPTC", "comment", "thumbnail", "profile text", "padding", "trailing data",
   * or the name of a PNG chunk or JPEG segment.
   */
  found: string[];
  /**
   * EXIF orientation, 1 to 8; 1 where none is written. Stripping takes it away: a picture with another one
   * than 1 has to be redrawn upright, not stripped.
   */
  orientation: number;
  /** Whether the numbers are sRGB, or grey, as they stand: no profile, no CMYK, nothing transparent. */
  plain: boolean;
  /** Whether a PNG may be seen through. */
  transparent: boolean;
}

export interface StrippedImage extends ImageMetadata {
  bytes: Uint8Array<ArrayBuffer>;
}

/**
 * Writes a JPEG or PNG again with nothing in it but what a decoder needs: EXIF, XMP, IPTC, comments, maker
 * notes, thumbnails, times, texts in colour profiles, padding, and whatever follows the picture (phones
 * append films and depth maps there) are not among it. Colours stay. The pixels are not touched: nothing is
 * decoded to them. Fails with "file-unsupported" for other formats and for JPEGs that are not Huffman-coded
 * with 8 bits a sample, and with "file-unreadable" for a broken file.
 */
export function stripMetadata(bytes: Uint8Array): Result<StrippedImage> {
  const png = pngSignature.every((byte, index) => bytes[index] === byte);
  if (!png && !isJpeg(bytes)) return failure('file-unsupported');
  const rewritten = png ? success(rewritePng(bytes)) : rewriteJpeg(bytes);
  if (!rewritten.ok) return rewritten;
  if (rewritten.value === null) return failure('file-unreadable');
  const { parts, found, tiff, plain, transparent } = rewritten.value;
  return success({
    format: png ? 'png' : 'jpeg',
    found: [...found],
    orientation: tiff ? orientationOf(tiff) : 1,
    plain,
    transparent,
    bytes: joined(parts),
  });
}

/** Tag 0x0112 of the first directory of a TIFF block; 1 where it is absent, broken or out of range. */
function orientationOf(tiff: Uint8Array): number {
  if (tiff.length < 14) return 1;
  const view = new DataView(tiff.buffer, tiff.byteOffset, tiff.byteLength);
  const little = view.getUint16(0) === 0x4949;
  const directory = view.getUint32(4, little);
  if (directory + 2 > tiff.length) return 1;
  const entries = view.getUint16(directory, little);
  for (let entry = 0; entry < entries; entry++) {
    const at = directory + 2 + entry * 12;
    if (at + 12 > tiff.length) return 1;
    if (view.getUint16(at, little) !== 0x0112) continue;
    const value = view.getUint16(at + 8, little);
    return value >= 1 && value <= 8 ? value : 1;
  }
  return 1;
}
