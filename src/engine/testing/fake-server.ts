import type { FileSource } from '../package/files';
import type { TinyPackage } from './build-package';

/** A server of packages and a browser cache in memory, for tests; what they hold and what they were asked for is open to view. */
export class FakeServer {
  readonly models = new URL('https://lentigo.test/models/');
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly cached = new Map<string, Uint8Array<ArrayBuffer>>();
  readonly requests: string[] = [];
  online = true;
  storageFull = false;

  constructor(...packages: TinyPackage[]) {
    const ids = packages.map(({ card }) => card.id);
    this.put('index.json', new TextEncoder().encode(JSON.stringify({ packages: ids })));
    for (const { card, files } of packages) {
      for (const [name, bytes] of files) this.put(`${card.id}/${name}`, bytes);
    }
  }

  put(path: string, bytes: Uint8Array): void {
    this.files.set(new URL(path, this.models).href, new Uint8Array(bytes));
  }

  get source(): FileSource {
    const { cached } = this;
    const cache = {
      match: async (key: string) => {
        const bytes = cached.get(key);
        return bytes && new Response(bytes);
      },
      put: async (key: string, response: Response) => {
        if (this.storageFull) throw new DOMException('no room', 'QuotaExceededError');
        cached.set(key, new Uint8Array(await response.arrayBuffer()));
      },
      delete: async (key: string) => cached.delete(key),
      keys: async () => [...cached.keys()].map((url) => ({ url })),
    };
    const caches = { open: async () => cache };
    return { fetch: (url) => this.answer(String(url)), caches: caches as unknown as CacheStorage };
  }

  private async answer(url: string): Promise<Response> {
    if (!this.online) throw new TypeError('Failed to fetch');
    this.requests.push(url.replace(this.models.href, ''));
    const bytes = this.files.get(url);
    return bytes ? new Response(bytes) : new Response('Not found.', { status: 404 });
  }
}
