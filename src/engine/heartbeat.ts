/**
 * Pings at a tenth of `timeoutMs`, and calls `onSilence` once when an answer takes longer than `timeoutMs`
 * (milliseconds). Returns the function that stops it. A worker that runs a pass on WASM answers only after
 * the pass, so the timeout must be long.
 */
export function listenForHeartbeat(
  ping: () => Promise<unknown>,
  timeoutMs: number,
  onSilence: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let ended = false;
  const next = () => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(sendPing, timeoutMs / 10);
  };
  const sendPing = () => {
    timer = setTimeout(onSilence, timeoutMs);
    // A ping that fails is the business of the call that it was to watch over.
    ping().then(next, next);
  };
  sendPing();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
