/** Lets one piece of work go at a time, in the order of the calls. What one throws holds up none after it. */
export function createTurns(): {
  inTurn<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves once all work that was given so far has ended. */
  settled(): Promise<void>;
} {
  let last: Promise<void> = Promise.resolve();
  return {
    inTurn(work) {
      const turn = last.then(work);
      last = turn.then(
        () => {},
        () => {},
      );
      return turn;
    },
    settled: () => last,
  };
}
