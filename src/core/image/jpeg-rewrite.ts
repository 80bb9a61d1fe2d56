import { failure, type Result, success } from '../failure';
import { bytesOf, joined, sameBytes } from './bytes';
import { colourOnly } from './icc';
import { beginsWith, isFrame, type JpegSegment, jpegMarker, walkJpeg } from './jpeg';
import { huffmanFrame, ScanReader } from './jpeg-scan';
import type { RewrittenImage } from './rewritten';

const { app } = jpegMarker;

/** What is in hand while a JPEG is written again. */
interface Writing {
  parts: Uint8Array[];
  found: Set<string>;
}

/**
 * Writes a JPEG again, segment by segment: frame, tables, restart interval, scans, JFIF's density, Adobe's
 * colour transform and the colours of an ICC profile, each without padding. "file-unsupported" for a JPEG of
 * a kind that no browser opens or that is not Huffman-coded, null for a broken one.
 */
export function rewriteJpeg(bytes: Uint8Array): Result<RewrittenImage | null> {
  const walked = walkJpeg(bytes);
  if (!walked) return success(null);
  const frame = huffmanFrame(walked.segments);
  if (!frame) {
    const other = walked.segments.find(({ marker }) => isFrame(marker));
    return other
      ? failure('file-unsupported', { reason: `JPEG ${other.marker.toString(16)}` })
      : success(null);
  }
  const writing: Writing = { parts: [Uint8Array.of(0xff, jpegMarker.startOfImage)], found: new Set() };
  const reader = new ScanReader(frame);
  const profile = profileOf(walked.segments);
  let end = 2;
  let seen = 0;
  let scanned = 0;
  const wanted = new Set<number>();
  let profileWritten = false;
  for (const segment of walked.segments) {
    // Data behind the last scan may look like segments.
    if (segment.start < end) continue;
    const { marker } = segment;
    if (!frame.progressive && scanned > 0 && wanted.size === frame.components.length) break;
    if (segment.start !== end + fill(bytes, end)) {
      // Behind a scan, what does not follow at once is no part of the picture.
      if (scanned > 0) break;
      writing.found.add('padding');
    }
    end = segment.end;
    if (marker === jpegMarker.startOfScan) {
      const behind = reader.endOfScan(bytes, segment);
      if (behind === null) return success(null);
      put(writing, segment, 1 + 2 * (segment.content[0] ?? 0) + 3);
      writing.parts.push(bytes.subarray(segment.end, behind));
      for (let index = 0; index < (segment.content[0] ?? 0); index++)
        wanted.add(segment.content[1 + 2 * index] as number);
      scanned++;
      end = behind;
    } else if (isFrame(marker)) {
      put(writing, segment, 6 + 3 * frame.components.length);
    } else if (marker === jpegMarker.huffmanTables || marker === jpegMarker.restartInterval) {
      const length = reader.define(segment);
      if (length === null) return success(null);
      put(writing, segment, length);
    } else if (marker === jpegMarker.quantisationTables) {
      put(writing, segment, quantisationLength(segment.content));
    } else if (
      marker === app(0) &&
      beginsWith(segment, 'JFIF\0') &&
      segment.content.length >= 14 &&
      seen++ === 0
    ) {
      if (segment.content.length > 14) writing.found.add('thumbnail');
      // Version, density and no thumbnail.
      const content = segment.content.slice(0, 14);
      content.fill(0, 12);
      write(writing, marker, content);
    } else if (marker === app(14) && beginsWith(segment, 'Adobe') && segment.content.length >= 12) {
      if (segment.content.length > 12) writing.found.add('APP14');
      write(writing, marker, Uint8Array.of(...adobe, (segment.content[11] as number) & 3));
    } else if (isProfile(segment)) {
      if (profile.changed) writing.found.add('profile text');
      if (!profileWritten) writeProfile(writing, profile.clean);
      profileWritten = true;
    } else writing.found.add(nameOf(segment));
  }
  if (scanned === 0 || wanted.size < frame.components.length) return success(null);
  const marker = end + fill(bytes, end);
  const ended = bytes[marker] === 0xff && bytes[marker + 1] === jpegMarker.endOfImage;
  // With nothing behind the data, or with half a segment, and no end marker, the file was cut off.
  const half = bytes[marker] === 0xff && segmentsOfScans.includes(bytes[marker + 1] ?? 0);
  if (!ended && (bytes.length - end < 2 || half)) return success(null);
  if (!ended || marker + 2 < bytes.length) writing.found.add('trailing data');
  writing.parts.push(Uint8Array.of(0xff, jpegMarker.endOfImage));
  return success({
    ...writing,
    tiff: exifOf(walked.segments),
    plain: profile.clean === null && frame.components.length !== 4,
    transparent: false,
  });
}

