import type { PlannedImage } from '../../../core/evaluation/plan';
import type { Folder } from './folder';

/** A folder that was given again for a run, and how many of the run's images are in it. */
export interface ReboundFolder {
  folder: Folder;
  found: number;
}

/**
 * Finds a run's images in a folder that was given again: by path and size, else by name and size, for a folder that now lies elsewhere.
 * A file of another size is another file, and is not found.
 */
export function rebindFolder(given: Folder, images: readonly PlannedImage[]): ReboundFolder {
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const key = (name: string, size: number) => `${size} ${name}`;
  const byPath = new Set(given.files.map(({ path, size }) => key(path, size)));
  const byName = new Map(given.files.map(({ path, size }) => [key(nameOf(path), size), path]));
  const place = new Map<string, string>();
  for (const { path, size } of images) {
    const there = byPath.has(key(path, size)) ? path : byName.get(key(nameOf(path), size));
    if (there !== undefined) place.set(path, there);
  }
  // Outlines have no size of their own in a run; by path, else by name, will do.
  const masks = new Map(given.files.map(({ path }) => [nameOf(path), path]));
  const known = new Set(given.files.map(({ path }) => path));
  for (const { mask } of images) {
    if (mask === null) continue;
    const there = known.has(mask) ? mask : masks.get(nameOf(mask));
    if (there !== undefined) place.set(mask, there);
  }
  return {
    folder: {
      ...given,
      open: async (path) => {
        const there = place.get(path);
        return there === undefined ? null : given.open(there);
      },
    },
    found: images.filter(({ path }) => place.has(path)).length,
  };
}
