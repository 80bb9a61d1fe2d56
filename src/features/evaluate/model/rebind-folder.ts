import { resolveNames } from '../../../core/evaluation/names';
import { type PlannedImage, sortFiles } from '../../../core/evaluation/plan';
import type { Folder } from './folder';

/** A folder that was given again for a run, and how many of the run's images are in it. */
export interface ReboundFolder {
  folder: Folder;
  found: number;
}

/**
 * Finds a run's images in a folder that was given again: by the longest path that fits among the files of the
 * same size, since a folder may now lie elsewhere. A file of another size is another file, and is not found;
 * nor is one in a folder that speaks against the run's, nor one of several that fit equally well.
 */
export function rebindFolder(given: Folder, images: readonly PlannedImage[]): ReboundFolder {
  const place = new Map<string, string>();
  const find = (paths: readonly string[], files: Folder['files']) => {
    // A file that only shares the name may be another photo of the same size.
    for (const [path, file] of resolveNames(paths, files))
      if (file.kind === 'found' && !file.moved) place.set(path, file.path);
  };
  const bySize = groupBySize(given.files);
  for (const [size, wanted] of groupBySize(images)) {
    find(
      wanted.map(({ path }) => path),
      bySize.get(size) ?? [],
    );
  }
  // Outlines have no size of their own in a run.
  find(
    images.flatMap(({ mask }) => mask ?? []),
    sortFiles(given.files).masks,
  );
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

function groupBySize<File extends { size: number }>(files: readonly File[]): Map<number, File[]> {
  const groups = new Map<number, File[]>();
  for (const file of files) {
    const group = groups.get(file.size);
    if (group) group.push(file);
    else groups.set(file.size, [file]);
  }
  return groups;
}
