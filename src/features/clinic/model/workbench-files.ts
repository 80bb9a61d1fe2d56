import type { Result } from '../../../core/failure';
import type { OpenedPhoto } from '../../../engine/input/open';
import type { OpenPhoto } from '../../../engine/input/opener';
import { createOpenQueue } from './workbench-queue';

/** The bytes behind the photos of the workbench, which are kept beside its store. */
export interface PhotoFiles {
  /** Opens files a few at a time; `onOpened` gets each, unless it was forgotten meanwhile. */
  add(files: readonly { photoId: string; file: Blob }[]): void;
  /** As it was opened; null before that. */
  imageOf(photoId: string): Blob | null;
  /** As it was opened, or else as it was given. */
  fileOf(photoId: string): Blob | null;
  forget(photoId: string): void;
}

export function createPhotoFiles(
  open: OpenPhoto,
  selectedId: () => string | null,
  onOpened: (photoId: string, opened: Result<OpenedPhoto>) => void,
): PhotoFiles {
  const given = new Map<string, Blob>();
  const images = new Map<string, Blob>();
  async function openInto(photoId: string, file: Blob): Promise<void> {
    const opened = await open(file);
    if (!given.has(photoId)) return;
    if (opened.ok) {
      images.set(photoId, opened.value.image);
      given.set(photoId, opened.value.image);
    }
    onOpened(photoId, opened);
  }
  const queue = createOpenQueue(openInto, (photoId) => given.has(photoId), selectedId);
  return {
    add(files) {
      for (const { photoId, file } of files) given.set(photoId, file);
      queue.add(files);
    },
    imageOf: (photoId) => images.get(photoId) ?? null,
    fileOf: (photoId) => given.get(photoId) ?? null,
    forget(photoId) {
      given.delete(photoId);
      images.delete(photoId);
    },
  };
}
