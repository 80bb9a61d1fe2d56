import type { Text } from '../../core/card/card';

/** A name in one language, or in both. */
export type Words = string | { en: string; ko?: string | undefined };

/** A name in one language stands for both. */
export function inBoth(name: Words): Text {
  if (typeof name === 'string') return { en: name, ko: name };
  return { en: name.en, ko: name.ko ?? name.en };
}

/** Ids out of names: lower-case letters and digits, each once. */
export function idsOf(names: readonly Words[]): string[] {
  const ids: string[] = [];
  for (const [index, name] of names.entries()) {
    const plain = inBoth(name)
      .en.normalize('NFKD')
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-+|-+$/g, '')
      .slice(0, 60);
    const wanted = plain || `class-${index + 1}`;
    ids.push(ids.includes(wanted) ? `${wanted}-${index + 1}` : wanted);
  }
  return ids;
}
