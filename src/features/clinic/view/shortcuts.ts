interface Shortcut {
  id: string;
  key: string;
  /** With Ctrl, or Cmd on a Mac. */
  control?: boolean;
}

/**
 * The keys of the clinic. A key presses the part of the page that carries its name in `data-shortcut`; if
 * there is none, nothing.
 */
export const shortcuts = [
  { id: 'open', key: 'o' },
  { id: 'folder', key: 'd' },
  { id: 'camera', key: 'c' },
  { id: 'next', key: 'j' },
  { id: 'previous', key: 'k' },
  { id: 'starred', key: '1' },
  { id: 'reviewed', key: '2' },
  { id: 'set-aside', key: '3' },
  { id: 'pick-all', key: 'a', control: true },
  { id: 'layout', key: 'q' },
  { id: 'lesion', key: 'n' },
  { id: 'remove', key: 'Delete' },
  { id: 'again', key: 'r' },
  { id: 'tta', key: 't' },
  { id: 'compare', key: 'w' },
  { id: 'body', key: 'p' },
  { id: 'save', key: 'a' },
  { id: 'export', key: 'x' },
  { id: 'zoom-in', key: '+' },
  { id: 'zoom-out', key: '-' },
  { id: 'zoom-reset', key: '0' },
  { id: 'full-screen', key: 'f' },
  { id: 'pan', key: 'v' },
  { id: 'square', key: 's' },
  { id: 'measure', key: 'l' },
  { id: 'brush', key: 'b' },
  { id: 'erase', key: 'e' },
  { id: 'undo', key: 'u' },
  { id: 'outline', key: 'g' },
  { id: 'map', key: 'm' },
  { id: 'help', key: '?' },
] as const satisfies readonly Shortcut[];

export type ShortcutId = (typeof shortcuts)[number]['id'];
