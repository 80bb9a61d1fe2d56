import MiniSearch from 'minisearch';
import type { Page } from './pages.ts';
import { type Entry, searchOptions } from './search-options.ts';

/** The index of every section of every page, as JSON for the browser. */
export function searchIndex(pages: readonly Page[]): string {
  const index = new MiniSearch<Entry>(searchOptions);
  const entries = pages.flatMap(({ address, language, title, sections }) =>
    sections.map(({ id, text, words }, place) => ({
      page: title,
      heading: place === 0 ? '' : text,
      words,
      address: place === 0 ? address : `${address}#${id}`,
      language,
    })),
  );
  index.addAll(entries.map((entry, id) => ({ id, ...entry })));
  return JSON.stringify(index);
}
