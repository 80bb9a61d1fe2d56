/** The other tabs of this browser, as those that write the same records hear of each other. */
export interface TabChannel {
  /** Tells them that something was written. */
  tell(): void;
  /** Calls back when one of them has written something. */
  onTold(listener: () => void): void;
}

/** `channel`: null where the browser has none; then nobody is told. */
export const tabChannel = (
  channel: Pick<BroadcastChannel, 'postMessage' | 'addEventListener'> | null,
): TabChannel => ({
  tell: () => channel?.postMessage(null),
  onTold: (listener) => channel?.addEventListener('message', listener),
});
