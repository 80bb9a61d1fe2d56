import markdownIt, { type StateInline, type Token } from 'markdown-it';

export interface Heading {
  /** 1 to 6. */
  level: number;
  /** Behind `#` in an address. */
  id: string;
  text: string;
}

/** The words from one heading to the next. */
export interface Section extends Pick<Heading, 'id' | 'text'> {
  words: string;
}

export interface RenderedPage {
  /** The text of its first heading. */
  title: string;
  html: string;
  headings: Heading[];
  sections: Section[];
  /** Where its links and pictures lead, resolved. */
  links: string[];
}

const markdown = markdownIt({ linkify: true });
// Only what begins with https:// is an address; "card.json" and "lentigo.example" are none.
markdown.linkify.set({ fuzzyLink: false, fuzzyEmail: false });
markdown.inline.ruler.before('autolink', 'line_break_tag', lineBreakTag);
// Wide tables scroll in a box of their own, so that the page does not.
markdown.renderer.rules.table_open = () => '<div class="scroll"><table>\n';
markdown.renderer.rules.table_close = () => '</table></div>\n';

/** `<br>`, the one tag of HTML that our tables use. All others are shown as they are written. */
function lineBreakTag(state: StateInline, silent: boolean): boolean {
  const [tag] = /^<br ?\/?>/.exec(state.src.slice(state.pos)) ?? [];
  if (tag === undefined) return false;
  if (!silent) state.push('hardbreak', 'br', 0);
  state.pos += tag.length;
  return true;
}

/**
 * The HTML of a page. `resolve` says where a link leads from the page; where it says null, the link becomes plain
 * text with the file's name behind it as a title.
 */
export function renderMarkdown(text: string, resolve: (link: string) => string | null): RenderedPage {
  const tokens = markdown.parse(text, {});
  unheadEmptyCells(tokens);
  const headings = nameHeadings(tokens);
  const links = tokens.flatMap(({ children }) => resolveLinks(children ?? [], resolve));
  const html = markdown.renderer.render(tokens, markdown.options, {});
  const title = headings.find(({ level }) => level === 1)?.text ?? '';
  return { title, html, headings, sections: sectionsOf(tokens, headings), links };
}

/** A cell of a table's head without words is no heading of its column: a screen reader would announce nothing. */
function unheadEmptyCells(tokens: readonly Token[]): void {
  for (const [index, token] of tokens.entries()) {
    const close = tokens[index + 2];
    if (token.type !== 'th_open' || tokens[index + 1]?.content !== '' || close?.type !== 'th_close') continue;
    token.tag = 'td';
    close.tag = 'td';
  }
}

/** Gives every heading its id, as GitHub does, so that links to a section work in both places. */
function nameHeadings(tokens: readonly Token[]): Heading[] {
  const taken = new Map<string, number>();
  return tokens.flatMap((token, index) => {
    if (token.type !== 'heading_open') return [];
    const text = plainText(tokens[index + 1]);
    const slug = text
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, '')
      .replace(/\s/g, '-');
    const count = taken.get(slug) ?? 0;
    taken.set(slug, count + 1);
    const id = count === 0 ? slug : `${slug}-${count}`;
    token.attrSet('id', id);
    return [{ level: Number(token.tag.slice(1)), id, text }];
  });
}

function resolveLinks(tokens: Token[], resolve: (link: string) => string | null): string[] {
  const found: string[] = [];
  let plain = false;
  for (const token of tokens) {
    if (token.type === 'link_open' || token.type === 'image') {
      const name = token.type === 'image' ? 'src' : 'href';
      const link = String(token.attrGet(name));
      const resolved = resolve(decodeURI(link));
      if (token.type === 'link_open') plain = resolved === null;
      if (resolved === null) becomePlain(token, link);
      else {
        found.push(resolved);
        token.attrSet(name, resolved);
        if (token.type === 'image') token.attrSet('loading', 'lazy');
        if (/^https?:/.test(resolved)) token.attrSet('rel', 'noreferrer');
      }
    } else if (token.type === 'link_close' && plain) token.tag = 'span';
  }
  return found;
}

/** Of a link its words stay, with the file's name behind them; of a picture what it would show, in words. */
function becomePlain(token: Token, link: string): void {
  if (token.type === 'image') token.type = 'text';
  else {
    token.tag = 'span';
    token.attrs = [['title', link.replace(/^(\.\.\/)+/, '')]];
  }
}

function sectionsOf(tokens: readonly Token[], headings: readonly Heading[]): Section[] {
  const sections: Section[] = [];
  for (const [index, token] of tokens.entries()) {
    if (token.type === 'heading_open') {
      const heading = headings[sections.length];
      if (heading) sections.push({ id: heading.id, text: heading.text, words: '' });
      continue;
    }
    const section = sections.at(-1);
    if (!section || tokens[index - 1]?.type === 'heading_open') continue;
    const words = token.type === 'fence' ? token.content : token.type === 'inline' ? plainText(token) : '';
    // Nobody searches for the figures in a table.
    if (/\p{L}{2}/u.test(words)) section.words += `${words.replace(/\s+/g, ' ').trim()} `;
  }
  return sections;
}

function plainText(token: Token | undefined): string {
  return (token?.children ?? [])
    .map(({ type, content }) => (/break$/.test(type) ? ' ' : content))
    .join('')
    .trim();
}
