import type { Result } from '../core/failure';

/**
 * A file in IndexedDB. WebKit's private windows store no Blob (bugs.webkit.org/show_bug.cgi?id=156347), so there the
 * bytes stand for it. This can go when no browser refuses a Blob any more.
 */
export type StoredFile = Blob | { type: string; bytes: ArrayBuffer };

/** The file that is stored. */
export const fileOf = (stored: StoredFile): Blob =>
  stored instanceof Blob ? stored : new Blob([stored.bytes], { type: stored.type });

/**
 * Stores files by `write`, as Blobs, and where that fails once more as bytes: what a browser stores shows only when it
 * is tried. A full disk is full for both. `write` may be called twice; it asks what to store for each of its files.
 */
export async function storeFiles<T>(
  write: (stored: (file: Blob) => StoredFile) => Promise<Result<T>>,
): Promise<Result<T>> {
  const asked = new Set<Blob>();
  const outcome = await write((file) => {
    asked.add(file);
    return file;
  });
  if (outcome.ok || outcome.failure.code === 'storage-full' || asked.size === 0) return outcome;
  const bytes = new Map<Blob, StoredFile>();
  for (const file of asked) bytes.set(file, { type: file.type, bytes: await file.arrayBuffer() });
  return write((file) => bytes.get(file) ?? file);
}
