import { type Bytes, bytesOf } from './bytes';
import { cuts, each, type Hostile, join, range, withNumber } from './make';
import { dicom, jpeg, png, webp } from './seeds';

const photo = 'photo (JPEG, PNG, WebP header)';

/** A JPEG's head that names a size, and an end: what a decoder would make room for. */
const jpegOf = (width: number, height: number): Bytes =>
  join(
    [0xff, 0xd8, 0xff, 0xc0, 0, 11, 8, height >> 8, height & 255, width >> 8, width & 255, 1, 1, 0x11, 0],
    [0xff, 0xda, 0, 8, 1, 1, 0, 0, 63, 0, 1, 2, 0xff, 0xd9],
  );
const pngOf = (width: number, height: number): Bytes => withNumber(withNumber(png, 16, width), 20, height);

export function photos(): Hostile[] {
  const others: [string, Bytes][] = [
    ['SVG with a script', bytesOf('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')],
    ['HTML', bytesOf('<!doctype html><script>location="x"</script>')],
    ['PDF', bytesOf('%PDF-1.7\n')],
    ['GIF', bytesOf('GIF89a\u0001\0\u0001\0')],
    ['TIFF', join('II*\0', new Uint8Array(64))],
    ['ZIP', join([0x50, 0x4b, 3, 4], new Uint8Array(64))],
    ['AVIF', join([0, 0, 0, 0x18], 'ftypmif1\0\0\0\0avifmif1')],
    ['video', join([0, 0, 0, 0x18], 'ftypisom\0\0\0\0isomavc1')],
    ['random bytes', Uint8Array.from(range(500), (at) => (at * 167 + 13) % 251)],
  ];
  return [
    ...each(photo, 'nothing inside', 'file-unreadable', [bytesOf('')]),
    ...each(photo, 'JPEG cut off', 'file-unreadable', cuts(jpeg, 3).slice(1)),
    ...each(photo, 'PNG cut off', 'file-unreadable', cuts(png, 13).slice(1)),
    ...each(photo, 'WebP cut off', 'file-unreadable', cuts(webp(), 1).slice(11)),
    ...each(
      photo,
      'another kind of file by a photo’s name',
      'file-unsupported',
      others.map(([, bytes]) => bytes),
    ),
    ...each(photo, 'JPEG that claims up to 4,294 megapixels', 'file-too-large', [
      ...[65_535, 40_000, 20_000].map((side) => jpegOf(side, side)),
      jpegOf(65_535, 100),
    ]),
    ...each(photo, 'PNG that claims up to 18 exapixels', 'file-too-large', [
      ...[0xffffffff, 0x7fffffff, 65_536, 20_000].map((side) => pngOf(side, side)),
    ]),
    ...each(photo, 'photo of no width', 'file-too-small', [
      jpegOf(0, 100),
      pngOf(0, 100),
      jpegOf(1, 1),
      pngOf(31, 31),
    ]),
    ...each(
      photo,
      'PNG with a lying length of a chunk',
      'file-unreadable',
      [8, 33].flatMap((at) => [0xffffffff, 0x7fffffff].map((lie) => withNumber(png, at, lie))),
    ),
  ];
}

export function medical(): Hostile[] {
  const whole = dicom();
  const unsupported = 'dicom-unsupported';
  return [
    ...each('DICOM', 'cut off', 'file-unreadable', [
      whole.slice(0, 132),
      whole.slice(0, 140),
      whole.slice(0, 150),
    ]),
    ...each('DICOM', 'pixels that are not there', 'file-unreadable', [
      dicom({ '00280010': ['US', 65_535], '00280011': ['US', 65_535] }),
      dicom({ '00280010': ['US', 5] }),
    ]),
    ...each('DICOM', 'samples of another size', unsupported, [
      dicom({ '00280100': ['US', 16] }),
      dicom({ '00280100': ['US', 1] }),
      dicom({ '00280103': ['US', 1] }),
    ]),
  ];
}
