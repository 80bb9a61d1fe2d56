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

/** A time as people here write it: "1 Sept 2025", or as `style` says. */
export const formatDate = (
  time: Date | string,
  language: string,
  style: Intl.DateTimeFormatOptions = { dateStyle: 'medium' },
): string => new Date(time).toLocaleString(dateLocale(language), style);
