import { type Result, success } from '../../../core/failure';
import type { MaskReader } from '../../../engine/input/mask-reader';
import type { OpenPhoto } from '../../../engine/input/opener';
import type { Folder } from './folder';
import type { ShownImage } from './state';

/** An image of a folder as the screen shows it, with its true outline; null where the folder lacks it. */
export async function shownImage(
  folder: Folder,
  { path, mask }: { path: string; mask: string | null },
  { open, masks }: { open: OpenPhoto; masks: MaskReader },
): Promise<Result<ShownImage> | null> {
  const file = await folder.open(path);
  if (!file) return null;
  const opened = await open(file);
  if (!opened.ok) return opened;
  const outline = mask === null ? null : await folder.open(mask).then((found) => found && masks.shape(found));
  return success({
    picture: opened.value.image,
    outline: outline?.ok ? outline.value : null,
  });
}
