/// <reference lib="webworker" />
/**
 * The service worker: keeps the page (the shell) so that it opens at once and without network, and gives it
 * the headers that a plain static host does not send. Model packages never pass through here; the engine
 * keeps those (src/engine/package/files.ts).
 */
import { clientsClaim } from 'workbox-core';
import { addPlugins, cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { CacheFirst, NetworkFirst } from 'workbox-strategies';
import { withHeaders } from './with-headers';

declare const self: ServiceWorkerGlobalScope;
// Put in by vite/service-worker.ts.
declare const __SHELL__: PrecachedFile[];
declare const __ON_DEMAND__: OnDemandFile[];
declare const __DOCS__: OnDemandFile[];

export interface PrecachedFile {
  /** Relative to this file. */
  url: string;
  /** Changes with the content; null where the name does. */
  revision: string | null;
}

/** Large and rarely wanted: kept once it was fetched, or when the person asks for it. */
export interface OnDemandFile {
  url: string;
  bytes: number;
  /** Adds something that the page can do: HEIC photos, Korean reports, help. */
  extra: boolean;
}

/**
 * What the page may ask; `extras` answers with an `ExtrasState`, `keep-extras` too, after it has fetched
 * them.
 */
export type Question = { type: 'SKIP_WAITING' } | { type: 'extras' } | { type: 'keep-extras' };

/** The extras together, and whether all of them are kept. */
export interface ExtrasState {
  bytes: number;
  cached: boolean;
}

/** Where the browser's cache fails, the network answers. */
const orNetwork = { handlerDidError: async ({ request }: { request: Request }) => fetch(request) };

const headers = {
  handlerWillRespond: async ({ request, response }: { request: Request; response: Response }) =>
    withHeaders(request, response),
};

addPlugins([headers, orNetwork]);
precacheAndRoute(__SHELL__, {
  // Settings of the kiosk may stand behind a question mark; the page is the same.
  ignoreURLParametersMatching: [/.*/],
});
cleanupOutdatedCaches();

const addressOf = (url: string) => new URL(url, self.location.href).href;
const onDemand = new Set(__ON_DEMAND__.map(({ url }) => addressOf(url)));
const docs = new Set(__DOCS__.map(({ url }) => addressOf(url)));
const onDemandCache = `lentigo-on-demand ${self.registration.scope}`;
const docsCache = `lentigo-docs ${self.registration.scope}`;
const wanted = [
  ...__ON_DEMAND__.map((file) => ({ ...file, cacheName: onDemandCache })),
  ...__DOCS__.map((file) => ({ ...file, cacheName: docsCache })),
].filter(({ extra }) => extra);
registerRoute(
  ({ url }) => onDemand.has(url.href),
  new CacheFirst({ cacheName: onDemandCache, plugins: [headers, orNetwork] }),
);

/** Seconds that a server may be silent before what is kept answers: less than the page waits (transfer.ts). */
const networkTimeoutSeconds = 8;

// A host's own samples for the kiosk (docs/kiosk.md): the newest there are, and without network those of the
// last time.
const samples = new URL('samples/', self.registration.scope).href;
registerRoute(
  ({ url }) => url.href.startsWith(samples),
  new NetworkFirst({ cacheName: `lentigo-samples ${self.registration.scope}`, networkTimeoutSeconds }),
);

// The documentation: the newest there is, and without network what was read or kept ahead. Its names hold no hash.
registerRoute(
  ({ url }) => docs.has(url.origin + url.pathname),
  new NetworkFirst({
    cacheName: docsCache,
    networkTimeoutSeconds,
    matchOptions: { ignoreSearch: true },
    plugins: [headers],
  }),
);

// The page takes effect of it at once: on a first visit it may be waiting for its isolation.
clientsClaim();

self.addEventListener('activate', (event) => event.waitUntil(forgetOldFiles()));

self.addEventListener('message', (event) => {
  // A new version waits until the person says so, or until the last tab of the old one is closed.
  const question = event.data as Question | null;
  if (question?.type === 'SKIP_WAITING') void self.skipWaiting();
  if (question?.type === 'extras')
    event.waitUntil(extras().then((state) => event.ports[0]?.postMessage(state)));
  if (question?.type === 'keep-extras') {
    const done = prefetchExtras().catch((error) => console.warn('Not all extras are kept:', error));
    event.waitUntil(done.then(extras).then((state) => event.ports[0]?.postMessage(state)));
  }
});

/** Whoever asks gets an answer, even where the browser's cache fails: then nothing is kept. */
async function extras(): Promise<ExtrasState> {
  const keys = await Promise.all(
    [onDemandCache, docsCache].map((name) =>
      caches
        .open(name)
        .then((cache) => cache.keys())
        .catch(() => []),
    ),
  );
  const cached = new Set(keys.flat().map(({ url }) => url));
  return {
    bytes: wanted.reduce((sum, { bytes }) => sum + bytes, 0),
    cached: wanted.every(({ url }) => cached.has(addressOf(url))),
  };
}

async function prefetchExtras(): Promise<void> {
  for (const { url, cacheName } of wanted) {
    const cache = await caches.open(cacheName);
    if (!(await cache.match(addressOf(url)))) await cache.add(addressOf(url));
  }
}

async function forgetOldFiles(): Promise<void> {
  for (const [name, known] of [
    [onDemandCache, onDemand],
    [docsCache, docs],
  ] as const) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      if (!known.has(request.url.replace(/\?.*/, ''))) await cache.delete(request);
    }
  }
}
