import { failure, type Result, success } from '../failure';

/** What was found beside the picture in an image file. */
interface ImageMetadata {
  format: 'jpeg' | 'png';
  /** What would go: "EXIF", "XMP", "IPTC", "comment", "trailing data", or the name of a PNG chunk or JPEG segment. */
  found: string[];
  /**
   * EXIF orientation, 1 to 8; 1 where none is written. Stripping takes it away: a picture with another one than 1 has to be redrawn
   * upright, not stripped.
   */
  orientation: number;
}

export interface StrippedImage extends ImageMetadata {
  bytes: Uint8Array<ArrayBuffer>;
}

/** A stretch of the file; `remove` names what it is where it is not needed to draw the picture. */
interface Piece {
  start: number;
  end: number;
  remove: string | null;
}

/**
 * Takes everything out of a JPEG or PNG that is not needed to draw it: EXIF, XMP, IPTC, comments, maker notes, thumbnails, times, and
 * whatever follows the end of the picture (phones append videos and depth maps there). Colour profiles stay. The pixels are not
 * touched: nothing is decoded. Fails with "file-unsupported" for other formats and "file-unreadable" for a broken file.
 */
export function stripMetadata(bytes: Uint8Array): Result<StrippedImage> {
  const read = piecesOf(bytes);
  if (!read.ok) return read;
  const { format, pieces, orientation } = read.value;
  const wanted = pieces.filter(({ remove }) => remove === null);
  const result = new Uint8Array(wanted.reduce((sum, { start, end }) => sum + end - start, 0));
  let at = 0;
  for (const { start, end } of wanted) {
    result.set(bytes.subarray(start, end), at);
    at += end - start;
  }
  return success({ format, found: namesOf(pieces), orientation, bytes: result });
}

const namesOf = (pieces: Piece[]) => [
  ...new Set(pieces.flatMap(({ remove }) => (remove === null ? [] : [remove]))),
];

function piecesOf(
  bytes: Uint8Array,
): Result<{ format: 'jpeg' | 'png'; pieces: Piece[]; orientation: number }> {
  const jpeg = bytes[0] === 0xff && bytes[1] === 0xd8;
  const png = pngSignature.every((byte, index) => bytes[index] === byte);
  if (!jpeg && !png) return failure('file-unsupported');
  const pieces = jpeg ? jpegPieces(bytes) : pngPieces(bytes);
  if (!pieces) return failure('file-unreadable');
  const exif = pieces.find(({ remove }) => remove === 'EXIF');
  // "Exif", two zeros and the TIFF block in a JPEG segment (after 4 bytes); the TIFF block alone in a PNG chunk (after 8).
  const tiff = exif && bytes.subarray(exif.start + (jpeg ? 10 : 8), exif.end);
  return success({ format: jpeg ? 'jpeg' : 'png', pieces, orientation: tiff ? orientationOf(tiff) : 1 });
}

/** Walks the markers of a JPEG (ITU-T T.81, annex B); null where it is broken or cut off. */
function jpegPieces(bytes: Uint8Array): Piece[] | null {
  const pieces: Piece[] = [{ start: 0, end: 2, remove: null }];
  let at = 2;
  while (at < bytes.length) {
    if (bytes[at] !== 0xff) return null;
    // Fill bytes may stand before a marker.
    if (bytes[at + 1] === 0xff) {
      at++;
      continue;
    }
    const marker = bytes[at + 1] as number;
    if (marker === 0xd9) {
      pieces.push({ start: at, end: at + 2, remove: null });
      if (at + 2 < bytes.length) pieces.push({ start: at + 2, end: bytes.length, remove: 'trailing data' });
      return pieces;
    }
    const length = ((bytes[at + 2] as number) << 8) | (bytes[at + 3] as number);
    let end = at + 2 + length;
    if (!(length >= 2) || end > bytes.length) return null;
    if (marker === 0xda) end = endOfScan(bytes, end);
    pieces.push({ start: at, end, remove: segmentToRemove(marker, bytes.subarray(at + 4, end)) });
    at = end;
  }
  return null;
}

/** Entropy-coded data go on until a marker that is neither a stuffed zero nor a restart. */
function endOfScan(bytes: Uint8Array, start: number): number {
  let at = start;
  while (at < bytes.length) {
    const next = bytes[at + 1] as number;
    if (bytes[at] === 0xff && next !== 0 && next !== 0xff && !(next >= 0xd0 && next <= 0xd7)) return at;
    at++;
  }
  return at;
}

function segmentToRemove(marker: number, content: Uint8Array): string | null {
  const begins = (text: string) =>
    [...text].every((letter, index) => content[index] === letter.charCodeAt(0));
  if (marker === 0xfe) return 'comment';
  if (marker < 0xe0 || marker > 0xef) return null;
  // The colour profile and Adobe's colour transform are needed to draw it right; JFIF's density does no harm.
  if (marker === 0xe0 && begins('JFIF\0')) return null;
  if (marker === 0xe2 && begins('ICC_PROFILE\0')) return null;
  if (marker === 0xee && begins('Adobe')) return null;
  if (begins('Exif\0')) return 'EXIF';
  if (begins('http://ns.adobe.com/')) return 'XMP';
  if (marker === 0xed) return 'IPTC';
  return `APP${marker - 0xe0}`;
}

const pngSignature = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const pngChunksKept = [
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'iCCP',
  'cICP',
  'sBIT',
  'pHYs',
];
const pngNames: Readonly<Record<string, string>> = { eXIf: 'EXIF' };

/** Walks the chunks of a PNG; null where it is broken or cut off. */
function pngPieces(bytes: Uint8Array): Piece[] | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const pieces: Piece[] = [{ start: 0, end: 8, remove: null }];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const name = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    const xmp =
      name === 'iTXt' && String.fromCharCode(...bytes.subarray(at + 8, at + 25)) === 'XML:com.adobe.xmp';
    const found = xmp ? 'XMP' : (pngNames[name] ?? name);
    pieces.push({ start: at, end, remove: pngChunksKept.includes(name) ? null : found });
    at = end;
    if (name !== 'IEND') continue;
    if (at < bytes.length) pieces.push({ start: at, end: bytes.length, remove: 'trailing data' });
    return pieces;
  }
  return null;
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
