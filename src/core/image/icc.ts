import { bytesOf, lettersAt, sameBytes } from './bytes';

/**
 * An ICC profile (ICC.1:2022) with nothing in it but colours: header and the tags that a conversion reads.
 * Descriptions, copyrights, makers, dates, private tags and bytes between or behind the tags go. Null for
 * what is no profile.
 */
export function colourOnly(profile: Uint8Array): Uint8Array<ArrayBuffer> | null {
  const view = new DataView(profile.buffer, profile.byteOffset, profile.byteLength);
  if (profile.length < 132 || lettersAt(profile, 36) !== 'acsp') return null;
  const count = view.getUint32(128);
  if (count > 200 || 132 + 12 * count > profile.length) return null;
  const tags: { name: string; content: Uint8Array }[] = [];
  for (let index = 0; index < count; index++) {
    const at = 132 + 12 * index;
    const name = lettersAt(profile, at);
    const [start, size] = [view.getUint32(at + 4), view.getUint32(at + 8)];
    if (start + size > profile.length) return null;
    if (!colourTags.includes(name) || tags.some((tag) => tag.name === name)) continue;
    const content = profile.subarray(start, start + size);
    const length = lengthOf(content);
    if (length === null) return null;
    tags.push({ name, content: content.subarray(0, length) });
  }
  if (tags.length === 0) return null;
  return written(profile, tags);
}

/** What makes colours of numbers, forward and back, and where white is. */
const colourTags = [
  ...['rXYZ', 'gXYZ', 'bXYZ', 'rTRC', 'gTRC', 'bTRC', 'kTRC', 'wtpt', 'bkpt', 'chad', 'cicp'],
  ...['A2B0', 'A2B1', 'A2B2', 'B2A0', 'B2A1', 'B2A2'],
];

/**
 * Of the header: the preferred CMM, platform, device, creator and date name who made it; the ID is a hash of
 * what was there.
 */
const headerCleared = [
  [4, 8],
  [24, 36],
  [40, 44],
  [48, 56],
  [80, 128],
] as const;

function written(
  profile: Uint8Array,
  tags: readonly { name: string; content: Uint8Array }[],
): Uint8Array<ArrayBuffer> {
  // Tags share their content where it is the same: the three curves of most profiles.
  const contents: { content: Uint8Array; start: number }[] = [];
  let end = 132 + 12 * tags.length;
  const places = tags.map(({ content }) => {
    const same = contents.find((other) => sameBytes(other.content, content));
    if (same) return same.start;
    const start = end;
    contents.push({ content, start });
    end = start + Math.ceil(content.length / 4) * 4;
    return start;
  });
  const result = new Uint8Array(end);
  const view = new DataView(result.buffer);
  result.set(profile.subarray(0, 128));
  for (const [from, to] of headerCleared) result.fill(0, from, to);
  view.setUint32(0, end);
  view.setUint32(128, tags.length);
  for (const [index, { name, content }] of tags.entries()) {
    const at = 132 + 12 * index;
    result.set(bytesOf(name), at);
    view.setUint32(at + 4, places[index] as number);
    view.setUint32(at + 8, content.length);
  }
  for (const { content, start } of contents) result.set(content, start);
  return result;
}

/**
 * How many bytes of a tag its type has use for; null where they are not all there. Tables (mft1, mft2, mAB,
 * mBA) are taken whole.
 */
function lengthOf(content: Uint8Array): number | null {
  if (content.length < 8) return null;
  const view = new DataView(content.buffer, content.byteOffset, content.byteLength);
  const type = lettersAt(content, 0);
  const wanted = () => {
    if (type === 'XYZ ') return 20;
    if (type === 'curv') return 12 + 2 * view.getUint32(8);
    if (type === 'para') return 12 + 4 * ([1, 3, 4, 5, 7][view.getUint16(8)] ?? Number.POSITIVE_INFINITY);
    if (type === 'sf32') return 44;
    if (type === 'cicp') return 12;
    return ['mft1', 'mft2', 'mAB ', 'mBA '].includes(type) ? content.length : Number.POSITIVE_INFINITY;
  };
  if (content.length < 12) return null;
  const length = wanted();
  return length <= content.length ? length : null;
}
