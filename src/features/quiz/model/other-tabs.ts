/** By this name tabs tell each other that a teaching set was written or deleted. */
const changesChannel = 'lentigo-teaching';

/** The other tabs of this browser that have teaching sets. */
export interface OtherTabs {
  tell(): void;
  /** Calls back when one of them has written something. */
  onTold(listener: () => void): void;
}

/** Null where the browser has no channel between tabs. */
export function teachingTabs(): OtherTabs | null {
  if (typeof BroadcastChannel === 'undefined') return null;
  const channel = new BroadcastChannel(changesChannel);
  return {
    tell: () => channel.postMessage(null),
    onTold: (listener) => channel.addEventListener('message', listener),
  };
}
