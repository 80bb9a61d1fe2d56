import type { StoreApi } from 'zustand/vanilla';

const views = new WeakMap<object, unknown>();

/**
 * A store as screens watch it: its listeners hear of the first change at once and of all further ones of the
 * same frame together. For stores that change with every file of a drop and every step of a download.
 */
export function oncePerFrame<State>(store: StoreApi<State>, frame = nextFrame): StoreApi<State> {
  const known = views.get(store) as StoreApi<State> | undefined;
  if (known) return known;
  const listeners = new Set<Parameters<StoreApi<State>['subscribe']>[0]>();
  let told = store.getState();
  let waiting = false;
  function tell(): void {
    const before = told;
    told = store.getState();
    if (told === before) return;
    waiting = true;
    frame(() => {
      waiting = false;
      tell();
    });
    for (const listener of [...listeners]) listener(told, before);
  }
  store.subscribe(() => {
    if (!waiting) tell();
  });
  const view = {
    ...store,
    subscribe(listener: Parameters<StoreApi<State>['subscribe']>[0]) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  views.set(store, view);
  return view;
}

/** A hidden page has no frames. */
function nextFrame(run: () => void): void {
  if (document.hidden) setTimeout(run, 16);
  else requestAnimationFrame(run);
}
