import type { Options } from 'minisearch';

/** A section of a page, as the index keeps it. */
export interface Entry {
  id: number;
  /** The page's title and the section's heading. */
  page: string;
  heading: string;
  words: string;
  /** From the site's folder on: "start/clinic.html#the-answer". */
  address: string;
  language: 'en' | 'ko';
}

const hangul = /^\p{Script=Hangul}+$/u;

/**
 * What the index is made and read with. A Korean word joins nouns and carries particles, so it is kept with each of
 * its ends: "사진을" and "피부사진" are both found by "사진", because the search takes beginnings of words.
 */
export const searchOptions: Options<Entry> = {
  fields: ['page', 'heading', 'words'],
  storeFields: ['page', 'heading', 'words', 'address', 'language'],
  processTerm: (term) => {
    const word = term.toLowerCase();
    if (!hangul.test(word)) return word;
    return Array.from({ length: Math.max(1, word.length - 1) }, (_, start) => word.slice(start));
  },
  searchOptions: {
    combineWith: 'AND',
    prefix: true,
    fuzzy: (term) => (term.length > 5 && !hangul.test(term) ? 0.2 : false),
    boost: { page: 3, heading: 2 },
    processTerm: (term) => term.toLowerCase(),
  },
};
