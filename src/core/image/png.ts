import { zlibSync } from 'fflate';
import { bytesOf, joined } from './bytes';

export interface PngSource {
  width: number;
  height: number;
  /** 1 grey, 3 RGB, 4 RGBA; interleaved 8-bit samples, row by row. */
  channels: 1 | 3 | 4;
  data: Uint8Array | Uint8ClampedArray;
}

/**
 * What the numbers mean: an ICC profile, or Display P3 by its code points (ITU-T H.273). sRGB where it is
 * left out.
 */
export type PngColours = { icc: Uint8Array } | 'display-p3' | null;

/** The first bytes of every PNG. */
export const pngSignature: readonly number[] = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const colourTypes = { 1: 0, 3: 2, 4: 6 } as const;

/**
 * An 8-bit PNG (ISO/IEC 15948), without loss and without metadata. For pixels that no browser opens by
 * itself: written as a PNG they go the way of any photo, colour profile and all.
 */
export function encodePng(source: PngSource, colours: PngColours = null): Uint8Array<ArrayBuffer> {
  const { width, height, channels } = source;
  const header = new Uint8Array(13);
  const view = new DataView(header.buffer);
  view.setUint32(0, width);
  view.setUint32(4, height);
  header.set([8, colourTypes[channels], 0, 0, 0], 8);
  return joined([
    Uint8Array.from(pngSignature),
    pngChunk('IHDR', header),
    ...colourChunks(colours),
    pngChunk('IDAT', zlibSync(filtered(source), { level: 4 })),
    pngChunk('IEND', new Uint8Array(0)),
  ]);
}

function colourChunks(colours: PngColours): Uint8Array[] {
  // Primaries of P3 (12), the sRGB curve (13), RGB (0), full range (1).
  if (colours === 'display-p3') return [pngChunk('cICP', Uint8Array.of(12, 13, 0, 1))];
  if (colours === null) return [pngChunk('sRGB', Uint8Array.of(0))];
  return [iccChunk(colours.icc)];
}

/**
 * Each row as differences to the row above (filter type 2): photos get much smaller that way, and it is
 * quick.
 */
function filtered({ width, height, channels, data }: PngSource): Uint8Array {
  const stride = width * channels;
  const rows = new Uint8Array(height * (stride + 1));
  for (let y = 0; y < height; y++) {
    const to = y * (stride + 1);
    const from = y * stride;
    rows[to] = 2;
    for (let x = 0; x < stride; x++) {
      const above = y === 0 ? 0 : (data[from - stride + x] as number);
      rows[to + 1 + x] = (data[from + x] as number) - above;
    }
  }
  return rows;
}

/** A colour profile as a PNG keeps it. */
export function iccChunk(profile: Uint8Array): Uint8Array {
  const packed = zlibSync(profile);
  const content = new Uint8Array(9 + packed.length);
  content.set(bytesOf('profile\0\0'));
  content.set(packed, 9);
  return pngChunk('iCCP', content);
}

/** A chunk with its length and checksum. */
export function pngChunk(name: string, content: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(content.length + 12);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, content.length);
  bytes.set(bytesOf(name), 4);
  bytes.set(content, 8);
  view.setUint32(content.length + 8, crc32(bytes.subarray(4, content.length + 8)));
  return bytes;
}

const crcTable = Uint32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

/** ISO 3309, as PNG's annex D gives it. */
function crc32(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = (crcTable[(crc ^ byte) & 0xff] as number) ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}
