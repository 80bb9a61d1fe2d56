/**
 * The locale in which dates are written for a text of this language: the reader's own, where it is of that language
 * ("en-GB" writes 1 Sept 2025, "en" alone Sep 1, 2025), else the language. `preferred`: BCP 47 tags, the most
 * wanted first, as a browser has them.
 */
export function dateLocale(
  language: string,
  preferred: readonly string[] = globalThis.navigator?.languages ?? [],
): string {
  const own = preferred.find((tag) => tag === language || tag.startsWith(`${language}-`));
  return own ?? language;
}

const defaultStyle: Intl.DateTimeFormatOptions = { dateStyle: 'medium' };
const ofTime = ['dayPeriod', 'hour'];

/**
 * A time as people here write it: "1 Sept 2025", or as `style` says. Neither its date nor its time of day is ever
 * broken into two lines: their spaces are no-break spaces. Between the two a line may end.
 */
export function formatDate(time: Date | string, language: string, style = defaultStyle): string {
  const parts = new Intl.DateTimeFormat(dateLocale(language), style).formatToParts(new Date(time));
  const begin = parts.findIndex(({ type }) => ofTime.includes(type));
  return parts
    .map(({ value }, index) => (index === begin - 1 ? value : value.replace(/\s/g, '\u00a0')))
    .join('');
}
