/** Kinds of file by their first bytes: a name's ending proves nothing. */

export const supportedTypes = ['JPEG', 'PNG', 'WebP'] as const;

export type SupportedType = (typeof supportedTypes)[number];

/** How many of the first bytes `sniffType` may look at. */
export const sniffLength = 132;

const signatures: { type: string; at: number; text: string }[] = [
  { type: 'JPEG', at: 0, text: '\xff\xd8\xff' },
  { type: 'PNG', at: 0, text: '\x89PNG\r\n\x1a\n' },
  { type: 'WebP', at: 8, text: 'WEBP' },
  { type: 'GIF', at: 0, text: 'GIF8' },
  { type: 'BMP', at: 0, text: 'BM' },
  { type: 'TIFF', at: 0, text: 'II*\0' },
  { type: 'TIFF', at: 0, text: 'MM\0*' },
  { type: 'PDF', at: 0, text: '%PDF' },
  { type: 'ZIP', at: 0, text: 'PK\x03\x04' },
  { type: 'DICOM', at: 128, text: 'DICM' },
  { type: 'JPEG XL', at: 0, text: '\xff\x0a' },
  { type: 'JPEG XL', at: 4, text: 'JXL ' },
];

/** The type's usual name ("JPEG", "HEIC", "text"), or "unknown". */
export function sniffType(head: Uint8Array): string {
  const text = Array.from(head.subarray(0, sniffLength), (byte) => String.fromCharCode(byte)).join('');
  const found = signatures.find((signature) => text.startsWith(signature.text, signature.at));
  if (found) return found.type;
  if (text.startsWith('ftyp', 4)) return typeOfBrands(text);
  if (bareDicomSyntax(head)) return 'DICOM';
  const isText = head.subarray(0, sniffLength).every((byte) => byte >= 32 || [9, 10, 13].includes(byte));
  return isText ? 'text' : 'unknown';
}

export const isSupported = (type: string): type is SupportedType =>
  (supportedTypes as readonly string[]).includes(type);

/**
 * By the brands of a `ftyp` box (ISO/IEC 14496-12, 4.3; ISO/IEC 23008-12, 10). "mif1" and "msf1" name the
 * container alone: what is coded inside, the compatible brands say.
 */
function typeOfBrands(text: string): string {
  const size = Math.min(
    text.length,
    [0, 1, 2, 3].reduce((sum, at) => sum * 256 + text.charCodeAt(at), 0),
  );
  const brands = [text.slice(8, 12)];
  for (let at = 16; at + 4 <= size; at += 4) brands.push(text.slice(at, at + 4));
  const has = (pattern: RegExp) => brands.some((brand) => pattern.test(brand));
  if (/^hei|^hev/.test(brands[0] ?? '')) return 'HEIC';
  if (has(/^avi[fs]$/)) return 'AVIF';
  if (has(/^hei|^hev/) || /^m[is]f1$/.test(brands[0] ?? '')) return 'HEIC';
  return 'video';
}

/**
 * The transfer syntax of a DICOM file that lost the 128 bytes and "DICM" in front of it (PS3.10, 7.1): of its
 * file meta information, which begins with group 2 and names that of the rest; or of a bare data set, which
 * begins with group 8. Null for anything else.
 */
export function bareDicomSyntax(head: Uint8Array): 'meta' | 'explicit' | 'implicit' | null {
  if (head.length < 12 || head[1] !== 0 || head[3] !== 0) return null;
  const vr = String.fromCharCode(head[4] ?? 0, head[5] ?? 0);
  const explicit = ['UL', 'CS', 'UI', 'DA', 'TM', 'LO', 'SH'].includes(vr);
  if (head[0] === 2 && head[2] === 0 && explicit) return 'meta';
  // The first elements of group 8: its length, the character set, the image type, the class, dates.
  const first = [0x00, 0x05, 0x08, 0x12, 0x13, 0x14, 0x16, 0x18].includes(head[2] ?? 1);
  if (head[0] !== 8 || !first) return null;
  if (explicit) return 'explicit';
  // A length in 32 bits, of a text that is short and even.
  return head[5] === 0 && head[6] === 0 && head[7] === 0 && (head[4] ?? 1) % 2 === 0 ? 'implicit' : null;
}
