import { describe, expect, test } from 'vitest';
import { readHeader } from './header';
import { isSupported, sniffType } from './sniff';

const ascii = (text: string) => Uint8Array.from(text, (letter) => letter.charCodeAt(0));
const join = (...parts: (Uint8Array | number[])[]) => Uint8Array.from(parts.flatMap((part) => [...part]));

describe('the kind of file by its first bytes', () => {
  test.each<[string, Uint8Array]>([
    ['JPEG', ascii('\xff\xd8\xff\xe0')],
    ['PNG', ascii('\x89PNG\r\n\x1a\n')],
    ['WebP', ascii('RIFF....WEBPVP8 ')],
    ['HEIC', ascii('\0\0\0\x18ftypheic')],
    ['HEIC', ascii('\0\0\0\x18ftypmif1')],
    ['AVIF', ascii('\0\0\0\x18ftypavif')],
    ['AVIF', ascii('\0\0\0\x18ftypmif1\0\0\0\0avifmif1')],
    ['AVIF', ascii('\0\0\0\x18ftypmiaf\0\0\0\0avifmiaf')],
    ['HEIC', ascii('\0\0\0\x18ftypmif1\0\0\0\0mif1heic')],
    ['HEIC', ascii('\0\0\0\x18ftypheic\0\0\0\0mif1avif')],
    ['video', ascii('\0\0\0\x14ftypisom\0\0\0\0isomavif')],
    ['video', ascii('\0\0\0\x18ftypisom')],
    ['GIF', ascii('GIF89a')],
    ['TIFF', ascii('II*\0')],
    ['DICOM', join(new Uint8Array(128), ascii('DICM'))],
    ['DICOM', ascii('\x02\0\0\0UL\x04\0\x8a\0\0\0')],
    ['DICOM', ascii('\x08\0\x16\0\x1e\0\0\x001.2.')],
    ['DICOM', ascii('\x08\0\x08\0CS\x08\0ORIG')],
    ['unknown', ascii('\x08\0\x16\0\x1e\0\0\x011.2.')],
    ['text', ascii('just a text\nnamed .jpg')],
    ['unknown', ascii('\0\x01\x02')],
  ])('%s', (type, bytes) => {
    expect(sniffType(bytes)).toBe(type);
    expect(isSupported(type)).toBe(['JPEG', 'PNG', 'WebP'].includes(type));
  });
});

describe('JPEG', () => {
  const frame = [0xff, 0xc0, 0, 11, 8, 0x01, 0x2c, 0x02, 0x58, 1, 1, 0x11, 0];
  // An EXIF block whose thumbnail has an end of its own.
  const thumbnail = [0xff, 0xe1, 0, 8, 0xff, 0xd8, 1, 2, 0xff, 0xd9];
  const scan = [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 3];
  const end = [0xff, 0xd9];

  test('size, and an end with things behind it', () => {
    const bytes = join([0xff, 0xd8], thumbnail, frame, scan, end, ascii('motion photo'));
    expect(readHeader(bytes, 'JPEG')).toEqual({ width: 600, height: 300, complete: true });
  });

  test("cut off: the thumbnail's end does not count", () => {
    const bytes = join([0xff, 0xd8], thumbnail, frame, scan);
    expect(readHeader(bytes, 'JPEG')).toEqual({ width: 600, height: 300, complete: false });
  });

  test('damaged or cut off within the header', () => {
    expect(readHeader(join([0xff, 0xd8], thumbnail), 'JPEG')).toBeNull();
    expect(readHeader(join([0xff, 0xd8], ascii('nonsense')), 'JPEG')).toBeNull();
  });
});

describe('PNG', () => {
  const start = join(ascii('\x89PNG\r\n\x1a\n'), [0, 0, 0, 13], ascii('IHDR'), [0, 0, 2, 88, 0, 0, 1, 194]);
  const header = join(start, [8, 2, 0, 0, 0], [0, 0, 0, 0]);
  const end = join([0, 0, 0, 0], ascii('IEND'), [0, 0, 0, 0]);

  test('size and end', () => {
    expect(readHeader(join(header, end), 'PNG')).toEqual({ width: 600, height: 450, complete: true });
    expect(readHeader(header, 'PNG')).toEqual({ width: 600, height: 450, complete: false });
    expect(readHeader(start.subarray(0, 18), 'PNG')).toBeNull();
  });
});

describe('WebP', () => {
  const file = (chunk: string, rest: number[]) =>
    join(ascii('RIFF'), [8 + rest.length, 0, 0, 0], ascii(`WEBP${chunk}`), rest);

  test('lossy, lossless and extended', () => {
    const lossy = [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x58, 0x02, 0xc2, 0x01];
    expect(readHeader(file('VP8 ', lossy), 'WebP')).toEqual({ width: 600, height: 450, complete: true });
    const bits = 599 | (449 << 14);
    const lossless = [0, 0, 0, 0, 0x2f, bits & 255, (bits >> 8) & 255, (bits >> 16) & 255, bits >>> 24];
    expect(readHeader(file('VP8L', lossless), 'WebP')).toEqual({ width: 600, height: 450, complete: true });
    const extended = [10, 0, 0, 0, 0, 0, 0, 0, 0x57, 0x02, 0, 0xc1, 0x01, 0];
    expect(readHeader(file('VP8X', extended), 'WebP')).toEqual({ width: 600, height: 450, complete: true });
  });

  test('cut off', () => {
    const whole = file('VP8 ', [0, 0, 0, 0, 0, 0, 0, 0x9d, 0x01, 0x2a, 0x58, 0x02, 0xc2, 0x01, 9, 9]);
    expect(readHeader(whole.subarray(0, 30), 'WebP')?.complete).toBe(false);
  });
});
