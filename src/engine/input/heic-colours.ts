import type { PngColours } from '../../core/image/png';

/**
 * The colours of a HEIC file, which libheif does not tell: the first `colr` property (ISO/IEC 14496-12, 12.1.5; ISO/IEC 23008-12).
 * Phones write an ICC profile ("prof") or code points ("nclx", ITU-T H.273). Null, taken for sRGB, if there is none.
 */
export function heicColours(bytes: Uint8Array): PngColours {
  const properties = ['meta', 'iprp', 'ipco'].reduce<Uint8Array | undefined>(
    (inside, name) => inside && boxes(inside).find((box) => box.name === name)?.content,
    bytes,
  );
  const all = properties ? boxes(properties).filter(({ name }) => name === 'colr') : [];
  const profile = all.find(({ content }) => ['prof', 'rICC'].includes(letters(content, 0)));
  if (profile) return { icc: profile.content.slice(4) };
  // Display P3: primaries 12 with the sRGB curve, 13.
  const points = all.find(({ content }) => letters(content, 0) === 'nclx')?.content;
  return points?.[5] === 12 && points[7] === 13 ? 'display-p3' : null;
}

interface Box {
  name: string;
  content: Uint8Array;
}

function boxes(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const name = letters(bytes, at + 4);
    const short = view.getUint32(at);
    const long = short === 1 && at + 16 <= bytes.length;
    // 1: the size follows in 64 bits; 0: the box goes on to the end.
    const size = long ? Number(view.getBigUint64(at + 8)) : short === 0 ? bytes.length - at : short;
    if (size < 8) break;
    // "meta" has a version and flags before its boxes.
    const start = at + (long ? 16 : 8) + (name === 'meta' ? 4 : 0);
    found.push({ name, content: bytes.subarray(start, at + size) });
    at += size;
  }
  return found;
}

const letters = (bytes: Uint8Array, at: number) => String.fromCharCode(...bytes.subarray(at, at + 4));
