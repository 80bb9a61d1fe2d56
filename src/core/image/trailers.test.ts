import fc from 'fast-check';
import jpegJs from 'jpeg-js';
import { describe, expect, test } from 'vitest';
import fixtures from '../fixtures/image-metadata.json';
import { stripMetadata } from './image-metadata';

/** What phones write around and behind a picture, each with a secret in it. */

const latin = (text: string) => new Uint8Array(Buffer.from(text, 'latin1'));
const join = (...parts: (Uint8Array | readonly number[])[]) =>
  new Uint8Array(Buffer.concat(parts.map((part) => Buffer.from(part))));
const segment = (marker: number, content: Uint8Array) =>
  join([0xff, marker, (content.length + 2) >> 8, (content.length + 2) & 255], content);

/** Noise, so that its data hold stuffed bytes. */
function photo(width = 40, height = 24, seed = 1): Uint8Array {
  let state = seed;
  const data = Uint8Array.from({ length: width * height * 4 }, () => {
    state = (state * 1103515245 + 12345) & 0x7fffffff;
    return state >> 16;
  });
  return new Uint8Array(jpegJs.encode({ width, height, data }, 90).data);
}
const bare = photo();
const withoutEnd = bare.subarray(0, bare.length - 2);
const behindStart = (...segments: Uint8Array[]) => join(bare.subarray(0, 2), ...segments, bare.subarray(2));
const pixels = (bytes: Uint8Array) => Buffer.from(jpegJs.decode(bytes).data).toString('base64');

function stripped(bytes: Uint8Array) {
  const result = stripMetadata(bytes);
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  expect(Buffer.from(result.value.bytes).toString('latin1')).not.toMatch(/Secret|S\0e\0c\0r/);
  return result.value;
}

const film = join([0, 0, 0, 24], latin('ftypmp42\0\0\0\0isommp42Secret+37.5665+126.9780/'), photo(16, 16, 9));
const trailers: [string, Uint8Array][] = [
  ['text', latin('Secret place')],
  [
    "Samsung's SEFT",
    join(latin('\0\0\x0b\x0aImage_UTC_DataSecret1732880000SEFH\0\0\0\0'), latin('\x18\0\0\0SEFT')),
  ],
  ["Samsung's motion photo", join(latin('MotionPhoto_Data'), film, latin('SEFHSecretSEFT'))],
  ["Google's motion photo", film],
  [
    "Google's Ultra HDR",
    join(
      photo(16, 8, 5).subarray(0, 2),
      segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0Secret')),
      photo(16, 8, 5).subarray(2),
    ),
  ],
  [
    "Apple's second picture of MPF",
    join(photo(8, 8, 3).subarray(0, 2), segment(0xe1, latin('Exif\0\0Secret')), photo(8, 8, 3).subarray(2)),
  ],
  ['an end marker of its own', latin('Secret\xff\xd9')],
];

describe.each(trailers)('behind the picture: %s', (_, trailer) => {
  test.each([
    ['with its end marker', bare],
    ['without an end marker', withoutEnd],
  ])('%s', (_, picture) => {
    const result = stripped(join(picture, trailer));
    expect(result.found).toEqual(['trailing data']);
    expect(Buffer.from(result.bytes).equals(Buffer.from(stripped(bare).bytes))).toBe(true);
  });
});

test.each<[string, Uint8Array, string[]]>([
  ['a thumbnail of JFIF', segment(0xe0, latin('JFIF\0\x01\x01\0\0\x01\0\x01\x01\x01Secret')), ['thumbnail']],
  ['a thumbnail of JFXX', segment(0xe0, latin('JFXX\0\x10Secret')), ['APP0']],
  ["text behind Adobe's transform", segment(0xee, latin('Adobe\0d\0\0\0\0\x01Secret')), ['APP14']],
  ["text in Adobe's flags", segment(0xee, latin('AdobeSecret\x01')), []],
  ['the index of MPF', segment(0xe2, latin('MPF\0Secret')), ['APP2']],
  ['XMP with GContainer', segment(0xe1, latin('http://ns.adobe.com/xap/1.0/\0<Container:Secret/>')), ['XMP']],
  ["Apple's maker note", segment(0xe1, latin('Exif\0\0Apple iOSSecret')), ['EXIF']],
  ['a profile that is none', segment(0xe2, latin('ICC_PROFILE\0\x01\x01Secret')), ['profile text']],
  [
    'a padded quantisation table',
    segment(0xdb, join([5], new Uint8Array(64).fill(1), latin('Secret'))),
    ['padding'],
  ],
  ['a padded restart interval', segment(0xdd, latin('\0\0Secret')), ['padding']],
  ['bytes between two segments', latin('Secret'), ['padding']],
])('in front of the picture: %s', (_, front, found) => {
  const result = stripped(behindStart(front));
  // The picture's own JFIF is the second here.
  expect(result.found.filter((name) => found.includes(name) || name !== 'APP0').sort()).toEqual(found);
  expect(pixels(result.bytes)).toBe(pixels(bare));
});

test('the pixels stay to the bit, in every size', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 1, max: 70 }),
      fc.integer({ min: 1, max: 70 }),
      fc.nat(9999),
      (w, h, seed) => {
        const whole = photo(w, h, seed);
        const result = stripped(join(whole.subarray(0, whole.length - 2), latin('Secret\xff\xd8')));
        expect(pixels(result.bytes)).toBe(pixels(whole));
        expect(stripped(result.bytes)).toMatchObject({ found: [], bytes: result.bytes });
      },
    ),
    { numRuns: 12 },
  );
});

test('a progressive JPEG ends where its last scan ends, with an end marker or without', () => {
  // Made by Pillow: training/fixtures/image_metadata.py
  const whole = new Uint8Array(Buffer.from(fixtures.bareJpeg, 'base64'));
  for (const [, trailer] of trailers) {
    for (const picture of [whole, whole.subarray(0, whole.length - 2)])
      expect(Buffer.from(stripped(join(picture, trailer)).bytes).equals(Buffer.from(whole))).toBe(true);
  }
});

test('a JPEG that is coded otherwise is refused, and so drawn again', () => {
  const arithmetic = bare.slice();
  for (let at = 0; at < arithmetic.length - 1; at++)
    if (arithmetic[at] === 0xff && arithmetic[at + 1] === 0xc0) arithmetic[at + 1] = 0xc9;
  expect(stripMetadata(arithmetic)).toMatchObject({ ok: false, failure: { code: 'file-unsupported' } });
});

test('any damage gives a picture or a failure, never an exception, and never what stood behind', () => {
  const whole = join(behindStart(segment(0xe1, latin('Exif\0\0Secret'))), latin('Secret'));
  const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(damage, (changes) => {
      const bytes = whole.slice();
      for (const [at, value] of changes) bytes[at] = value;
      const result = stripMetadata(bytes);
      if (result.ok) expect(Buffer.from(result.value.bytes).includes('Secret')).toBe(false);
    }),
    { numRuns: 1000 },
  );
});
