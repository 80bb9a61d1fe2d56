import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { layout } from './layout.ts';
import { type NavigationGroup, navigationOf } from './navigation.ts';
import { contents, type Page, readPages } from './pages.ts';
import { searchIndex } from './search-index.ts';

/** The documentation as files: docs/ of the checkout with all that turns it into a site. */
export interface DocsSite {
  pages: readonly Page[];
  navigation: readonly NavigationGroup[];
  /** The HTML of a page, with the given script and styles. */
  html(page: Page, assets: Assets): string;
  searchIndex(): string;
  /** The pictures that the pages show, by address. */
  pictures(): Map<string, Buffer>;
  icon(): Buffer;
}

interface Assets {
  script: string;
  style: string | null;
  policy: boolean;
}

export const searchIndexName = 'search-index.json';

/** Reads docs/ of the checkout. Throws where the page of contents is missing. */
export function readDocsSite(root: string): DocsSite {
  const pages = readPages(root);
  const first = pages.find(({ source }) => source === contents);
  if (!first) throw new Error(`${contents} is missing: the documentation takes its navigation from it.`);
  const navigation = navigationOf(first, pages);
  const known = new Set(pages.map(({ address }) => address));
  return {
    pages,
    navigation,
    html: (page, assets) => layout(page, { navigation, known, ...assets }),
    searchIndex: () => searchIndex(pages),
    pictures: () => picturesOf(root, pages),
    icon: () => readFileSync(join(root, 'src/app/favicon.svg')),
  };
}

function picturesOf(root: string, pages: readonly Page[]): Map<string, Buffer> {
  const addresses = pages.flatMap(({ address, links }) =>
    links
      .filter((link) => !/^[a-z]+:|^#|\.html(#|$)/i.test(link))
      .map((link) => posix.join(posix.dirname(address), link)),
  );
  return new Map(addresses.map((address) => [address, readFileSync(join(root, 'docs', address))]));
}
