import { FileCache } from '../package/file-cache';
import type { FileSource, TimeLimits } from '../package/file-source';
import type { TinyPackage } from './build-package';
import type { TinyPanel } from './tiny-panel';

/** Calls of the Cache API, from the global itself to the bytes of what was found. */
export const cacheCalls = ['caches', 'open', 'match', 'arrayBuffer', 'put', 'delete', 'keys'] as const;
export type CacheCall = (typeof cacheCalls)[number];

/**
 * A server of packages and a browser cache in memory, for tests; what they hold and what they were asked for
 * is open to view.
 */
export class FakeServer {
  readonly models = new URL('https://lentigo.test/models/');
  readonly files = new Map<string, Uint8Array<ArrayBuffer>>();
  private readonly cachedHeaders = new Map<string, Headers>();
  readonly cached = new Map<string, Uint8Array<ArrayBuffer>>();
  /** Paths, with "from <byte>" where only the rest of a file was asked for. */
  readonly requests: string[] = [];
  online = true;
  /** Whether it knows ranges. */
  ranges = true;
  /** The connection breaks after so many bytes of any one answer. */
  cutAfter = Number.POSITIVE_INFINITY;
  storageFull = false;
  /** What happens elsewhere before a file is written; the file's address. */
  onPut: (url: string) => void = () => {};
  /**
   * What it answers for a path in place of the file; a promise that never settles is a server that never
   * answers.
   */
  readonly replies = new Map<string, () => Response | Promise<Response>>();
  /** How long it may be silent. */
  limits?: TimeLimits;
  /** Calls of the Cache API that fail, as where a person blocks site data. */
  readonly brokenCalls = new Set<CacheCall>();

  constructor(...packages: (TinyPackage | TinyPanel)[]) {
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
    const { cached, cachedHeaders } = this;
    const limits = () => this.limits;
    const fail = (call: CacheCall) => {
      if (this.brokenCalls.has(call)) throw new DOMException(`${call} is broken`, 'UnknownError');
    };
    const cache = {
      match: async (key: string) => {
        fail('match');
        const bytes = cached.get(key);
        const response = bytes && new Response(bytes, { headers: cachedHeaders.get(key) ?? {} });
        if (response && this.brokenCalls.has('arrayBuffer'))
          response.arrayBuffer = async () => fail('arrayBuffer') as never;
        return response;
      },
      put: async (key: string, response: Response) => {
        fail('put');
        this.onPut(key);
        if (this.storageFull) throw new DOMException('no room', 'QuotaExceededError');
        cached.set(key, new Uint8Array(await response.arrayBuffer()));
        cachedHeaders.set(key, response.headers);
      },
      delete: async (key: string) => {
        fail('delete');
        return cached.delete(key);
      },
      keys: async () => {
        fail('keys');
        return [...cached.keys()].map((url) => ({ url }));
      },
    };
    const open = async () => {
      fail('open');
      return cache;
    };
    return {
      get limits() {
        return limits();
      },
      fetch: (url, init) => this.answer(String(url), new Headers(init?.headers)),
      cache: new FileCache(() => {
        fail('caches');
        return { open } as unknown as CacheStorage;
      }),
    };
  }

  private async answer(url: string, headersSent: Headers): Promise<Response> {
    if (!this.online) throw new TypeError('Failed to fetch');
    const bytes = this.files.get(url);
    const from = Number(/^bytes=(\d+)-$/.exec(headersSent.get('Range') ?? '')?.[1] ?? 0);
    this.requests.push(url.replace(this.models.href, '') + (from > 0 ? ` from ${from}` : ''));
    const reply = this.replies.get(url.replace(this.models.href, ''));
    if (reply) return reply();
    if (!bytes) return new Response('Not found.', { status: 404 });
    const headers = { ETag: versionOf(bytes) };
    const partly = this.ranges && from > 0 && (headersSent.get('If-Range') ?? headers.ETag) === headers.ETag;
    if (partly && from >= bytes.length) return new Response('No such range.', { status: 416 });
    if (!partly) return new Response(this.line(bytes), { headers });
    const range = { 'Content-Range': `bytes ${from}-${bytes.length - 1}/${bytes.length}` };
    return new Response(this.line(bytes.slice(from)), { status: 206, headers: { ...headers, ...range } });
  }

  /** Bytes on their way, as far as the connection carries them. */
  private line(bytes: Uint8Array<ArrayBuffer>): ReadableStream<Uint8Array<ArrayBuffer>> {
    const { cutAfter } = this;
    let sent = false;
    return new ReadableStream({
      pull(controller) {
        // What was sent is delivered before the break is felt.
        if (bytes.length > cutAfter && cutAfter > 0 && !sent) {
          sent = true;
          return controller.enqueue(bytes.slice(0, cutAfter));
        }
        if (bytes.length > cutAfter) return controller.error(new TypeError('network error'));
        controller.enqueue(bytes);
        controller.close();
      },
    });
  }
}

/** The same for the same bytes. */
function versionOf(bytes: Uint8Array): string {
  const sum = bytes.reduce((hash, byte) => (Math.imul(hash, 31) + byte) >>> 0, 7);
  return `"${bytes.length}-${sum}"`;
}
