import { keyAllowed } from '../model/allowed-keys';

const refuse = (event: Event) => event.preventDefault();

/**
 * Closes every way out of the page that a page can close: the browser's keys, its menu, dropped files and
 * links, zoom by wheel and gesture, the mouse's back button, and an address of this site other than the
 * kiosk's own. The host, once past the PIN, has all keys and may leave. What no page can close is in docs/kiosk.md.
 *
 * Returns the function that opens the page again.
 */
export function lockPage(hostIsIn: () => boolean): () => void {
  const { href } = window.location;
  const listeners: Partial<Record<string, (event: never) => void>> = {
    keydown: onKey,
    keyup: onKey,
    contextmenu: refuse,
    dragstart: refuse,
    dragenter: refuseDrop,
    dragover: refuseDrop,
    drop: refuseDrop,
    // The buttons of a mouse that scroll by themselves, go back, go on, and open a link in another tab.
    mousedown: refuseButton,
    mouseup: refuseButton,
    auxclick: refuse,
    wheel: refuseZoom,
    // Safari's pinch.
    gesturestart: refuse,
    gesturechange: refuse,
    click: refuseLink,
    // Comes before "hashchange", by which the shell knows of another screen.
    popstate: stay,
    hashchange: stay,
  };

  function onKey(event: KeyboardEvent): void {
    if (!hostIsIn() && !keyAllowed(event)) refuse(event);
  }

  function refuseDrop(event: DragEvent): void {
    refuse(event);
    // No part of the page is to take it either.
    event.stopImmediatePropagation();
    if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
  }

  function refuseButton(event: MouseEvent): void {
    if (event.button !== 0) refuse(event);
  }

  function refuseZoom(event: WheelEvent): void {
    if (event.ctrlKey || event.metaKey) refuse(event);
  }

  function refuseLink(event: MouseEvent): void {
    if (!hostIsIn() && event.target instanceof Element && event.target.closest('a[href]')) refuse(event);
  }

  function stay(): void {
    if (!hostIsIn() && window.location.href !== href) window.location.replace(href);
  }

  const options = { capture: true, passive: false };
  for (const [name, listener] of Object.entries(listeners))
    window.addEventListener(name, listener as EventListener, options);
  return () => {
    for (const [name, listener] of Object.entries(listeners))
      window.removeEventListener(name, listener as EventListener, options);
    // Where the shell was faster, it has taken the kiosk away, and brings it back.
    stay();
  };
}
