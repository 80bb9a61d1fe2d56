import { describe, expect, test } from 'vitest';
import fixtures from '../fixtures/image-metadata.json';
import { stripMetadata } from './image-metadata';

// Made by Pillow: training/fixtures/image_metadata.py
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));
const stripped = (image: Uint8Array) => {
  const result = stripMetadata(image);
  if (!result.ok) throw new Error(result.failure.code);
  return result.value;
};

describe.each([
  ['jpeg', bytes(fixtures.jpeg), bytes(fixtures.bareJpeg), ['EXIF', 'XMP', 'comment']],
  ['png', bytes(fixtures.png), bytes(fixtures.barePng), ['EXIF', 'XMP', 'tEXt']],
])('%s', (format, full, bare, found) => {
  test('what comes out is the very file that was saved without metadata', () => {
    expect(Buffer.from(full).includes('Secret')).toBe(true);
    const result = stripped(full);
    expect(result.format).toBe(format);
    expect(result.found.sort()).toEqual(found);
    expect(Buffer.from(result.bytes).equals(bare)).toBe(true);
  });

  test('says how the photo was turned, which stripping takes away', () => {
    expect(stripped(full).orientation).toBe(6);
    expect(stripped(bare).orientation).toBe(1);
  });

  test('stripping twice changes nothing', () => {
    const once = stripped(full).bytes;
    expect(stripped(once)).toMatchObject({ format, found: [], orientation: 1, bytes: once });
  });

  test('what phones append after the picture goes', () => {
    const result = stripped(new Uint8Array([...bare, ...Buffer.from('ftypmp42 SecretVideo')]));
    expect(result.found).toEqual(['trailing data']);
    expect(Buffer.from(result.bytes).equals(bare)).toBe(true);
  });

  test('a file that was cut off is refused at every length, and never half stripped', () => {
    for (let length = 8; length < full.length; length++) {
      const result = stripMetadata(full.subarray(0, length));
      expect(result.ok ? length : result.failure.code).toBe('file-unreadable');
    }
  });
});

test('colour profiles and Adobe transforms stay', () => {
  const segment = (marker: number, content: string) => [
    0xff,
    marker,
    0,
    content.length + 2,
    ...Buffer.from(content, 'latin1'),
  ];
  const bare = bytes(fixtures.bareJpeg);
  // A header, one tag, and 20 bytes that say where white is.
  const white = 'XYZ '.padEnd(20, '\0');
  const tag = `\0\0\0\x01wtpt\0\0\0\x90\0\0\0\x14`;
  const profile = `\0\0\0\xa4${'\0'.repeat(32)}acsp`.padEnd(128, '\0') + tag + white;
  const withProfile = new Uint8Array([
    ...bare.subarray(0, 2),
    ...segment(0xe2, `ICC_PROFILE\0\x01\x01${profile}`),
    ...segment(0xee, 'Adobe\0d\0\0\0\0\x01'),
    ...segment(0xe2, 'MPF\0where the next photo is'),
    ...bare.subarray(2),
  ]);
  const result = stripped(withProfile);
  expect(result.found).toEqual(['APP2']);
  expect(Buffer.from(result.bytes).includes(profile, 0, 'latin1')).toBe(true);
  expect(Buffer.from(result.bytes).includes('Adobe')).toBe(true);
  expect(result.plain).toBe(false);
  expect(Buffer.from(result.bytes).includes('MPF')).toBe(false);
});

test('other formats are not touched', () => {
  expect(stripMetadata(new TextEncoder().encode('RIFF....WEBP'))).toEqual({
    ok: false,
    failure: { code: 'file-unsupported', detail: {} },
  });
});
