/** The segments of a JPEG (ITU-T T.81, annex B): the only place that walks its markers. */

export interface JpegSegment {
  /** The second byte of the marker: 0xda is a scan. */
  marker: number;
  /** Of the marker's first byte. */
  start: number;
  /** What stands behind the length. */
  content: Uint8Array;
  /** Behind the segment; for a scan, behind its header: entropy-coded data follow. */
  end: number;
}

export interface JpegStructure {
  /** In the order of the file, without start and end of image. */
  segments: JpegSegment[];
  /** Whether the image has an end behind its first scan. */
  complete: boolean;
}

export const jpegMarker = {
  startOfImage: 0xd8,
  endOfImage: 0xd9,
  startOfScan: 0xda,
  huffmanTables: 0xc4,
  quantisationTables: 0xdb,
  restartInterval: 0xdd,
  comment: 0xfe,
  /** APP0 to APP15. */
  app: (number: number) => 0xe0 + number,
} as const;

/** SOF0 to SOF15; DHT, JPG and DAC stand between them. */
export const isFrame = (marker: number): boolean =>
  marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);

export const isJpeg = (bytes: Uint8Array): boolean =>
  bytes[0] === 0xff && bytes[1] === jpegMarker.startOfImage;

/** Whether a segment's content begins with these letters. */
export const beginsWith = ({ content }: JpegSegment, text: string): boolean =>
  [...text].every((letter, index) => content[index] === letter.charCodeAt(0));

/**
 * Walks the markers. Stray bytes between two segments are passed over, as decoders do. Null for what is no
 * JPEG, or is damaged or cut off before its first scan; behind that, what can be walked is given.
 */
export function walkJpeg(bytes: Uint8Array): JpegStructure | null {
  if (!isJpeg(bytes)) return null;
  const segments: JpegSegment[] = [];
  let inScan = false;
  for (let at = 2; ; ) {
    const start = nextMarker(bytes, at, inScan);
    if (start === null) return inScan ? { segments, complete: false } : null;
    const marker = bytes[start + 1] as number;
    if (marker === jpegMarker.endOfImage) return { segments, complete: inScan };
    const length = ((bytes[start + 2] ?? 0) << 8) | (bytes[start + 3] ?? 0);
    const end = start + 2 + length;
    if (length < 2 || end > bytes.length) {
      if (!inScan) return null;
      // Damaged data that look like a marker.
      at = start + 2;
      continue;
    }
    segments.push({ marker, start, content: bytes.subarray(start + 4, end), end });
    inScan ||= marker === jpegMarker.startOfScan;
    at = end;
  }
}

/** The place of the next 0xff that begins a marker; null if no marker follows. */
function nextMarker(bytes: Uint8Array, from: number, inScan: boolean): number | null {
  for (
    let at = bytes.indexOf(0xff, from);
    at >= 0 && at + 1 < bytes.length;
    at = bytes.indexOf(0xff, at + 1)
  ) {
    const next = bytes[at + 1] as number;
    // 0xff before a marker is padding, a zero behind it makes it a byte of the scan; restarts belong to the
    // scan, and so does all that is no segment.
    const segment = next >= 0xc0 && next <= 0xfe && !(next >= 0xd0 && next <= 0xd8) && next < 0xf0;
    if (segment || next === jpegMarker.comment || next === jpegMarker.endOfImage) return at;
    if (!inScan && next !== 0 && next !== 0xff) return null;
  }
  return null;
}
