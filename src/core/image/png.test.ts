import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { readPng } from '../fixtures/read-png';
import { encodePng } from './png';

const samples = (count: number) =>
  Uint8Array.from({ length: count }, (_, index) => (index * 89 + (index >> 3)) % 256);

test.each([1, 3, 4] as const)('%i channels come back to the bit', (channels) => {
  const source = { width: 7, height: 5, channels, data: samples(7 * 5 * channels) };
  const { width, height, channels: read, data } = readPng(encodePng(source));
  expect({ width, height, channels: read, data }).toEqual(source);
});

test('says what its colours mean', () => {
  const source = { width: 1, height: 1, channels: 3 as const, data: samples(3) };
  expect([...readPng(encodePng(source)).chunks.keys()]).toEqual(['IHDR', 'sRGB', 'IDAT', 'IEND']);
  expect([...(readPng(encodePng(source, 'display-p3')).chunks.get('cICP') ?? [])]).toEqual([12, 13, 0, 1]);
  const profile = readPng(encodePng(source, { icc: samples(500) })).chunks.get('iCCP') as Buffer;
  expect(profile.subarray(0, 9).toString('latin1')).toBe('profile\0\0');
  expect(new Uint8Array(inflateSync(profile.subarray(9)))).toEqual(samples(500));
});
