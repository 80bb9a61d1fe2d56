import fc from 'fast-check';

/** What two tabs do at once, in any order, and what of the browser is between them. */

export const numRuns = process.env.FUZZ_RUNS ? 100 : 8;
export const seed = 20_261_130;

/** Rounds of steps; those of a round begin at once, each after so many turns of the clock. */
export const rounds = <What extends string>(...whats: readonly What[]) =>
  fc.array(
    fc.array(
      fc.record({
        tab: fc.constantFrom(0, 1),
        what: fc.constantFrom(...whats),
        wait: fc.nat(6),
        pick: fc.nat(20),
      }),
      { minLength: 1, maxLength: 5 },
    ),
    { minLength: 1, maxLength: 4 },
  );
export const turns = async (count: number) => {
  for (let turn = 0; turn < count; turn++) await new Promise((resolve) => setImmediate(resolve));
};

/** As BroadcastChannel: every tab hears the others, never itself. */
export function channels() {
  const listeners: { own: object; hear: () => void }[] = [];
  return () => {
    const own = {};
    return {
      postMessage: () => {
        for (const listener of listeners) if (listener.own !== own) setImmediate(listener.hear);
      },
      addEventListener: (_name: string, hear: () => void) => listeners.push({ own, hear }),
    } as unknown as BroadcastChannel;
  };
}

/** Locks as the browser's, as far as tabs ask for them. */
export function lockManager() {
  const held = new Map<string, Promise<unknown>>();
  type Work = (lock: { name: string } | null) => unknown;
  return {
    async request(name: string, ...given: [Work] | [{ ifAvailable?: boolean }, Work]) {
      const work = given.at(-1) as Work;
      const { ifAvailable = false } = given.length > 1 ? (given[0] as { ifAvailable?: boolean }) : {};
      while (held.has(name)) {
        if (ifAvailable) return work(null);
        await held.get(name);
      }
      const working = (async () => work({ name }))().finally(() => held.delete(name));
      held.set(name, working);
      return working;
    },
    query: async () => ({ held: [...held.keys()].map((name) => ({ name })), pending: [] }),
  } as unknown as Pick<LockManager, 'request' | 'query'>;
}