/** What stands between two scans. */
const segmentsOfScans: readonly number[] = [
  jpegMarker.huffmanTables,
  jpegMarker.quantisationTables,
  jpegMarker.restartInterval,
  jpegMarker.startOfScan,
];

/** "Adobe", version 100, no flags; the colour transform follows. */
const adobe = [...bytesOf('Adobe'), 0, 100, 0, 0, 0, 0];

/** Adobe's marker for components that are red, green and blue: what decoders would else take for YCbCr. */
export const adobeRgb: readonly number[] = [0xff, app(14), 0, 14, ...adobe, 0];

/** How many bytes of padding (0xff) stand before a marker. */
function fill(bytes: Uint8Array, at: number): number {
  let count = 0;
  while (bytes[at + count] === 0xff && bytes[at + count + 1] === 0xff) count++;
  return count;
}

/** Writes the first bytes of a segment, and names what is behind them. */
function put(writing: Writing, { marker, content }: JpegSegment, length: number): void {
  if (content.length > length) writing.found.add('padding');
  write(writing, marker, content.subarray(0, length));
}

function write({ parts }: Writing, marker: number, content: Uint8Array): void {
  const length = content.length + 2;
  parts.push(Uint8Array.of(0xff, marker, length >> 8, length & 0xff), content);
}

/** 64 numbers of one or two bytes behind a byte that says which; what is less than a table is padding. */
function quantisationLength(content: Uint8Array): number {
  let at = 0;
  for (;;) {
    const next = at + 1 + (((content[at] ?? 0) >> 4) + 1) * 64;
    if (at >= content.length || next > content.length || (content[at] as number) >> 4 > 1) return at;
    at = next;
  }
}

const isProfile = (segment: JpegSegment) =>
  segment.marker === app(2) && beginsWith(segment, 'ICC_PROFILE\0') && segment.content.length > 14;

/**
 * The ICC profile, which may be cut into several segments, without what is no colour; null where there is
 * none that can be read.
 */
function profileOf(segments: readonly JpegSegment[]): {
  clean: Uint8Array<ArrayBuffer> | null;
  changed: boolean;
} {
  const pieces = segments
    .filter(isProfile)
    .map(({ content }) => content)
    .sort((a, b) => (a[12] as number) - (b[12] as number))
    .map((content) => content.subarray(14));
  const whole = joined(pieces);
  const clean = colourOnly(whole);
  return { clean, changed: clean === null || !sameBytes(clean, whole) };
}

const largestPiece = 65519;

function writeProfile(writing: Writing, profile: Uint8Array<ArrayBuffer> | null): void {
  if (!profile) return;
  const count = Math.ceil(profile.length / largestPiece);
  for (let index = 0; index < count; index++) {
    const piece = profile.subarray(index * largestPiece, (index + 1) * largestPiece);
    write(writing, app(2), joined([bytesOf('ICC_PROFILE\0'), Uint8Array.of(index + 1, count), piece]));
  }
}

function nameOf(segment: JpegSegment): string {
  const { marker } = segment;
  if (marker === jpegMarker.comment) return 'comment';
  if (beginsWith(segment, 'Exif\0')) return 'EXIF';
  if (beginsWith(segment, 'http://ns.adobe.com/')) return 'XMP';
  if (marker === app(13)) return 'IPTC';
  return marker >= app(0) && marker <= app(15) ? `APP${marker - app(0)}` : 'padding';
}

/** The TIFF block of the first EXIF segment: behind "Exif" and two zeros. */
function exifOf(segments: readonly JpegSegment[]): Uint8Array | null {
  const exif = segments.find((segment) => segment.marker === app(1) && beginsWith(segment, 'Exif\0'));
  return exif?.content.subarray(6) ?? null;
}
