import { headersOf, isolation } from './headers';

/**
 * The same answer with the headers of a page or of a worker's script, where the host has not sent its own.
 * Anything else needs none. A host's own header stays, because it may be the stricter one.
 */
export function withHeaders(request: Pick<Request, 'destination'>, response: Response): Response {
  const kind = kinds[request.destination];
  if (!kind) return response;
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries({ ...headersOf(kind), ...isolation })) {
    if (!headers.has(name)) headers.set(name, value);
  }
  const { status, statusText, body } = response;
  return new Response(body, { status, statusText, headers });
}

const kinds: Partial<Record<RequestDestination, 'document' | 'file'>> = {
  document: 'document',
  iframe: 'document',
  worker: 'file',
  sharedworker: 'file',
};
