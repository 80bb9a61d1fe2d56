import type { Card } from '../../core/card/card';
import { bytesOf } from '../../core/card/size';
import type { Progress } from '../engine';
import { EngineError, throwIfAborted } from '../engine-error';
import type { Catalogue } from './catalogue';
import type { FileSource } from './file-source';
import { cacheName, fetchVerified, keyOf } from './files';

/** Packages kept in this browser for a time without network, apart from loading them: nothing here needs a back end. */

/** The ids of the packages all of whose files are kept. Whether they are whole is checked whenever one is loaded. */
export async function cachedPackages(source: FileSource, catalogue: Catalogue): Promise<string[]> {
  const cards = await catalogue.all();
  const cache = await source.caches?.open(cacheName).catch(() => null);
  if (!cache) return [];
  const cached = new Set((await cache.keys()).map(({ url }) => url));
  return cards
    .filter(({ files }) => files.every((file) => cached.has(keyOf(catalogue.origin, file))))
    .map(({ id }) => id);
}

/**
 * Downloads what is missing of a package, verifies it and keeps it. Throws the errors of `fetchVerified`, and `storage-full` where the
 * browser does not keep it.
 */
export async function prefetchPackage(
  catalogue: Catalogue,
  id: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const card = await catalogue.find(id);
  const source = await catalogue.sourceOf(card);
  const total = bytesOf(card);
  let done = 0;
  for (const file of card.files) {
    throwIfAborted(signal);
    const { cached } = await fetchVerified(source, catalogue.folderOf(card), file, signal, (bytes) => {
      done += bytes;
      onProgress({ stage: 'download', fraction: done / total, bytes: { done, total } });
    });
    if (!cached) throw new EngineError('storage-full', { package: id });
  }
}

/** Takes the files of a package that the site offers out of the browser's storage, but those that another kept package has too. */
export async function evictPackage(source: FileSource, catalogue: Catalogue, id: string): Promise<void> {
  const card = await catalogue.find(id);
  // The only copy there is; `removePackage` takes it away together with its card.
  if ((await catalogue.addedIds()).includes(id)) throw new EngineError('package-unknown', { package: id });
  const cached = await cachedPackages(source, catalogue);
  const others = (await catalogue.all()).filter((other) => other.id !== id && cached.includes(other.id));
  const shared = new Set(others.flatMap((other) => hashesOf(other)));
  const cache = await source.caches?.open(cacheName);
  for (const file of card.files) {
    if (!shared.has(file.sha256)) await cache?.delete(keyOf(catalogue.origin, file));
  }
}

const hashesOf = ({ files }: Card) => files.map(({ sha256 }) => sha256);
