import type { Progress } from '../engine';
import { EngineError } from '../engine-error';
import type { FetchedNetwork } from './artifacts';

type Fetch = (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<FetchedNetwork>;

interface Arrival {
  network: Promise<FetchedNetwork>;
  controller: AbortController;
  listeners: Set<(progress: Progress) => void>;
}

/**
 * Downloads under way. Whoever wants the same package shares one; it ends early once nobody wants it any
 * more.
 */
export class Arrivals {
  private readonly underWay = new Map<string, Arrival>();

  /** Joins the download of a package, or starts it. Throws `cancelled` as soon as `signal` aborts. */
  async join(
    id: string,
    signal: AbortSignal,
    onProgress: (progress: Progress) => void,
    fetch: Fetch,
  ): Promise<FetchedNetwork> {
    const arrival = this.underWay.get(id) ?? this.start(id, fetch);
    arrival.listeners.add(onProgress);
    let leave = () => {};
    const left = new Promise<never>((_, reject) => {
      leave = () => {
        arrival.listeners.delete(onProgress);
        if (arrival.listeners.size === 0) this.end(id, arrival);
        reject(new EngineError('cancelled'));
      };
    });
    left.catch(() => {});
    if (signal.aborted) leave();
    signal.addEventListener('abort', leave, { once: true });
    const network = await Promise.race([arrival.network, left]);
    const whole = Promise.race([network.whole, left]);
    whole.catch(() => {}).finally(() => signal.removeEventListener('abort', leave));
    return { ...network, whole };
  }

  private start(id: string, fetch: Fetch): Arrival {
    const controller = new AbortController();
    const listeners: Arrival['listeners'] = new Set();
    const tell = (progress: Progress) => {
      for (const listener of listeners) listener(progress);
    };
    const arrival = { network: fetch(controller.signal, tell), controller, listeners };
    this.underWay.set(id, arrival);
    const drop = () => {
      if (this.underWay.get(id) === arrival) this.underWay.delete(id);
    };
    // A file that is here once is read from the cache the next time.
    arrival.network.then(({ whole }) => whole).then(drop, drop);
    return arrival;
  }

  private end(id: string, arrival: Arrival): void {
    if (this.underWay.get(id) === arrival) this.underWay.delete(id);
    arrival.controller.abort();
  }
}
