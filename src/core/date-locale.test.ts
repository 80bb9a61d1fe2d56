import { expect, test } from 'vitest';
import { dateLocale } from './date-locale';

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
