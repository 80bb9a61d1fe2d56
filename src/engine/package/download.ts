import { EngineError, messageOf, throwIfAborted } from '../engine-error';
import type { FileCache } from './file-cache';
import type { FileEntry, FileSource } from './file-source';
import { startTransfer, type Transfer } from './transfer';

/** The beginning of a file, from a download that was cut or given up. */
interface Part {
  bytes: Uint8Array;
  /** What the server called this version of the file: an ETag or a date; null where it said neither. */
  version: string | null;
}

/**
 * A file from the network. Where an earlier download was cut or given up, it goes on from there: the part is
 * kept in the browser's cache, and the server is asked for the rest, of the same version alone (RFC 9110,
 * 13.1.5 and 14.2). A server that knows no ranges sends all of it again. What is put together so is
 * unverified, like any download. Throws `package-unavailable` where the server does not give it,
 * `package-timeout` where it falls silent, `package-corrupt` where it gives more or less than the card says.
 */
export async function download(
  source: FileSource,
  url: URL,
  entry: FileEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<ArrayBuffer> {
  const { cache } = source;
  const key = partKey(url.origin, entry.sha256);
  const data = new Uint8Array(entry.bytes);
  let done = 0;
  let version: string | null = null;
  try {
    const part = await recallPart(cache, key, entry);
    const { response, pieces } = await request(source, url, entry.path, part, signal);
    if (!response.ok)
      throw new EngineError('package-unavailable', { file: entry.path, status: response.status });
    version = versionOf(response);
    if (part && response.status === 206) {
      data.set(part.bytes);
      done = part.bytes.length;
      onBytes(done);
    }
    for await (const chunk of pieces) {
      if (done + chunk.length > entry.bytes) throw new EngineError('package-corrupt', { file: entry.path });
      data.set(chunk, done);
      done += chunk.length;
      onBytes(chunk.length);
    }
    if (done < entry.bytes) throw new EngineError('package-corrupt', { file: entry.path });
    // Also before anyone knows whether it is intact: what was put together wrongly must not be gone on with.
    await cache.forget(key);
    return data.buffer;
  } catch (error) {
    const code = error instanceof EngineError ? error.failure.code : null;
    if (code === 'package-corrupt') await cache.forget(key);
    else if (done > 0) await cachePart(cache, key, { bytes: data.subarray(0, done), version });
    throwIfAborted(signal);
    if (code !== null) throw error;
    throw new EngineError('package-unavailable', { file: entry.path, reason: messageOf(error) });
  }
}

/** The rest of the file with status 206, or all of it. */
async function request(
  source: FileSource,
  url: URL,
  file: string,
  part: Part | null,
  signal: AbortSignal,
): Promise<Transfer> {
  if (part) {
    const from = part.bytes.length;
    const headers: Record<string, string> = { Range: `bytes=${from}-` };
    if (part.version) headers['If-Range'] = part.version;
    // The HTTP cache has ideas of its own about ranges.
    const transfer = await startTransfer(source, url, file, { signal, cache: 'no-store', headers });
    const { response } = transfer;
    const range = response.headers.get('Content-Range') ?? '';
    if (response.status === 200 || (response.status === 206 && range.startsWith(`bytes ${from}-`)))
      return transfer;
    // Not waited for: a server that stopped does not answer to this either.
    response.body?.cancel().catch(() => {});
  }
  // The card's hash decides, not the HTTP cache: a stale copy there would be refused for ever.
  return startTransfer(source, url, file, { signal, cache: 'no-cache' });
}

/** An ETag names a version only where it is a strong one. */
function versionOf({ headers }: Response): string | null {
  const tag = headers.get('ETag');
  return tag && !tag.startsWith('W/') ? tag : headers.get('Last-Modified');
}

const versionHeader = 'Lentigo-Version';
const partKey = (origin: string, sha256: string) => new URL(`partial/${sha256}`, origin).href;

async function recallPart(cache: FileCache, key: string, entry: FileEntry): Promise<Part | null> {
  const cached = await cache.read(key);
  if (!cached) return null;
  const bytes = new Uint8Array(cached.data);
  // A browser that crashed while it wrote may have left anything.
  if (bytes.length === 0 || bytes.length >= entry.bytes) return null;
  return { bytes, version: cached.headers.get(versionHeader) };
}

/** A full disk only costs the beginning, which is then fetched again. */
async function cachePart(cache: FileCache, key: string, { bytes, version }: Part): Promise<void> {
  await cache.write(key, bytes.slice(), version ? { [versionHeader]: version } : {});
}
