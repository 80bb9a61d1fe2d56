import { useEffect, useEffectEvent } from 'react';
import { flushSync } from 'react-dom';
import { type ShortcutId, shortcuts } from './shortcuts';
import { unfold } from './use-folds';

/**
 * Listens for the clinic's keys; those with an action of their own do it, the others press the part of the
 * page that has their name, out of the section that it is folded into.
 */
export function useShortcuts(actions: Partial<Record<ShortcutId, () => void>>): void {
  const run = useEffectEvent((id: ShortcutId) => {
    const own = actions[id];
    if (own) return own();
    const part = document.querySelector<HTMLElement>(`[data-shortcut="${id}"]:not(:disabled)`);
    if (!part) return;
    // What the key does can be seen, and what it gives the focus can have it.
    flushSync(() => unfold(part));
    part.click();
  });
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      if (event.altKey || event.defaultPrevented || writing(event.target)) return;
      const control = event.ctrlKey || event.metaKey;
      const pressed = event.key === '=' ? '+' : event.key;
      const found = shortcuts.find(
        (shortcut) => shortcut.key === pressed && 'control' in shortcut === control,
      );
      if (!found) return;
      event.preventDefault();
      run(found.id);
    };
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);
}

/** A key pressed in a field belongs to the field, and behind a dialog there is nothing to press. */
function writing(target: EventTarget | null): boolean {
  return (
    target instanceof Element &&
    target.closest(
      'input:not([type="checkbox"], [type="radio"]), textarea, select, [contenteditable], [role="dialog"]',
    ) !== null
  );
}
