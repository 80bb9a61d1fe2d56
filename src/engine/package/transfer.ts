import { afterAwake } from '../awake-timer';
import { EngineError, messageOf, throwIfAborted } from '../engine-error';
import type { FileSource, TimeLimits } from './file-source';

/** Phones on a poor line answer within seconds; a server that says nothing for this long is not going to. */
export const defaultLimits: TimeLimits = { answerMs: 20_000, pauseMs: 30_000 };

type Ask = (url: URL | string, init?: RequestInit) => Promise<Response>;

export interface Transfer {
  response: Response;
  /** The body, piece by piece. Throws `package-timeout` where none comes for `pauseMs`. */
  pieces: AsyncGenerator<Uint8Array>;
}

/**
 * Asks a server for a file, and gives it up where it is silent for too long: some accept and never answer,
 * others stop in the middle. Throws `package-timeout`, `cancelled`, and what `fetch` throws. `file`: its
 * name, for messages.
 */
export async function startTransfer(
  { fetch, limits = defaultLimits }: { fetch: Ask; limits?: TimeLimits },
  url: URL | string,
  file: string,
  { signal, ...init }: RequestInit & { signal?: AbortSignal },
): Promise<Transfer> {
  if (signal) throwIfAborted(signal);
  const controller = new AbortController();
  const abort = () => controller.abort();
  signal?.addEventListener('abort', abort, { once: true });
  /** One step of the transfer. Rejects by itself: not every `fetch` ends when it is aborted. */
  const within = <T>(step: Promise<T>, milliseconds: number) =>
    new Promise<T>((resolve, reject) => {
      const cancel = () => reject(new EngineError('cancelled'));
      controller.signal.addEventListener('abort', cancel, { once: true });
      const stop = afterAwake(milliseconds, () => {
        reject(new EngineError('package-timeout', { file, seconds: milliseconds / 1000 }));
        abort();
      });
      step.then(resolve, reject).finally(() => {
        stop();
        controller.signal.removeEventListener('abort', cancel);
      });
    });

  const response = await within(fetch(url, { ...init, signal: controller.signal }), limits.answerMs);

  async function* pieces() {
    const reader = response.body?.getReader();
    if (!reader) return;
    try {
      for (;;) {
        const { done, value } = await within(reader.read(), limits.pauseMs);
        if (done) return;
        yield value;
      }
    } finally {
      signal?.removeEventListener('abort', abort);
      // Not waited for: a server that stopped does not answer to this either.
      reader.cancel().catch(() => {});
    }
  }
  return { response, pieces: pieces() };
}

/** A whole text file. Throws `package-unavailable`, `package-timeout` and `cancelled`. */
export async function fetchText(source: FileSource, url: URL, file: string): Promise<string> {
  try {
    const { response, pieces } = await startTransfer(source, url, file, { cache: 'no-cache' });
    if (!response.ok) throw new EngineError('package-unavailable', { file, status: response.status });
    const decoder = new TextDecoder();
    let text = '';
    for await (const piece of pieces) text += decoder.decode(piece, { stream: true });
    return text + decoder.decode();
  } catch (error) {
    if (error instanceof EngineError) throw error;
    throw new EngineError('package-unavailable', { file, reason: messageOf(error) });
  }
}
