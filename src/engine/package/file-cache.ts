import { EngineError, messageOf } from '../engine-error';

/** Why the browser does not keep a file: there is no room, or it keeps nothing for this page. */
export type StorageFailure = 'storage-full' | 'storage-denied';

export interface CachedFile {
  data: ArrayBuffer;
  headers: Headers;
}

/** Everything of ours in the browser's Cache API. */
export const cacheName = 'lentigo-files';

/**
 * The files that this browser keeps for the page. Any call of the Cache API may fail: where a person blocks
 * site data, in some private windows, on a damaged disk. Reading then finds nothing and the file is fetched;
 * writing answers with the reason.
 */
export class FileCache {
  /** `storage` may throw: browsers that withhold the Cache API do so when it is asked for. */
  constructor(private readonly storage: () => CacheStorage | null | undefined) {}

  /** Null for what is not there or cannot be read. */
  async read(url: string): Promise<CachedFile | null> {
    return this.ask(`read ${url}`, async (cache) => {
      const response = await cache.match(url);
      return response ? { data: await response.arrayBuffer(), headers: response.headers } : null;
    });
  }

  /** The addresses of all files; null where the browser does not say. */
  async urls(): Promise<string[] | null> {
    return this.ask('list', async (cache) => (await cache.keys()).map(({ url }) => url));
  }

  /** Null once it is kept. */
  async write(
    url: string,
    data: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<StorageFailure | null> {
    try {
      const cache = await this.open();
      if (!cache) return 'storage-denied';
      await cache.put(url, new Response(data, { headers }));
      return null;
    } catch (error) {
      console.warn(`Not kept for the next visit: ${messageOf(error)}`);
      return isFull(error) ? 'storage-full' : 'storage-denied';
    }
  }

  /** Whether the file was there. Throws `storage-denied` where the browser does not remove it. */
  async remove(url: string): Promise<boolean> {
    try {
      return (await (await this.open())?.delete(url)) ?? false;
    } catch (error) {
      throw new EngineError('storage-denied', { reason: messageOf(error) });
    }
  }

  /** Removes a file where the browser does so; nothing depends on it. */
  async forget(url: string): Promise<void> {
    await this.remove(url).catch((error) => console.warn(messageOf(error)));
  }

  private async ask<T>(what: string, question: (cache: Cache) => Promise<T>): Promise<T | null> {
    try {
      const cache = await this.open();
      return cache && (await question(cache));
    } catch (error) {
      console.warn(`The browser's cache does not ${what}: ${messageOf(error)}`);
      return null;
    }
  }

  private async open(): Promise<Cache | null> {
    return (await this.storage()?.open(cacheName)) ?? null;
  }
}

const isFull = (error: unknown) =>
  (error as { name?: unknown } | null)?.name === 'QuotaExceededError' ||
  /quota|no space/i.test(messageOf(error));
