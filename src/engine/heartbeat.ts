/**
 * Pings again and again, ten times as often as its patience is long, and calls `onSilence` once when an answer stays out that long (in
 * milliseconds). Gives the function that ends it. A worker deep in a pass on WASM answers only after the pass, hence long patience.
 */
export function listenForHeartbeat(
  ping: () => Promise<unknown>,
  patience: number,
  onSilence: () => void,
): () => void {
  let timer: ReturnType<typeof setTimeout>;
  let ended = false;
  const next = () => {
    clearTimeout(timer);
    if (!ended) timer = setTimeout(beat, patience / 10);
  };
  const beat = () => {
    timer = setTimeout(onSilence, patience);
    // A ping that fails is the business of the call that it was to watch over.
    ping().then(next, next);
  };
  beat();
  return () => {
    ended = true;
    clearTimeout(timer);
  };
}
