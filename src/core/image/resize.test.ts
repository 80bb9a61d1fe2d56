import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { integerRamp } from '../card/golden';
import fixtures from '../fixtures/resize.json';
import { resizeBilinear } from './resize';

// Made by Pillow: training/fixtures/resize.py
const bytes = (base64: string) => new Uint8Array(Buffer.from(base64, 'base64'));

const rectangle = ([left = 0, top = 0, right = 0, bottom = 0]: number[]) => ({
  left,
  top,
  width: right - left,
  height: bottom - top,
});

function withAlpha(rgb: Uint8Array): Uint8ClampedArray {
  const rgba = new Uint8ClampedArray((rgb.length / 3) * 4);
  for (let i = 0; i < rgb.length / 3; i++) {
    rgba.set([...rgb.subarray(3 * i, 3 * i + 3), (i * 37) % 256], 4 * i);
  }
  return rgba;
}

describe("equals Pillow's BILINEAR to the bit", () => {
  for (const { width, height, box, size, pixels, resized } of fixtures.small) {
    const [toWidth = 0, toHeight = 0] = size;
    test(`${width}x${height}, crop ${box.join(' ')}, to ${toWidth}x${toHeight}`, () => {
      const source = { width, height, channels: 3 as const, data: bytes(pixels) };
      expect(resizeBilinear(source, rectangle(box), toWidth, toHeight)).toEqual(bytes(resized));
    });
  }

  for (const { width, height, box, size, sha256 } of fixtures.large) {
    const [toWidth = 0, toHeight = 0] = size;
    test(`golden image of ${width}x${height}, crop ${box.join(' ')}, to ${toWidth}x${toHeight}`, () => {
      const data = integerRamp(height, width, 3);
      const answer = resizeBilinear({ width, height, channels: 3, data }, rectangle(box), toWidth, toHeight);
      expect(createHash('sha256').update(answer).digest('hex')).toBe(sha256);
    });
  }
});

test('leaves alpha out', () => {
  const [first] = fixtures.small;
  if (!first) throw new Error('no fixtures');
  const { width, height, box, size, pixels, resized } = first;
  const source = { width, height, channels: 4 as const, data: withAlpha(bytes(pixels)) };
  expect(resizeBilinear(source, rectangle(box), size[0] ?? 0, size[1] ?? 0)).toEqual(bytes(resized));
});

test('a crop of a larger image equals the same pixels alone', () => {
  const data = integerRamp(60, 20, 3);
  const box = { left: 3, top: 11, width: 9, height: 40 };
  const alone = new Uint8Array(box.width * box.height * 3);
  for (let y = 0; y < box.height; y++) {
    const from = ((box.top + y) * 20 + box.left) * 3;
    alone.set(data.subarray(from, from + box.width * 3), y * box.width * 3);
  }
  // Fewer rows first, then the other way round.
  for (const [width, height] of [
    [8, 10],
    [4, 39],
  ] as const) {
    expect(resizeBilinear({ width: 20, height: 60, channels: 3, data }, box, width, height)).toEqual(
      resizeBilinear({ ...box, channels: 3, data: alone }, { ...box, left: 0, top: 0 }, width, height),
    );
  }
});
