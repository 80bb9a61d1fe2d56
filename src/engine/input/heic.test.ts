import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPng } from '../../core/fixtures/read-png';
import fixtures from './fixtures/heic.json';
import { heicToPng } from './heic';
import { heicColours } from './heic-colours';

// Made by pillow-heif: training/fixtures/heic.py
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

async function read(base64: string) {
  const result = await heicToPng(bytes(base64));
  if (!result.ok) throw new Error(JSON.stringify(result.failure));
  return readPng(new Uint8Array(await result.value.arrayBuffer()));
}

/** Checks the colours of the four fields, in reading order; HEVC is lossy, so within 2 of 255. */
function expectFields(
  { width, height, channels, data }: Awaited<ReturnType<typeof read>>,
  wanted: number[][],
): void {
  const places = [0.25, 0.75].flatMap((y) =>
    [0.25, 0.75].map((x) => [Math.floor(x * width), Math.floor(y * height)]),
  );
  places.forEach(([x = 0, y = 0], index) => {
    const at = (y * width + x) * channels;
    wanted[index]?.forEach((value, channel) => {
      expect(
        Math.abs((data[at + channel] ?? 0) - value),
        `field ${index}, channel ${channel}`,
      ).toBeLessThanOrEqual(2);
    });
  });
}
const { topLeft, topRight, bottomLeft, bottomRight } = fixtures.fields;

test('a photo comes out with its size and colours', async () => {
  const png = await read(fixtures.plain);
  expect(png).toMatchObject({ width: 64, height: 48, channels: 3 });
  expectFields(png, [topLeft, topRight, bottomLeft, bottomRight]);
});

test('a turned photo comes out upright, and without its EXIF', async () => {
  const png = await read(fixtures.turned);
  expect(png).toMatchObject({ width: 48, height: 64 });
  expectFields(png, [bottomLeft, topLeft, bottomRight, topRight]);
  expect([...png.chunks.keys()]).toEqual(['IHDR', 'sRGB', 'IDAT', 'IEND']);
});

test('the colour profile goes along', async () => {
  const profile = (await read(fixtures.profile)).chunks.get('iCCP') as Buffer;
  expect(inflateSync(profile.subarray(9)).equals(Buffer.from(fixtures.profileBytes, 'base64'))).toBe(true);
});

test('Display P3 by code points is distinguished from sRGB by code points', () => {
  const box = (name: string, ...content: number[]) => [
    0,
    0,
    0,
    8 + content.length,
    ...Buffer.from(name),
    ...content,
  ];
  const file = (primaries: number) => {
    const colr = box('colr', ...Buffer.from('nclx'), 0, primaries, 0, 13, 0, 6, 0x80);
    return Uint8Array.from([
      ...box('ftyp'),
      ...box('meta', 0, 0, 0, 0, ...box('iprp', ...box('ipco', ...colr))),
    ]);
  };
  expect(heicColours(file(12))).toBe('display-p3');
  expect(heicColours(file(1))).toBeNull();
});

test('a file that is cut off, or no HEIC at all, is refused', async () => {
  const whole = bytes(fixtures.plain);
  for (const broken of [whole.subarray(0, whole.length - 60), whole.subarray(0, 100), new Uint8Array(20)]) {
    expect(await heicToPng(broken)).toMatchObject({ ok: false, failure: { code: 'file-unreadable' } });
  }
});

const cases = join(import.meta.dirname, '../../../../shared/cases/28-heic-two-pictures');
test.skipIf(!existsSync(cases))('of two pictures the main one comes with its own colours', () => {
  const colours = (name: string) => heicColours(new Uint8Array(readFileSync(join(cases, name))));
  expect(colours('second-is-main.heic')).toEqual(colours('alone.heic'));
  expect(colours('alone-p3.heic')).not.toEqual(colours('alone.heic'));
});
