import { lettersAt } from '../../core/image/bytes';
import type { PngColours } from '../../core/image/png';

/**
 * The colours of the picture that a HEIC file shows, which libheif does not tell: the `colr` properties
 * (ISO/IEC 14496-12, 12.1.5; ISO/IEC 23008-12) of its primary item, or of the tiles that it is put together
 * from. Phones write an ICC profile ("prof") or code points ("nclx", ITU-T H.273). Null, taken for sRGB, if
 * there is none.
 */
export function heicColours(bytes: Uint8Array): PngColours {
  const meta = inside(bytes, 'meta');
  const properties = inside(inside(meta, 'iprp'), 'ipco');
  if (!properties) return null;
  const all = boxes(properties);
  const colours = colrOfPrimary(meta, all) ?? all.filter(({ name }) => name === 'colr');
  const profile = colours.find(({ content }) => ['prof', 'rICC'].includes(lettersAt(content, 0)));
  if (profile) return { icc: profile.content.slice(4) };
  // Display P3: primaries 12 with the sRGB curve, 13.
  const points = colours.find(({ content }) => lettersAt(content, 0) === 'nclx')?.content;
  return points?.[5] === 12 && points[7] === 13 ? 'display-p3' : null;
}

/** The colours that belong to the primary item; null where the file does not tell which do. */
function colrOfPrimary(meta: Uint8Array | undefined, properties: readonly Box[]): Box[] | null {
  const primary = inside(meta, 'pitm');
  const associations = inside(inside(meta, 'iprp'), 'ipma');
  if (!primary || !associations) return null;
  const id = new Numbers(primary.subarray(4)).next(primary[0] === 0 ? 2 : 4);
  const byItem = propertiesOfItems(associations);
  const colrOf = (item: number) =>
    (byItem.get(item) ?? [])
      .flatMap((index) => properties[index - 1] ?? [])
      .filter(({ name }) => name === 'colr');
  const own = colrOf(id);
  return own.length > 0 ? own : tilesOf(meta, id).flatMap(colrOf);
}

/** `ipma`: the properties of each item, counted from 1. */
function propertiesOfItems(ipma: Uint8Array): Map<number, number[]> {
  const numbers = new Numbers(ipma.subarray(4));
  const wide = ((ipma[3] ?? 0) & 1) === 1;
  const items = new Map<number, number[]>();
  for (let left = numbers.next(4); left > 0 && !numbers.ended; left--) {
    const item = numbers.next((ipma[0] ?? 0) < 1 ? 2 : 4);
    const count = numbers.next(1);
    // The highest bit says whether the property is essential.
    const indexes = Array.from({ length: count }, () => numbers.next(wide ? 2 : 1) & (wide ? 0x7fff : 0x7f));
    items.set(item, [...(items.get(item) ?? []), ...indexes]);
  }
  return items;
}

/** `iref`: the items that a grid is put together from. */
function tilesOf(meta: Uint8Array | undefined, item: number): number[] {
  const references = inside(meta, 'iref');
  if (!references) return [];
  const size = references[0] === 0 ? 2 : 4;
  return boxes(references.subarray(4)).flatMap(({ name, content }) => {
    const numbers = new Numbers(content);
    if (name !== 'dimg' || numbers.next(size) !== item) return [];
    return Array.from({ length: numbers.next(2) }, () => numbers.next(size));
  });
}

/** Big-endian numbers, one after the other; 0 behind the end. */
class Numbers {
  private at = 0;

  constructor(private readonly bytes: Uint8Array) {}

  get ended(): boolean {
    return this.at >= this.bytes.length;
  }

  next(size: number): number {
    let value = 0;
    for (let byte = 0; byte < size; byte++) value = value * 256 + (this.bytes[this.at++] ?? 0);
    return value;
  }
}

const inside = (bytes: Uint8Array | undefined, name: string): Uint8Array | undefined =>
  bytes && boxes(bytes).find((box) => box.name === name)?.content;

interface Box {
  name: string;
  content: Uint8Array;
}

function boxes(bytes: Uint8Array): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length; ) {
    const name = lettersAt(bytes, at + 4);
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
