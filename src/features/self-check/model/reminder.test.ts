import { describe, expect, test } from 'vitest';
import { monthsLater, reminderFile } from './reminder';

const file = reminderFile({
  day: '2027-02-21',
  title: 'Look at the spot again, in daylight',
  text: `등에 있는 점을 다시 살펴보세요; ${'같은 자리에서 같은 거리로 사진을 찍어 비교합니다. '.repeat(4)}\nSee a doctor at once if it changes.`,
  uid: 'one',
  now: new Date('2026-11-21T12:34:56.789Z'),
});

describe('a reminder is a calendar file by RFC 5545', () => {
  test('lines end in CRLF and hold at most 75 octets', () => {
    expect(file.endsWith('END:VCALENDAR\r\n')).toBe(true);
    for (const line of file.split('\r\n'))
      expect(new TextEncoder().encode(line).length).toBeLessThanOrEqual(75);
    expect(file.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
  });

  test('unfolded and unescaped, the words are the ones that were put in', () => {
    const lines = file.replaceAll('\r\n ', '').split('\r\n');
    const value = (name: string) => lines.find((line) => line.startsWith(`${name}:`))?.slice(name.length + 1);
    expect(value('SUMMARY')).toBe('Look at the spot again\\, in daylight');
    const text = value('DESCRIPTION')?.replace(/\\([\\;,n])/g, (_, sign) => (sign === 'n' ? '\n' : sign));
    expect(text).toMatch(/^등에 있는 점을 다시 살펴보세요; 같은/);
    expect(text).toMatch(/\nSee a doctor at once if it changes\.$/);
  });

  test('it is on the day, stamped in UTC, with an alarm', () => {
    expect(file).toContain('DTSTART;VALUE=DATE:20270221\r\n');
    expect(file).toContain('DTSTAMP:20261121T123456Z\r\n');
    expect(file).toMatch(/BEGIN:VALARM[\s\S]*TRIGGER:PT9H[\s\S]*END:VALARM/);
  });
});

test.each([
  [new Date(2026, 10, 21), 3, '2027-02-21'],
  [new Date(2026, 10, 30), 3, '2027-02-28'],
  [new Date(2026, 0, 31), 1, '2026-02-28'],
  [new Date(2026, 11, 15), 1, '2027-01-15'],
])('%s and %i months', (from, months, day) => expect(monthsLater(from, months)).toBe(day));
