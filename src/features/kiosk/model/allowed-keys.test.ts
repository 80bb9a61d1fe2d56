import { expect, it } from 'vitest';
import { keyAllowed } from './allowed-keys';

const plain = { ctrlKey: false, altKey: false, metaKey: false };
const control = { ...plain, ctrlKey: true };
const command = { ...plain, metaKey: true };
// While it is held, a key says of itself that it is.
const alt = { ...plain, altKey: true };

it('lets a visitor move about and press what has the focus', () => {
  for (const key of ['Tab', 'Enter', ' ', 'Escape', 'ArrowDown', 'PageUp', 'Shift', '7', 'a', '가'])
    expect(keyAllowed({ key, ...plain }), key).toBe(true);
});

it.each([
  [
    'print, save, open, source, search',
    [control, command],
    ['p', 's', 'o', 'u', 'f', 'g', 'P', 'S', 'I', 'J'],
  ],
  ['zoom', [control, command], ['+', '-', '=', '0', 'ArrowUp']],
  [
    'another tab, window or address',
    [control, command],
    ['t', 'n', 'w', 'l', 'k', 'j', 'h', 'd', 'Enter', 'Tab'],
  ],
  ['back, on, home, menu', [alt], ['ArrowLeft', 'ArrowRight', 'Home', 'd', 'f', 'Alt', 'F4']],
  ['reload', [control, command], ['r', 'R', 'F5']],
  [
    'keys of their own',
    [plain],
    [...['F1', 'F3', 'F5', 'F6', 'F7', 'F10', 'F11', 'F12', 'F24', 'ContextMenu', 'Help']],
  ],
  [
    'keys of a media keyboard',
    [plain],
    ['BrowserBack', 'BrowserHome', 'BrowserSearch', 'Print', 'Open', 'ZoomIn'],
  ],
  ['the search of Firefox, and Backspace, once a way back', [plain], ["'", '/', 'Backspace']],
])('keeps from the browser: %s', (_what, modifiers, keys) => {
  for (const modifier of modifiers)
    for (const key of keys) {
      const press = { key, ...modifier };
      expect(keyAllowed(press), JSON.stringify(press)).toBe(false);
    }
});
