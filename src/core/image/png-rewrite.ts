import { unzlibSync } from 'fflate';
import { lettersAt, sameBytes } from './bytes';
import { colourOnly } from './icc';
import { iccChunk } from './png';
import type { RewrittenImage } from './rewritten';

/**
 * What a decoder needs, and how long each may be where that is fixed. The colour profile is written again.
 */
const needed: Readonly<Record<string, number>> = {
  IHDR: 13,
  PLTE: 768,
  IDAT: Number.POSITIVE_INFINITY,
  IEND: 0,
  tRNS: 256,
  gAMA: 4,
  cHRM: 32,
  sRGB: 1,
  cICP: 4,
  sBIT: 4,
};
const names: Readonly<Record<string, string>> = { eXIf: 'EXIF' };
/** No colour profile is longer once it is unpacked. */
const largestProfile = 4 * 2 ** 20;

/**
 * Writes a PNG (ISO/IEC 15948) again, chunk by chunk, with what a decoder needs and no more; null where it is
 * broken or cut off.
 */
export function rewritePng(bytes: Uint8Array): RewrittenImage | null {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, 8)];
  const found = new Set<string>();
  let tiff: Uint8Array | null = null;
  let [coded, curves, srgb, transparent] = [false, false, false, false];
  let at = 8;
  while (at + 12 <= bytes.length) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) return null;
    const name = lettersAt(bytes, at + 4);
    const content = bytes.subarray(at + 8, end - 4);
    if (name === 'iCCP') {
      const profile = profileOf(content);
      coded = true;
      if (profile) parts.push(profile);
      if (!profile || !sameBytes(profile, bytes.subarray(at, end))) found.add('profile text');
    } else if (content.length <= (needed[name] ?? -1)) {
      coded ||= name === 'cICP';
      curves ||= name === 'cHRM' || name === 'gAMA';
      srgb ||= name === 'sRGB';
      if (name === 'tRNS' || (name === 'IHDR' && ((content[9] as number) & 4) > 0)) transparent = true;
      parts.push(bytes.subarray(at, end));
    } else {
      if (name === 'eXIf') tiff ??= content;
      const xmp = name === 'iTXt' && lettersAt(content, 0, 17) === 'XML:com.adobe.xmp';
      found.add(xmp ? 'XMP' : (names[name] ?? name));
    }
    at = end;
    if (name !== 'IEND') continue;
    if (at < bytes.length) found.add('trailing data');
    const plain = !coded && (srgb || !curves) && !transparent;
    return { parts, found, tiff, plain, transparent };
  }
  return null;
}

/** A name, a zero, the method 0, and the profile: written with a name of ours and only its colours. */
function profileOf(content: Uint8Array): Uint8Array | null {
  const name = content.indexOf(0);
  if (name < 1 || name > 79 || content[name + 1] !== 0) return null;
  try {
    const clean = colourOnly(unzlibSync(content.subarray(name + 2), { out: new Uint8Array(largestProfile) }));
    return clean && iccChunk(clean);
  } catch {
    return null;
  }
}
