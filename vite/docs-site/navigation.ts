import type { Page } from './pages.ts';

export interface NavigationGroup {
  heading: string;
  entries: { page: Page; html: string }[];
}

/**
 * The groups of the page of contents: each of its second headings, with the pages that stand under it and the words of
 * their links, as HTML.
 */
export function navigationOf(contents: Page, pages: readonly Page[]): NavigationGroup[] {
  const parts = contents.html.split(/<h2 [^>]*>/).slice(1);
  const headings = contents.headings.filter(({ level }) => level === 2);
  return parts.map((part, index) => ({
    heading: headings[index]?.text ?? '',
    entries: [...part.matchAll(/<a href="([^"#]+)">(.*?)<\/a>/g)].flatMap(([, address, html = '']) => {
      const page = pages.find((page) => page.address === address);
      return page ? [{ page, html }] : [];
    }),
  }));
}
