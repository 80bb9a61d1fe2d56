import type { Card } from '../../core/card/card';
import { downloadBytes, isWhole, networksOf } from '../../core/card/recommended';
import type { Progress } from '../engine';
import { EngineError, forPackage, throwIfAborted } from '../engine-error';
import type { Catalogue } from './catalogue';
import type { FileSource } from './file-source';
import { fetchVerified, keyOf } from './files';

/**
 * Packages kept in this browser for a time without network, apart from loading them: nothing here needs a
 * back end.
 */

/**
 * The ids of the packages all of whose files are kept; of a panel, its members'. Whether they are whole is
 * checked whenever one is loaded.
 */
export async function cachedPackages(source: FileSource, catalogue: Catalogue): Promise<string[]> {
  const cards = await catalogue.all();
  const cached = new Set(await source.cache.urls());
  return cards
    .filter((card) => isWhole(card, cards))
    .filter((card) => filesOf(card, cards).every((file) => cached.has(keyOf(catalogue.origin, file))))
    .map(({ id }) => id);
}

/**
 * Downloads what is missing of a package, verifies it and keeps it. Throws the errors of `fetchVerified`, and
 * `storage-full` or `storage-denied` where the browser does not keep it.
 */
export async function prefetchPackage(
  catalogue: Catalogue,
  id: string,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  const cards = await catalogue.all();
  const wanted = await catalogue.find(id);
  const total = downloadBytes(wanted, cards);
  let done = 0;
  for (const card of networksOf(wanted, cards)) {
    const source = await catalogue.sourceOf(card);
    for (const file of card.files) {
      throwIfAborted(signal);
      const onBytes = (bytes: number) => {
        done += bytes;
        onProgress({ stage: 'download', fraction: done / total, bytes: { done, total } });
      };
      const { notCached } = await forPackage(card.id, () =>
        fetchVerified(source, catalogue.folderOf(card), file, signal, onBytes),
      );
      if (notCached) throw new EngineError(notCached, { package: id });
    }
  }
}

/**
 * Takes the files of a package that the site offers out of the browser's storage, but those that another kept
 * package has too. A panel goes with its members. Throws `storage-denied` where the browser does not remove
 * one.
 */
export async function evictPackage(source: FileSource, catalogue: Catalogue, id: string): Promise<void> {
  const cards = await catalogue.all();
  const added = await catalogue.addedIds();
  const going = networksOf(await catalogue.find(id), cards).map((card) => card.id);
  // An added package is the only copy there is; `removePackage` takes it away together with its card.
  if (added.includes(id)) throw new EngineError('package-unknown', { package: id });
  const cached = await cachedPackages(source, catalogue);
  const staying = cards.filter((card) => added.includes(card.id) || !going.includes(card.id));
  const shared = new Set(
    staying
      .filter((card) => cached.includes(card.id))
      .flatMap(({ files }) => files.map(({ sha256 }) => sha256)),
  );
  for (const file of cards.filter((card) => going.includes(card.id)).flatMap(({ files }) => files)) {
    if (!shared.has(file.sha256)) await source.cache.remove(keyOf(catalogue.origin, file));
  }
}

const filesOf = (card: Card, cards: readonly Card[]) => networksOf(card, cards).flatMap(({ files }) => files);
