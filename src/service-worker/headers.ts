/**
 * The headers that the built page is served with: by `npm start`, by the start scripts in dist/, and, on a
 * static host that cannot send any, by the service worker. docs/deploy.md gives them to other servers.
 */

/** Cross-origin isolation, without which the browser gives WASM no threads. */
export const isolation = {
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Embedder-Policy': 'require-corp',
} as const;

/**
 * What a page of ours may do. `connect-src` is the promise that nothing leaves this machine, kept by the
 * browser itself: `blob:` is what the page holds in memory, and a frame of it is a report on its way to the
 * printer. Styles are inline because Mantine writes its variables into a <style> element of its own; a nonce
 * would need a server that makes one for each answer. Pictures come from files that the user opened (blob:)
 * and from canvases (data:).
 */
export const documentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' blob: data:",
  "media-src 'self' blob:",
  "font-src 'self'",
  "connect-src 'self' blob:",
  'frame-src blob:',
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');

/**
 * What the engine's worker may do; a worker has the policy of its own file, not that of the page. WASM
 * threads are workers made from a blob, which read the module's script from another blob.
 */
export const workerPolicy = [
  "default-src 'none'",
  "script-src 'self' blob: 'wasm-unsafe-eval'",
  "connect-src 'self'",
  "worker-src 'self' blob:",
].join('; ');

/** Of a page (`document`) or of any other file, which may be a worker's script. */
export function headersOf(kind: 'document' | 'file'): Record<string, string> {
  return {
    'Content-Security-Policy': kind === 'document' ? documentPolicy : workerPolicy,
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    'X-Content-Type-Options': 'nosniff',
  };
}
