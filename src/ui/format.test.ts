import { describe, expect, it } from 'vitest';
import {
  formatAlternatives,
  formatBytes,
  formatDifference,
  formatDuration,
  formatFixed,
  formatProbability,
  formatShare,
  formatSigned,
  formatWantedShare,
} from './format';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('formatProbability', () => {
  it.each([
    [0, '<1 %'],
    [0.0049, '<1 %'],
    [0.005, '1 %'],
    [0.214, '21 %'],
    [0.9949, '99 %'],
    [0.995, '>99 %'],
    [1, '>99 %'],
  ])('%d is %s', (probability, expected) => {
    expect(plain(formatProbability(probability, 'en'))).toBe(expected);
  });

  it('never claims 0 or 100 per cent, whatever the probability', () => {
    for (let step = 0; step <= 10_000; step++) {
      expect(plain(formatProbability(step / 10_000, 'ko'))).not.toMatch(/^(0|100) ?%$/);
    }
  });
});

describe('durations', () => {
  it.each([
    [0.2, '<1 ms'],
    [14.4, '14 ms'],
    [999.4, '999 ms'],
    [999.5, '1 s'],
    [1940, '1.9 s'],
    [59_949, '59.9 s'],
    [125_000, '2 min 5 s'],
  ])('%d ms is %s', (milliseconds, expected) => {
    expect(plain(formatDuration(milliseconds, 'en'))).toBe(expected);
  });
});

describe('sizes, shares, differences', () => {
  it('counts bytes in powers of 1000', () => {
    expect(
      [640, 12_300, 999_499, 999_500, 3_400_000, 10_743_400_000].map((bytes) =>
        plain(formatBytes(bytes, 'en')),
      ),
    ).toEqual(['640 B', '12 KB', '999 KB', '1 MB', '3.4 MB', '10.7 GB']);
  });

  it('writes counted shares with one digit each, whole ones too', () => {
    expect([0.9, 0.9044, 1].map((share) => plain(formatShare(share, 'en')))).toEqual([
      '90.0 %',
      '90.4 %',
      '100.0 %',
    ]);
    expect(plain(formatShare(0.9, 'en', 0))).toBe('90 %');
  });

  it('writes a share that was set as it was set', () => {
    expect([0.9, 0.975].map((share) => plain(formatWantedShare(share, 'en')))).toEqual(['90 %', '97.5 %']);
  });

  it('writes figures with a fixed number of digits', () => {
    expect([0.9, 0.0324, 1].map((value) => formatFixed(value, 'en', 3))).toEqual(['0.900', '0.032', '1.000']);
  });

  it('signs a difference, and nothing that rounds to none', () => {
    expect([1.24, -0.36, 0.04, -0.04].map((value) => formatSigned(value, 'en', 1))).toEqual([
      '+1.2',
      '−0.4',
      '0.0',
      '0.0',
    ]);
  });

  it('keeps two digits of a difference', () => {
    expect([0.003_14, 0.02, 0.000_012_3].map((value) => formatDifference(value, 'en'))).toEqual([
      '0.0031',
      '0.02',
      '0.000012',
    ]);
  });
});

it('joins alternatives in the words of the language', () => {
  expect(formatAlternatives(['nevus', 'melanoma'], 'en')).toBe('nevus or melanoma');
  expect(formatAlternatives(['모반', '흑색종'], 'ko')).toBe('모반 또는 흑색종');
});
