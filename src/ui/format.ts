/** Numbers as people read them. Pure: the language is a BCP 47 tag such as "en" or "ko". */

import { digitsApart } from '../core/decision/flag';
import { probabilityInPercent, withPercentSign } from '../core/percent';

/** No-break space, so that a number and its unit stay on one line. */
const space = '\u00a0';

/**
 * A probability (0 to 1) in whole percent. No model is certain: what would round to 100 or to 0 is written
 * ">99 %" or "<1 %".
 */
export function formatProbability(probability: number, language: string): string {
  return probabilityInPercent(probability, language, { digits: 0, space });
}

/** A sum and the threshold that it is held against, with digits enough that they never look the same. */
export function formatAgainst(
  { probability, threshold }: { probability: number; threshold: number },
  language: string,
): { probability: string; threshold: string } {
  const writing = { digits: digitsApart(probability, threshold), space };
  return {
    probability: probabilityInPercent(probability, language, writing),
    threshold: probabilityInPercent(threshold, language, writing),
  };
}

/**
 * A share that was counted, not predicted (0 to 1), in percent: "90.4 %". Here 100 % may stand. Always as
 * many digits, "90.0 %" too, so that shares beside each other are equally exact.
 */
export function formatShare(share: number, language: string, digits = 1): string {
  return withPercentSign(formatFixed(100 * share, language, digits), language, space);
}

/** A share that somebody set (0 to 1), as it was set: "90 %", "97.5 %". */
export function formatWantedShare(share: number, language: string): string {
  return withPercentSign(formatNumber(100 * share, language, 1), language, space);
}

/** Milliseconds as "412 ms", "1.9 s" or "2 min 5 s". */
export function formatDuration(milliseconds: number, language: string): string {
  if (milliseconds < 1) return `<${formatNumber(1, language)}${space}ms`;
  if (milliseconds < 999.5) return `${formatNumber(milliseconds, language)}${space}ms`;
  if (milliseconds < 59_950) return `${formatNumber(milliseconds / 1000, language, 1)}${space}s`;
  const seconds = Math.round(milliseconds / 1000);
  return `${formatNumber(Math.floor(seconds / 60), language)}${space}min ${seconds % 60}${space}s`;
}

/** A time of today (milliseconds since 1970) with its seconds: "14:03:30". */
export function formatTime(time: number, language: string): string {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium', hourCycle: 'h23' }).format(time);
}

/**
 * A file's size as "640 B", "12 KB", "3.4 MB" or "10.7 GB", in powers of 1000 as file managers and mobile
 * contracts count.
 */
export function formatBytes(bytes: number, language: string): string {
  if (bytes < 1000) return `${formatNumber(bytes, language)}${space}B`;
  if (bytes < 999_500) return `${formatNumber(bytes / 1000, language)}${space}KB`;
  if (bytes < 999_950_000) return `${formatNumber(bytes / 1e6, language, 1)}${space}MB`;
  return `${formatNumber(bytes / 1e9, language, 1)}${space}GB`;
}

/** A small difference such as 0.0031, with two digits that count. */
export function formatDifference(value: number, language: string): string {
  return new Intl.NumberFormat(language, { maximumSignificantDigits: 2 }).format(value);
}

/** A difference with its sign and `digits` digits after the point: "+1.2", "−0.4", "0.0". */
export function formatSigned(value: number, language: string, digits: number): string {
  const written = new Intl.NumberFormat(language, {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
    signDisplay: 'exceptZero',
  }).format(value);
  return written.replace('-', '−');
}

/** A number with at most `digits` digits after the point. */
export function formatNumber(value: number, language: string, digits = 0): string {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A measured number with exactly `digits` digits after the point: "0.900". */
export function formatFixed(value: number, language: string, digits: number): string {
  return value.toLocaleString(language, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}

/** "a", "a or b", "a, b or c", in the language's own way. */
export function formatAlternatives(items: readonly string[], language: string): string {
  return new Intl.ListFormat(language, { type: 'disjunction' }).format(items);
}
