import { EngineError, throwIfAborted } from '../engine-error';
import { download } from './download';
import type { FileCache, StorageFailure } from './file-cache';
import type { FileEntry, FileSource } from './file-source';
import { sha256 } from './hash';
import { startTransfer } from './transfer';

export interface FetchedFile {
  data: ArrayBuffer;
  fromCache: boolean;
  /** Why the next visit has to fetch it again; null where it finds it without network. */
  notCached: StorageFailure | null;
}

/**
 * The address under which a file is kept: its hash, so that a new version of a package fetches only what
 * changed and an old one is never mistaken.
 */
export const keyOf = (origin: string, { sha256: hash }: Pick<FileEntry, 'sha256'>) =>
  new URL(`sha256/${hash}`, origin).href;

/**
 * One file of a package, from the cache where it is there whole, else from the network, and verified in both
 * cases. Throws `package-unavailable` where the server does not give it, `package-timeout` where it falls
 * silent, `package-corrupt` where its bytes are not those of the card.
 */
export async function fetchVerified(
  source: FileSource,
  folder: URL,
  entry: FileEntry,
  signal: AbortSignal,
  onBytes: (bytes: number) => void,
): Promise<FetchedFile> {
  const { cache } = source;
  const key = keyOf(folder.origin, entry);
  const cached = await cache.read(key);
  if (cached) {
    if (await isIntact(cached.data, entry)) {
      onBytes(entry.bytes);
      return { data: cached.data, fromCache: true, notCached: null };
    }
    console.warn(`${entry.path} was damaged in the cache and is fetched again.`);
    await cache.forget(key);
  }
  const data = await download(source, new URL(entry.path, folder), entry, signal, onBytes);
  if (!(await isIntact(data, entry))) throw new EngineError('package-corrupt', { file: entry.path });
  return { data, fromCache: false, notCached: await cache.write(key, data) };
}

/**
 * How long all files of a package take from the server, past every cache, side by side; null where they do
 * not come.
 */
export async function timeDownload(
  source: FileSource,
  folder: URL,
  entries: readonly FileEntry[],
  signal: AbortSignal,
): Promise<{ milliseconds: number; bytes: number } | null> {
  const start = performance.now();
  const fetchOne = async ({ path }: FileEntry) => {
    const { response, pieces } = await startTransfer(source, new URL(path, folder), path, {
      signal,
      cache: 'no-store',
    });
    if (!response.ok) throw new Error(`${path}: ${response.status}`);
    let bytes = 0;
    for await (const piece of pieces) bytes += piece.length;
    return bytes;
  };
  try {
    const sizes = await Promise.all(entries.map(fetchOne));
    const bytes = sizes.reduce((sum, size) => sum + size, 0);
    return { milliseconds: performance.now() - start, bytes };
  } catch {
    throwIfAborted(signal);
    return null;
  }
}

async function isIntact(data: ArrayBuffer, entry: FileEntry): Promise<boolean> {
  return data.byteLength === entry.bytes && (await sha256(data)) === entry.sha256;
}

/**
 * Throws out the files of packages, whole and begun, that no card names any more: those of earlier versions.
 * What is left serves every package of today.
 */
export async function evictStale(cache: FileCache, wanted: ReadonlySet<string>): Promise<void> {
  for (const url of (await cache.urls()) ?? []) {
    const [, hash] = /\/(?:sha256|partial)\/([0-9a-f]{64})$/.exec(url) ?? [];
    if (hash && !wanted.has(hash)) await cache.forget(url);
  }
}
