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
  { type: 'AVIF', at: 4, text: 'ftypavif' },
  { type: 'AVIF', at: 4, text: 'ftypavis' },
  { type: 'HEIC', at: 4, text: 'ftyphei' },
  { type: 'HEIC', at: 4, text: 'ftyphev' },
  { type: 'HEIC', at: 4, text: 'ftypmif1' },
  { type: 'HEIC', at: 4, text: 'ftypmsf1' },
  { type: 'video', at: 4, text: 'ftyp' },
  { type: 'JPEG XL', at: 0, text: '\xff\x0a' },
  { type: 'JPEG XL', at: 4, text: 'JXL ' },
];

/** The type's usual name ("JPEG", "HEIC", "text"), or "unknown". */
export function sniffType(head: Uint8Array): string {
  const text = Array.from(head.subarray(0, sniffLength), (byte) => String.fromCharCode(byte)).join('');
  const found = signatures.find((signature) => text.startsWith(signature.text, signature.at));
  if (found) return found.type;
  const isText = head.subarray(0, sniffLength).every((byte) => byte >= 32 || [9, 10, 13].includes(byte));
  return isText ? 'text' : 'unknown';
}

export const isSupported = (type: string): type is SupportedType =>
  (supportedTypes as readonly string[]).includes(type);
