/**
 * Lets everything run that is ready to: promises, messages, reads of a Blob. It takes turns of the event loop
 * and waits for no clock, so a busy machine changes nothing.
 */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < turns; turn++) await new Promise<void>((resolve) => setImmediate(resolve));
}

/** More than any chain of messages in a test needs. */
const turns = 20;
