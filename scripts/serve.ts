import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, resolve, sep } from 'node:path';
import { headersOf, isolation } from '../src/service-worker/headers';
import { CompressedFiles } from './compressed';
import { isLoopbackHost } from './loopback';

export interface ServeOptions {
  /** Folder that answers "/". */
  folder: string;
  /** First port to try. With `exact` unset, the next free one is taken; 0 lets the system choose. */
  port: number;
  exact?: boolean;
  /** Cross-origin isolation, which WASM threads need. On unless told otherwise. */
  isolated?: boolean;
  /** More folders, by URL prefix: {"/photos/": "/home/me/photos"}. */
  mounts?: Record<string, string>;
  /** Names to answer to besides those of this machine, for a test that needs another. */
  hosts?: readonly string[];
}

export interface RunningServer {
  /** "http://127.0.0.1:5173/" */
  url: string;
  close(): Promise<void>;
}

const mimeTypes: Record<string, string> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.mjs': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.webmanifest': 'application/manifest+json; charset=utf-8',
  '.wasm': 'application/wasm',
  '.bin': 'application/octet-stream',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.jpeg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
  '.csv': 'text/csv; charset=utf-8',
  '.ttf': 'font/ttf',
};

const portsToTry = 20;

/** Serves static files to this machine only (127.0.0.1). Throws when no port is free. */
export async function serve(options: ServeOptions): Promise<RunningServer> {
  const compressed = new CompressedFiles();
  const server = createServer((request, response) => {
    answer(request, response, options, compressed).catch((error: unknown) => {
      console.error(`The server failed on ${request.url}:`, error);
      response.destroy();
    });
  });
  const port = await listen(server, options.port, options.exact || options.port === 0 ? 1 : portsToTry);
  return {
    url: `http://127.0.0.1:${port}/`,
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

async function listen(server: Server, first: number, tries: number): Promise<number> {
  for (let port = first; port < first + tries; port++) {
    const taken = await new Promise<boolean>((done, fail) => {
      server.once('error', (error: NodeJS.ErrnoException) =>
        error.code === 'EADDRINUSE' ? done(true) : fail(error),
      );
      server.listen(port, '127.0.0.1', () => done(false));
    });
    server.removeAllListeners('error');
    const address = server.address();
    if (!taken && address !== null && typeof address === 'object') return address.port;
  }
  throw new Error(
    tries === 1 ? `Port ${first} is taken.` : `Ports ${first} to ${first + tries - 1} are all taken.`,
  );
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: ServeOptions,
  compressed: CompressedFiles,
): Promise<void> {
  if (!isLoopbackHost(request.headers.host, options.hosts))
    return refuse(response, 421, 'This server answers to localhost only.');
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return refuse(response, 405, 'Only GET and HEAD.');
  const path = decodePath(request.url ?? '/');
  const file = path === null ? null : locate(path, options);
  const found = file === null ? null : await stat(file).catch(() => null);
  if (path === null || file === null || !found?.isFile()) return refuse(response, 404, 'Not found.');

  const headers: Record<string, string> = {
    'Content-Type': mimeTypes[extname(file).toLowerCase()] ?? 'application/octet-stream',
    'Last-Modified': found.mtime.toUTCString(),
    'Accept-Ranges': 'bytes',
    Vary: 'Accept-Encoding',
    // Names under assets/ carry a hash of their content; everything else is asked for again.
    'Cache-Control': path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    ...headersOf(file.endsWith('.html') ? 'document' : 'file'),
    ...((options.isolated ?? true) ? isolation : {}),
  };
  const since = Date.parse(request.headers['if-modified-since'] ?? '');
  if (Math.floor(found.mtimeMs / 1000) * 1000 <= since) {
    response.writeHead(304, headers).end();
    return;
  }
  const range = parseRange(wantedRange(request, headers), found.size);
  if (range === 'unsatisfiable')
    return refuse(response, 416, 'No such range.', { 'Content-Range': `bytes */${found.size}` });
  // A part is always of the file as it is.
  const encodings = range ? '' : request.headers['accept-encoding'];
  const body = await compressed.find(file, found, headers['Content-Type'] ?? '', String(encodings ?? ''));
  if (body) {
    response.writeHead(200, {
      ...headers,
      'Content-Encoding': 'gzip',
      'Content-Length': String(body.length),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
    return;
  }
  const [start, end] = range ?? [0, found.size - 1];
  if (range) headers['Content-Range'] = `bytes ${start}-${end}/${found.size}`;
  headers['Content-Length'] = String(end - start + 1);
  response.writeHead(range ? 206 : 200, headers);
  if (request.method === 'HEAD' || found.size === 0) {
    response.end();
    return;
  }
  createReadStream(file, { start, end })
    .on('error', () => response.destroy())
    .pipe(response);
}

function refuse(
  response: ServerResponse,
  status: number,
  sentence: string,
  headers: Record<string, string> = {},
): void {
  response.writeHead(status, { 'Content-Type': mimeTypes['.txt'], ...headers }).end(`${sentence}\n`);
}

function decodePath(url: string): string | null {
  try {
    const path = decodeURIComponent(new URL(url, 'http://localhost').pathname);
    return path.includes('\0') ? null : path;
  } catch {
    return null;
  }
}

/** The file that a URL path stands for, or null where it would leave the folder. */
function locate(path: string, { folder, mounts = {} }: ServeOptions): string | null {
  const prefix = Object.keys(mounts).find((mount) => path.startsWith(mount));
  const base = resolve(prefix === undefined ? folder : (mounts[prefix] ?? folder));
  const relative = prefix === undefined ? path.slice(1) : path.slice(prefix.length);
  const file = normalize(
    join(base, relative === '' || relative.endsWith('/') ? `${relative}index.html` : relative),
  );
  return file.startsWith(base.endsWith(sep) ? base : base + sep) ? file : null;
}

/** The range asked for, unless it is meant for another version of the file (RFC 9110, 13.1.5). */
function wantedRange({ headers }: IncomingMessage, now: Record<string, string>): string | undefined {
  const version = headers['if-range'];
  return version === undefined || version === now['Last-Modified'] ? headers.range : undefined;
}

/** One range of bytes, both ends included; null where the whole file is meant (RFC 9110, 14.2). */
function parseRange(header: string | undefined, size: number): [number, number] | 'unsatisfiable' | null {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header ?? '');
  if (!match || (match[1] === '' && match[2] === '')) return null;
  const [, first, last] = match;
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first);
  const end = first === '' || last === '' ? size - 1 : Math.min(Number(last), size - 1);
  return start > end || start >= size ? 'unsatisfiable' : [start, end];
}
