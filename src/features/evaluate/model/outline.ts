import { type Result, success } from '../../../core/failure';
import type { Raster } from '../../../core/raster';
import type { ReadMask } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import type { Folder } from './folder';
import type { ShownImage } from './state';

/** A raster of brightness as a mask: 1 where it is lesion. The same limit as in `overlap`. */
const insideOf = (brightness: Raster): Raster => ({
  ...brightness,
  data: brightness.data.map((value) => Number(value > 127)),
});

/** An image of a folder as the screen shows it, with its true outline; null where the folder lacks it. */
export async function shownImage(
  folder: Folder,
  { path, mask }: { path: string; mask: string | null },
  { open, readMask }: { open: OpenPhoto; readMask: ReadMask },
): Promise<Result<ShownImage> | null> {
  const file = await folder.open(path);
  if (!file) return null;
  const opened = await open(file);
  if (!opened.ok) return opened;
  const outline = mask === null ? null : await folder.open(mask).then((found) => found && readMask(found));
  return success({
    picture: opened.value.image,
    outline: outline?.ok ? insideOf(outline.value) : null,
  });
}
