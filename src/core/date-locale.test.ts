import { describe, expect, test } from 'vitest';
import { dateLocale, formatDate } from './date-locale';

test.each([
  ['en', ['en-GB', 'en-US'], 'en-GB'],
  ['en', ['ko-KR', 'en-AU', 'en'], 'en-AU'],
  ['ko', ['en-GB', 'ko-KR'], 'ko-KR'],
  ['ko', ['en-GB'], 'ko'],
  ['en', [], 'en'],
  // Another language that begins with the same letters.
  ['en', ['enm'], 'en'],
])('a text in %s for a reader of %j has the dates of %s', (language, preferred, locale) => {
  expect(dateLocale(language, preferred)).toBe(locale);
});

test('a reader in Britain has the day before the month', () => {
  const day = new Intl.DateTimeFormat(dateLocale('en', ['en-GB']), { dateStyle: 'medium' });
  expect(day.format(new Date(2025, 8, 1))).toMatch(/^1 Sept? 2025$/);
});

describe('no line ends inside a date or a time of day', () => {
  const time = new Date(2025, 8, 1, 15, 4);
  /** What stays together, as the reader's browser breaks a line at a plain space. */
  const pieces = (language: string, style?: Intl.DateTimeFormatOptions) =>
    formatDate(time, language, style)
      .split(' ')
      .map((piece) => piece.replaceAll('\u00a0', ' '));

  test('a day is one piece', () => {
    expect(pieces('ko')).toEqual(['2025. 9. 1.']);
    expect(pieces('en-US')).toEqual(['Sep 1, 2025']);
    expect(pieces('en-GB')).toHaveLength(1);
  });

  test.each(['medium', 'long'] as const)('a day of %s style and a time are two', (dateStyle) => {
    const style = { dateStyle, timeStyle: 'short' } as const;
    const [day, ...rest] = pieces('ko', style);
    expect(day).toBe(dateStyle === 'long' ? '2025년 9월 1일' : '2025. 9. 1.');
    expect(rest).toEqual([expect.stringMatching(/^\S+ 3:04$/)]);
    expect(pieces('en-US', style).at(-1)).toMatch(/^3:04 PM$/);
  });
});
