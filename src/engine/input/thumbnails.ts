import { type Remote, wrap } from 'comlink';
import { afterAwake } from '../awake-timer';
import type { OpenWorker } from './open-worker';

/** Small pictures of photos, for lists. */
export interface Thumbnails {
  /** A `data:` URL; null for a file that is no photo; undefined before `make` has made it. */
  known(image: Blob): string | null | undefined;
  /** Makes one and remembers it as long as the image. Rejects where the signal ends the waiting. */
  make(image: Blob, signal: AbortSignal): Promise<string | null>;
}

/**
 * Thumbnails made in a worker, one at a time: a photo of 24 megapixels is 96 MB while it is decoded. The
 * latest wish comes first, because the rows in view asked last.
 */
export function createThumbnails(draw: (image: Blob) => Promise<string | null> = inWorker()): Thumbnails {
  const made = new WeakMap<Blob, string | null>();
  const waiting: { image: Blob; signal: AbortSignal; end: () => void }[] = [];
  let busy = false;
  async function work(): Promise<void> {
    if (busy) return;
    busy = true;
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      if (!next.signal.aborted && !made.has(next.image))
        made.set(next.image, await draw(next.image).catch(() => null));
      next.end();
    }
    busy = false;
  }
  return {
    known: (image) => made.get(image),
    async make(image, signal) {
      if (!made.has(image)) {
        await new Promise<void>((end) => {
          waiting.push({ image, signal, end });
          void work();
        });
      }
      const url = made.get(image);
      if (url === undefined) throw signal.reason;
      return url;
    },
  };
}

/**
 * A worker that dies, or is not done within `limitMs`, costs the thumbnail that it was at; the next one starts
 * another.
 */
function inWorker(limitMs = 60_000): (image: Blob) => Promise<string | null> {
  let live: { remote: Remote<OpenWorker>; died: Promise<null>; end(): void } | null = null;
  function start() {
    // Vite finds a worker only where its URL stands in the call.
    const worker = new Worker(new URL('./open-worker.ts', import.meta.url), {
      type: 'module',
      name: 'lentigo-thumbnails',
    });
    let end = () => {};
    const died = new Promise<null>((resolve) => {
      end = () => {
        worker.terminate();
        live = null;
        resolve(null);
      };
    });
    worker.addEventListener('error', end);
    return { remote: wrap<OpenWorker>(worker), died, end };
  }
  return (image) => {
    live ??= start();
    const stop = afterAwake(limitMs, live.end);
    return Promise.race([live.remote.drawThumbnail(image), live.died]).finally(stop);
  };
}
