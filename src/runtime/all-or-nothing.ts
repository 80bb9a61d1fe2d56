/** What is asked of a transaction of `idb`. */
interface Transaction {
  done: Promise<void>;
  abort(): void;
}

const ignore = () => {};

/**
 * Does `work` in a transaction and waits for its end. Where a request is refused, even one that throws at once,
 * nothing of the transaction stays: by itself, IndexedDB writes what was asked for before. Rejects with the
 * browser's own error. `work` waits for requests of the transaction alone, which else ends by itself.
 */
export async function allOrNothing<T>(transaction: Transaction, work: () => T | Promise<T>): Promise<T> {
  const done = transaction.done;
  done.catch(ignore);
  try {
    const result = await work();
    await done;
    return result;
  } catch (error) {
    try {
      transaction.abort();
    } catch {
      // It has ended already.
    }
    throw error;
  }
}

type Request = () => Promise<unknown>;

/** Asks for all of it, one after the other without a wait, and waits for all of it. */
export async function together(requests: Iterable<Request | null | false>): Promise<void> {
  await answersTo([...requests].filter((request) => !!request));
}

/** As `together`, with the answers in the order of the requests. */
export async function answersTo<const All extends readonly Request[]>(
  requests: All,
): Promise<{ -readonly [Index in keyof All]: Awaited<ReturnType<All[Index]>> }> {
  const asked = requests.map((request) => {
    const answer = request();
    // Where a later one throws at once, nobody waits for this one.
    answer.catch(ignore);
    return answer;
  });
  return (await Promise.all(asked)) as { -readonly [Index in keyof All]: Awaited<ReturnType<All[Index]>> };
}
