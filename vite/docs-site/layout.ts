import { documentPolicy } from '../../src/service-worker/headers.ts';
import { escapeHtml } from '../escape-html.ts';
import type { NavigationGroup } from './navigation.ts';
import type { Page } from './pages.ts';
import { type SearchWords, words } from './words.ts';

interface PageAround {
  navigation: readonly NavigationGroup[];
  /** Addresses of all pages. */
  known: ReadonlySet<string>;
  /** Address of the script from the site's folder on, or from the server's root (`/...`). */
  script: string;
  /** Address of the styles; null where the script brings them along. */
  style: string | null;
  /** Whether the page names its own policy, for hosts that send no headers. */
  policy: boolean;
}

/** A page of the documentation, with all that stands around it. Every address is relative, for any folder of any host. */
export function layout(page: Page, { navigation, known, script, style, policy }: PageAround): string {
  const said = words[page.language];
  const site = '../'.repeat(page.address.split('/').length - 1);
  const app = `${site}../`;
  const asset = (address: string) => (address.startsWith('/') ? address : site + address);
  const { nothing, found, failed } = said;
  const searchWords: SearchWords = { nothing, found, failed };
  const other = page.language === 'ko' ? 'en' : 'ko';
  return `<!doctype html>
<html lang="${page.language}">
<head>
<meta charset="utf-8">
${policy ? `<meta http-equiv="Content-Security-Policy" content="${documentPolicy}">` : ''}
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>${escapeHtml(page.title)} · Lentigo</title>
<link rel="icon" type="image/svg+xml" href="${site}favicon.svg">
<script src="${app}colour-scheme.js"></script>
${style === null ? '' : `<link rel="stylesheet" href="${asset(style)}">`}
<script type="module" src="${asset(script)}"></script>
</head>
<body data-site="${site === '' ? './' : site}">
<a class="skip" href="#content">${said.skip}</a>
<header>
<a class="brand" href="${app}#/" title="${said.toApp}">${mark}Lentigo</a>
<a class="contents" href="${site}${startPage(page, known)}">${said.documentation}</a>
<button type="button" class="menu scripted" aria-expanded="false" aria-controls="pages">${said.menu}</button>
<div class="search scripted" role="search">
<input type="search" placeholder="${said.search}" aria-label="${said.search}" aria-controls="found" autocomplete="off" spellcheck="false">
<div id="found" hidden data-words="${escapeHtml(JSON.stringify(searchWords))}"></div>
</div>
<a class="other" lang="${other}" hreflang="${other}" href="${site}${translation(page, known)}">${said.other}</a>
<button type="button" class="colours scripted" aria-label="${said.colours}" title="${said.colours}">${halfDisc}</button>
</header>
<div class="columns">
<nav id="pages" aria-label="${said.pages}">
${inReadersOrder(navigation, page)
  .map((group) => navigationGroup(group, page, site))
  .join('\n')}
</nav>
<main id="content" tabindex="-1">
<article>
${page.html}</article>
</main>
</div>
<footer>${said.disclaimer}</footer>
</body>
</html>
`;
}

/** Where "Documentation" leads: the contents, for a Korean reader those that are in Korean. */
function startPage({ language }: Page, known: ReadonlySet<string>): string {
  const korean = 'start/ko/index.html';
  return language === 'ko' && known.has(korean) ? korean : 'index.html';
}

/** The same page in the other language, or the first page of that language. */
function translation({ address, language }: Page, known: ReadonlySet<string>): string {
  const same =
    language === 'ko'
      ? address.replace(/^start\/ko\//, 'start/')
      : address.replace(/^(start\/)?/, 'start/ko/');
  if (known.has(same)) return same;
  return language === 'ko' ? 'index.html' : 'start/ko/index.html';
}

/** The groups with a page in the reader's language come first. */
function inReadersOrder(groups: readonly NavigationGroup[], { language }: Page): NavigationGroup[] {
  const own = ({ entries }: NavigationGroup) => entries.some(({ page }) => page.language === language);
  return [...groups.filter(own), ...groups.filter((group) => !own(group))];
}

function navigationGroup({ heading, entries }: NavigationGroup, here: Page, site: string): string {
  const items = entries.map(({ page, html }) => {
    const current = page === here;
    const link = `<a href="${site}${page.address}"${current ? ' aria-current="page"' : ''}>${html}</a>`;
    return `<li>${link}${current ? onThisPage(page) : ''}</li>`;
  });
  const language = entries[0]?.page.language ?? 'en';
  return `<section lang="${language}">
<h2>${escapeHtml(heading)}</h2>
<ul>${items.join('\n')}</ul>
</section>`;
}

function onThisPage({ headings }: Page): string {
  const sections = headings.filter(({ level }) => level === 2);
  if (sections.length < 2) return '';
  const items = sections.map(({ id, text }) => `<li><a href="#${id}">${escapeHtml(text)}</a></li>`);
  return `<ul>${items.join('')}</ul>`;
}

/** The app's mark: a small spot, seen through a lens. */
const mark = `<svg width="26" height="26" viewBox="0 0 26 26" aria-hidden="true"><circle cx="13" cy="13" r="11.5" fill="none" stroke="currentColor" stroke-width="2"/><path fill="currentColor" d="M9 10.2c2-2.6 6-2.8 7.8-.6 1.7 2 1.2 5.8-1 7.3-2.3 1.6-6 1-7.2-1.4-.8-1.7-.7-3.8.4-5.3Z"/></svg>`;
const halfDisc = `<svg width="20" height="20" viewBox="0 0 20 20" aria-hidden="true"><circle cx="10" cy="10" r="7.5" fill="none" stroke="currentColor" stroke-width="1.6"/><path fill="currentColor" d="M10 2.5a7.5 7.5 0 0 1 0 15Z"/></svg>`;
