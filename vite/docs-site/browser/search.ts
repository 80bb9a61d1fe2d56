import MiniSearch, { type SearchResult } from 'minisearch';
import { type Entry, searchOptions } from '../search-options';
import type { SearchWords } from '../words';

/** More results than anybody reads make the list slow and long. */
const maxResults = 20;
/** Characters of a section that a result shows. */
const excerptLength = 160;

type Found = SearchResult & Entry;

/** Fetches the index and answers the field from then on, in a list of links that the arrow keys walk. */
export async function openSearch(field: HTMLInputElement, results: HTMLElement): Promise<void> {
  const site = document.body.dataset.site ?? './';
  const words = JSON.parse(results.dataset.words ?? '{}') as SearchWords;
  const response = await fetch(`${site}search-index.json`);
  if (!response.ok) throw new Error(`The index of the search: status ${response.status}.`);
  const index = MiniSearch.loadJSON<Entry>(await response.text(), searchOptions);

  function show(): void {
    const query = field.value.trim();
    results.hidden = query === '';
    const found = query === '' ? [] : search(index, query);
    results.replaceChildren(...(query === '' ? [] : list(found, site, words)));
  }

  field.addEventListener('input', show);
  field.addEventListener('focus', show);
  field.addEventListener('keydown', (event) => {
    const first = results.querySelector<HTMLAnchorElement>('a');
    if (event.key === 'Enter') first?.click();
    if (event.key === 'ArrowDown' && first) {
      event.preventDefault();
      first.focus();
    }
  });
  results.addEventListener('keydown', (event) => walk(event, field, results));
  // A result may be further down on this very page.
  results.addEventListener('click', ({ target }) => {
    if (target instanceof Element && target.closest('a')) results.hidden = true;
  });
  for (const part of [field, results]) {
    part.addEventListener('keydown', ({ key }) => {
      if (key !== 'Escape') return;
      field.focus();
      results.hidden = true;
    });
  }
  document.addEventListener('pointerdown', ({ target }) => {
    if (target instanceof Node && !results.contains(target) && target !== field) results.hidden = true;
  });
  show();
}

/** Pages in the language of this one come first. */
function search(index: MiniSearch<Entry>, query: string): Found[] {
  const { lang } = document.documentElement;
  const boostDocument = (_id: unknown, _term: string, stored?: Record<string, unknown>) =>
    stored?.language === lang ? 2 : 1;
  return index.search(query, { boostDocument }) as Found[];
}

function list(found: readonly Found[], site: string, words: SearchWords): HTMLElement[] {
  const status = element(
    'p',
    found.length === 0 ? words.nothing : words.found.replace('{count}', `${found.length}`),
  );
  status.setAttribute('role', 'status');
  const items = element('ul');
  for (const entry of found.slice(0, maxResults)) {
    const link = element('a');
    link.href = site + entry.address;
    link.lang = entry.language;
    link.append(
      element('strong', entry.heading || entry.page),
      element('small', entry.heading && entry.page),
      excerpt(entry),
    );
    const item = element('li');
    item.append(link);
    items.append(item);
  }
  return [status, items];
}

/** The words around the first one that was found, which is marked. */
function excerpt({ words, terms }: Found): HTMLElement {
  const lower = words.toLowerCase();
  const [first] = terms
    .map((term) => ({ term, at: lower.indexOf(term) }))
    .filter(({ at }) => at >= 0)
    .sort((a, b) => a.at - b.at);
  const line = element('span');
  if (!first) {
    line.append(words.slice(0, excerptLength));
    return line;
  }
  const start = Math.max(0, words.lastIndexOf(' ', Math.max(0, first.at - excerptLength / 3)) + 1);
  const end = first.at + first.term.length;
  line.append(
    (start > 0 ? '… ' : '') + words.slice(start, first.at),
    element('mark', words.slice(first.at, end)),
    words.slice(end, start + excerptLength),
  );
  return line;
}

function walk(event: KeyboardEvent, field: HTMLInputElement, results: HTMLElement): void {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const links = [...results.querySelectorAll('a')];
  const next = links.indexOf(document.activeElement as HTMLAnchorElement) + step;
  if (next < 0) field.focus();
  else links[next]?.focus();
}

function element<Name extends keyof HTMLElementTagNameMap>(
  name: Name,
  text = '',
): HTMLElementTagNameMap[Name] {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}
