/** What of a keyboard event decides whether the browser may act on it. */
export type KeyPress = Pick<KeyboardEvent, 'key' | 'ctrlKey' | 'altKey' | 'metaKey'>;

/** Moving about and pressing what has the focus. Visitors have nothing to write in. */
const named = new Set([
  ...['Tab', 'Enter', 'Escape', 'Shift', 'Control', 'CapsLock'],
  ...['ArrowLeft', 'ArrowRight', 'ArrowUp', 'ArrowDown', 'Home', 'End', 'PageUp', 'PageDown'],
]);
/** Firefox searches the page with these. */
const quickFind = ["'", '/'];

/**
 * Whether a kiosk lets the browser act on a visitor's key. The list names what a visitor needs, so that a
 * browser's new shortcut is no way out: no print, save, search, zoom, reload, back, menu or source.
 */
export function keyAllowed({ key, ctrlKey, altKey, metaKey }: KeyPress): boolean {
  if (altKey || metaKey) return false;
  if (ctrlKey) return key === 'Control';
  const isCharacter = [...key].length === 1;
  return named.has(key) || (isCharacter && !quickFind.includes(key));
}
