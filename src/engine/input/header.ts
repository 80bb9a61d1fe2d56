import { isFrame, walkJpeg } from '../../core/image/jpeg';
import type { SupportedType } from './sniff';

/**
 * What a photo's file says of itself before anything is decoded. JPEG: ITU T.81, annex B; PNG: RFC 2083;
 * WebP: RFC 9649.
 */
export interface Header {
  width: number;
  height: number;
  /**
   * Whether the end of the picture is there. Browsers show the rest of a file that was cut off, grey below.
   */
  complete: boolean;
}

/** Null where the header is damaged. */
export function readHeader(bytes: Uint8Array, type: SupportedType): Header | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    if (type === 'JPEG') return jpegHeader(bytes);
    return type === 'PNG' ? pngHeader(view) : webpHeader(view);
  } catch (error) {
    // Read beyond the end.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

function jpegHeader(bytes: Uint8Array): Header | null {
  const walked = walkJpeg(bytes);
  const content = walked?.segments.find(({ marker }) => isFrame(marker))?.content;
  if (!walked || !content || content.length < 5) return null;
  const word = (at: number) => ((content[at] as number) << 8) | (content[at + 1] as number);
  return { height: word(1), width: word(3), complete: walked.complete };
}

function pngHeader(view: DataView): Header {
  const size = { width: view.getUint32(16), height: view.getUint32(20) };
  let at = 8;
  while (at + 12 <= view.byteLength) {
    if (textAt(view, at + 4) === 'IEND') return { ...size, complete: true };
    at += 12 + view.getUint32(at);
  }
  return { ...size, complete: false };
}

function webpHeader(view: DataView): Header | null {
  const complete = 8 + view.getUint32(4, true) <= view.byteLength;
  const kind = textAt(view, 12);
  if (kind === 'VP8 ') {
    return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff, complete };
  }
  if (kind === 'VP8L') {
    const bits = view.getUint32(21, true);
    return { width: (bits & 0x3fff) + 1, height: ((bits >> 14) & 0x3fff) + 1, complete };
  }
  if (kind !== 'VP8X') return null;
  const sideAt = (at: number) => (view.getUint16(at, true) | (view.getUint8(at + 2) << 16)) + 1;
  return { width: sideAt(24), height: sideAt(27), complete };
}

const textAt = (view: DataView, at: number) =>
  String.fromCharCode(...[0, 1, 2, 3].map((offset) => view.getUint8(at + offset)));
