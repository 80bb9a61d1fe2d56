import { resolvingNames } from '../../../core/evaluation/names';
import { type PlannedImage, sortingFiles } from '../../../core/evaluation/plan';
import { each, type Steps } from '../../../core/steps';
import type { EvaluationArchive } from './archive';
import { type Folder, folderOfHandle, mayRead } from './folder';
import { inSlices } from './in-slices';
import type { EvaluationRun } from './run';

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
export function* rebinding(given: Folder, images: readonly PlannedImage[]): Steps<ReboundFolder> {
  const place = new Map<string, string>();
  const find = function* (paths: readonly string[], files: Folder['files']): Steps<void> {
    // A file that only shares the name may be another photo of the same size.
    yield* each(yield* resolvingNames(paths, files), ([path, file]) => {
      if (file.kind === 'found' && !file.moved) place.set(path, file.path);
    });
    // Most sizes are those of one file.
    yield paths.length;
  };
  const bySize = yield* groupingBySize(given.files);
  for (const [size, wanted] of yield* groupingBySize(images)) {
    yield* find(
      wanted.map(({ path }) => path),
      bySize.get(size) ?? [],
    );
  }
  // Outlines have no size of their own in a run.
  const { masks } = yield* sortingFiles(given.files);
  yield* find(
    images.flatMap(({ mask }) => mask ?? []),
    masks,
  );
  let found = 0;
  yield* each(images, ({ path }) => {
    found += Number(place.has(path));
  });
  return {
    folder: {
      ...given,
      open: async (path) => {
        const there = place.get(path);
        return there === undefined ? null : given.open(there);
      },
    },
    found,
  };
}

function* groupingBySize<File extends { size: number }>(files: readonly File[]): Steps<Map<number, File[]>> {
  const groups = new Map<number, File[]>();
  yield* each(files, (file) => {
    const group = groups.get(file.size);
    if (group) group.push(file);
    else groups.set(file.size, [file]);
  });
  return groups;
}

/**
 * The folder of a run by the handle that was kept for it; null where there is none, or it may not be read (any more).
 * `ask`: the browser may ask the user, who has just pressed something.
 */
export async function keptFolder(
  archive: Pick<EvaluationArchive, 'handle'>,
  { id, images }: Pick<EvaluationRun, 'id' | 'images'>,
  ask: boolean,
): Promise<Folder | null> {
  const handle = await archive.handle(id).catch(() => null);
  if (!handle || !(await mayRead(handle, ask).catch(() => false))) return null;
  return (await inSlices(rebinding(await folderOfHandle(handle), images))).folder;
}
