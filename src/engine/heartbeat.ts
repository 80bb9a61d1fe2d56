import { afterAwake } from './awake-timer';

/**
 * Pings at a tenth of `timeoutMs`, and calls `onSilence` once when an answer takes longer than `timeoutMs`
 * (milliseconds that this tab is awake). Returns the function that stops it. A worker that runs a pass on WASM answers only after
 * the pass, so the timeout must be long.
 */
export function listenForHeartbeat(
  ping: () => Promise<unknown>,
  timeoutMs: number,
  onSilence: () => void,
): () => void {
  let stop = () => {};
  let ended = false;
  const next = () => {
    stop();
    if (ended) return;
    const timer = setTimeout(sendPing, timeoutMs / 10);
    stop = () => clearTimeout(timer);
  };
  const sendPing = () => {
    stop = afterAwake(timeoutMs, onSilence);
    // A ping that fails is the business of the call that it was to watch over.
    ping().then(next, next);
  };
  sendPing();
  return () => {
    ended = true;
    stop();
  };
}
