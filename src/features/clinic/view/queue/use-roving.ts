import { type KeyboardEvent, type RefObject, useCallback, useEffect, useRef } from 'react';

const inside = 'button:not(:disabled), a[href]';

const itemsIn = (toolbar: Element | null) => [...(toolbar?.querySelectorAll<HTMLElement>(inside) ?? [])];

/**
 * Makes a toolbar one stop of the Tab key: the arrow keys go from one button to the next (WAI-ARIA's toolbar
 * pattern). Buttons may come and go.
 */
export function useRoving<E extends HTMLElement>(): {
  ref: RefObject<E | null>;
  onKeyDown: (event: KeyboardEvent<E>) => void;
  onFocus: (event: { target: EventTarget }) => void;
} {
  const ref = useRef<E>(null);
  const current = useRef<Element | null>(null);
  const settle = useCallback(() => {
    const all = itemsIn(ref.current);
    const stop = all.find((item) => item === current.current) ?? all[0];
    for (const item of all) item.tabIndex = item === stop ? 0 : -1;
  }, []);
  useEffect(() => {
    settle();
    const observer = new MutationObserver(settle);
    const watched = { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled'] };
    if (ref.current) observer.observe(ref.current, watched);
    return () => observer.disconnect();
  }, [settle]);
  return {
    ref,
    onFocus({ target }) {
      if (target instanceof Element && target.matches(inside)) current.current = target;
      settle();
    },
    onKeyDown(event) {
      // An open menu of the toolbar has keys of its own.
      if (event.defaultPrevented || !ref.current?.contains(event.target as Node)) return;
      const all = itemsIn(ref.current);
      const at = all.indexOf(event.target as HTMLElement);
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: all.length - 1 }[event.key];
      if (at < 0 || to === undefined) return;
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    },
  };
}
