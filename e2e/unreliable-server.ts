import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopbackHost } from '../scripts/loopback';
import type { RunningServer } from '../scripts/serve';

/**
 * What can happen to a file on its way: the connection breaks in the middle; it is not there; only its first
 * half was ever published.
 */
export type Mishap = 'cut' | 'missing' | 'truncated';

export interface UnreliableServer extends RunningServer {
  /** By the end of a path. May change while the server runs. */
  readonly mishaps: Map<string, Mishap>;
  /** What was asked for, in order, as "path" or "path bytes=50-". */
  readonly requests: string[];
}

/** Passes everything on to another server, but for the mishaps. */
export async function serveUnreliably(behind: string): Promise<UnreliableServer> {
  const mishaps = new Map<string, Mishap>();
  const requests: string[] = [];
  const server = createServer((incoming, outgoing) => {
    if (!isLoopbackHost(incoming.headers.host)) {
      outgoing.writeHead(421).end();
      return;
    }
    const path = incoming.url ?? '/';
    const { range } = incoming.headers;
    requests.push(range ? `${path} ${range}` : path);
    const [, mishap] = [...mishaps].find(([end]) => path.endsWith(end)) ?? [];
    passOn(new URL(path, behind), incoming, outgoing, mishap);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    mishaps,
    requests,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function passOn(url: URL, incoming: IncomingMessage, outgoing: ServerResponse, mishap?: Mishap): void {
  if (mishap === 'missing') {
    outgoing.writeHead(404).end('Not found.');
    return;
  }
  const inner = request(url, { headers: { ...incoming.headers, host: url.host } }, (response) => {
    if (!mishap) {
      outgoing.writeHead(response.statusCode ?? 500, response.headers);
      response.pipe(outgoing);
      return;
    }
    const parts: Buffer[] = [];
    response.on('data', (part: Buffer) => parts.push(part));
    response.on('end', () => {
      const whole = Buffer.concat(parts);
      const half = whole.subarray(0, whole.length >> 1);
      const length = String(mishap === 'cut' ? whole.length : half.length);
      outgoing.writeHead(response.statusCode ?? 500, { ...response.headers, 'content-length': length });
      if (mishap === 'truncated') outgoing.end(half);
      // What was sent has to arrive before the connection breaks.
      else outgoing.write(half, () => setTimeout(() => outgoing.destroy(), 200));
    });
  });
  inner.on('error', () => outgoing.destroy());
  inner.end();
}
