/** Images over which the rate is taken. */
const over = 20;

/**
 * Each call says that one more image is answered, and gives back how many a minute it now is, over the last
 * ones. `now` in milliseconds.
 */
export function createRate(now: () => number): () => number {
  const times = [now()];
  return () => {
    times.push(now());
    if (times.length > over + 1) times.shift();
    const minutes = ((times.at(-1) as number) - (times[0] as number)) / 60_000;
    return (times.length - 1) / minutes;
  };
}
