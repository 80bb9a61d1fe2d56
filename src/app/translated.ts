/**
 * A browser's translation puts <font> elements where React's text nodes were. React then removes and inserts by nodes
 * that have another parent or none, which throws and takes the whole screen with it, and writes new texts into nodes
 * that nobody sees (https://github.com/facebook/react/issues/11538; this can go once React survives it). Forbidding
 * the translation would shut out whoever reads neither of our languages.
 */

/** By text node: the <font> that a translation put in its place. */
const fonts = new WeakMap<Node, Element>();

const isFont = (node: Node | null | undefined): node is Element => node?.nodeName === 'FONT';

/** The child of `parent` in which `node` is, or which stands in its place; null where there is none. */
function standIn(parent: Node, node: Node): Node | null {
  let at: Node | null = node.parentNode ? node : (fonts.get(node) ?? null);
  while (at && at.parentNode !== parent) at = isFont(at.parentNode) ? at.parentNode : null;
  return at;
}

function notice(records: readonly MutationRecord[]): void {
  for (const { addedNodes, removedNodes, previousSibling, nextSibling } of records) {
    for (const node of removedNodes) {
      if (node.nodeType !== Node.TEXT_NODE) continue;
      const font = [addedNodes[0], previousSibling, nextSibling].find(isFont);
      if (font) fonts.set(node, font);
    }
  }
}

/** To be called once; from then on React works on a page that is translated. */
export function tolerateTranslation(): void {
  const { removeChild, insertBefore } = Node.prototype;
  Node.prototype.removeChild = function <T extends Node>(this: Node, child: T): T {
    if (child.parentNode === this) return removeChild.call(this, child) as T;
    const there = standIn(this, child);
    if (there) removeChild.call(this, there);
    return child;
  };
  Node.prototype.insertBefore = function <T extends Node>(this: Node, node: T, before: Node | null): T {
    const there = before && before.parentNode !== this ? standIn(this, before) : before;
    return insertBefore.call(this, node, there) as T;
  };
  writeThrough();
  new MutationObserver(notice).observe(document.documentElement, { childList: true, subtree: true });
}

/** What is written into a text node that was replaced goes into what replaced it. */
function writeThrough(): void {
  let owner: object = Text.prototype;
  while (!Object.hasOwn(owner, 'nodeValue')) owner = Object.getPrototypeOf(owner);
  const nodeValue = Object.getOwnPropertyDescriptor(owner, 'nodeValue');
  if (!nodeValue?.set) return;
  const { set } = nodeValue;
  Object.defineProperty(owner, 'nodeValue', {
    ...nodeValue,
    set(this: Node, value: string | null) {
      set.call(this, value);
      const font = this.parentNode ? null : fonts.get(this);
      if (font) font.textContent = value;
    },
  });
}
