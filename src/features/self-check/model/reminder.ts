/** A reminder as a calendar file: one event of a whole day with an alarm, as iCalendar (RFC 5545). */
export interface Reminder {
  /** The day, as YYYY-MM-DD. */
  day: string;
  title: string;
  text: string;
  /** Unique to this reminder: importing it twice gives one event. */
  uid: string;
  /** When it was written. */
  now: Date;
}

/** The text of a .ics file. */
export function reminderFile({ day, title, text, uid, now }: Reminder): string {
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Lentigo//Self-check//EN',
    'BEGIN:VEVENT',
    `UID:${uid}@lentigo`,
    `DTSTAMP:${now.toISOString().replace(/[-:]|\.\d+/g, '')}`,
    `DTSTART;VALUE=DATE:${day.replaceAll('-', '')}`,
    `SUMMARY:${escaped(title)}`,
    `DESCRIPTION:${escaped(text)}`,
    'TRANSP:TRANSPARENT',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    // Nine in the morning of that day.
    'TRIGGER:PT9H',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

/** Section 3.3.11: backslash, semicolon, comma and line break. */
function escaped(text: string): string {
  return text.replace(/[\\;,]/g, (sign) => `\\${sign}`).replace(/\r?\n/g, '\\n');
}

/** Section 3.1: no line over 75 octets; what goes on begins with a space. A character is never cut in two. */
function folded(line: string): string {
  const encoder = new TextEncoder();
  let [result, octets] = ['', 0];
  for (const character of line) {
    const size = encoder.encode(character).length;
    if (octets + size > 75) {
      result += '\r\n ';
      octets = 1;
    }
    result += character;
    octets += size;
  }
  return result;
}

/**
 * The day so many months after another (its local date), as YYYY-MM-DD: the last day of the month where it is
 * shorter.
 */
export function monthsLater(from: Date, months: number): string {
  const last = new Date(from.getFullYear(), from.getMonth() + months + 1, 0).getDate();
  const day = new Date(from.getFullYear(), from.getMonth() + months, Math.min(from.getDate(), last));
  const two = (value: number) => String(value).padStart(2, '0');
  return `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
}
