import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, sep } from 'node:path';
import { type RenderedPage, renderMarkdown } from './markdown.ts';

/** The Markdown files that become pages, where each of them lies in the site, and what its links lead to. */

export type SiteLanguage = 'en' | 'ko';

export interface Page extends RenderedPage {
  /** The Markdown file, from the checkout on, with `/` on every system. */
  source: string;
  /** The page, from the site's folder on: "start/clinic.html". */
  address: string;
  language: SiteLanguage;
}

/** The page that lists all others. Its headings are the groups of the navigation. */
export const contents = 'docs/README.md';

/** "docs/start/README.md" is "start/index.html"; a file outside of docs/ keeps its folder. */
export function addressOf(source: string): string {
  return source
    .replace(/^docs\//, '')
    .replace(/README\.md$/, 'index.html')
    .replace(/\.md$/, '.html');
}

/** Every Markdown file in docs/, and those elsewhere that the page of contents links to. */
function sourcesIn(root: string): string[] {
  const inDocs = readdirSync(join(root, 'docs'), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.md'))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'));
  const linked = [...readFileSync(join(root, contents), 'utf8').matchAll(/\]\(\.\.\/([^)\s#]+\.md)\)/g)];
  return [...new Set([...inDocs, ...linked.map(([, path = '']) => path)])].sort();
}

export function readPages(root: string): Page[] {
  const sources = sourcesIn(root);
  const known = new Set(sources);
  return sources.map((source) => ({
    source,
    address: addressOf(source),
    language: source.startsWith('docs/start/ko/') ? 'ko' : 'en',
    ...renderMarkdown(readFileSync(join(root, source), 'utf8'), (link) => target(root, known, source, link)),
  }));
}

const picture = /\.(webp|png|jpe?g|svg)$/;

/**
 * Where a link of a Markdown file leads within the site, relative to its page; null for a file of the
 * repository that is not in the site, whose name is then shown without a link.
 */
function target(root: string, known: ReadonlySet<string>, source: string, link: string): string | null {
  if (/^[a-z][a-z\d+.-]*:/i.test(link) || link.startsWith('#')) return link;
  const [path = '', anchor] = link.split('#');
  const file = posix.join(posix.dirname(source), path);
  const isPicture = picture.test(file) && file.startsWith('docs/') && existsSync(join(root, file));
  if (!known.has(file) && !isPicture) return null;
  const address = posix.relative(dirname(addressOf(source)), addressOf(file));
  return anchor === undefined ? address : `${address}#${anchor}`;
}
