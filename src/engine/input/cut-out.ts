import type { SupportedType } from './sniff';

/** Whether a file may hold transparent pixels, by its header: to look for them means to read all once more. */
export function mayBeCutOut(bytes: Uint8Array, type: SupportedType): boolean {
  if (type === 'JPEG') return false;
  // RFC 9649, section 2.7: VP8X and VP8L have a flag of their own; the simple lossy format has no alpha.
  if (type === 'WebP') return chunkName(bytes, 12) !== 'VP8 ';
  // PNG (third edition), table 8 and section 11.3.1.1: grey or colour with alpha, or a chunk "tRNS" before the data.
  if (bytes[25] === 4 || bytes[25] === 6) return true;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const name = chunkName(bytes, at + 4);
    if (name === 'tRNS') return true;
    if (name === 'IDAT') return false;
  }
  return false;
}

const chunkName = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
