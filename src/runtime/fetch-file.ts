import type { TimeLimits } from '../engine/package/file-source';
import { startTransfer } from '../engine/package/transfer';

/**
 * A file of this page's own server. The response comes with its body, so that nobody waits on it for ever: rejects
 * with "package-timeout" where the server accepts and never answers, or stops in the middle (`defaultLimits` of
 * transfer.ts), and with what `fetch` rejects with.
 */
export async function fetchFile(
  url: string,
  fetch: (url: string, init?: RequestInit) => Promise<Response> = globalThis.fetch,
  limits?: TimeLimits,
): Promise<Response> {
  const source = { fetch: (_: unknown, init?: RequestInit) => fetch(url, init), ...(limits && { limits }) };
  const { response, pieces } = await startTransfer(source, url, url, {});
  const { status, headers } = response;
  if (!response.ok) return new Response(null, { status, headers });
  const parts: Uint8Array<ArrayBuffer>[] = [];
  for await (const piece of pieces) parts.push(piece as Uint8Array<ArrayBuffer>);
  return new Response(new Blob(parts, { type: headers.get('content-type') ?? '' }), { status, headers });
}
