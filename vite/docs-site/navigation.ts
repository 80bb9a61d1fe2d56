import type { Page } from './pages.ts';

export interface NavigationGroup {
  heading: string;
  pages: Page[];
}

/** The groups of the page of contents: each of its second headings, with the pages that stand under it. */
export function navigationOf(contents: Page, pages: readonly Page[]): NavigationGroup[] {
  const parts = contents.html.split(/<h2 [^>]*>/).slice(1);
  const headings = contents.headings.filter(({ level }) => level === 2);
  return parts.map((part, index) => ({
    heading: headings[index]?.text ?? '',
    pages: [...part.matchAll(/<a href="([^"#]+)"/g)].flatMap(
      ([, address]) => pages.find((page) => page.address === address) ?? [],
    ),
  }));
}
