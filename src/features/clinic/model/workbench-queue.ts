import type { WorkbenchPhoto } from './workbench-photo';
import type { Runs } from './workbench-runs';

/** Files that are opened at a time: a large HEIC file is some 200 MB on its way. */
const maxOpening = 4;
/** Photos in the background that the engine has at a time: one runs, the next one waits. */
const maxBackground = 2;

interface UnopenedFile {
  photoId: string;
  file: Blob;
}

/**
 * Opens files a few at a time, that of the selected photo first; those of photos that are gone not at all.
 */
export function createOpenQueue(
  open: (photoId: string, file: Blob) => Promise<void>,
  isThere: (photoId: string) => boolean,
  selectedId: () => string | null,
): { add(files: readonly UnopenedFile[]): void } {
  let waiting: UnopenedFile[] = [];
  let opening = 0;
  function openNext(): void {
    while (opening < maxOpening && waiting.length > 0) {
      const selected = waiting.findIndex(({ photoId }) => photoId === selectedId());
      const [next] = waiting.splice(Math.max(selected, 0), 1);
      if (!next || !isThere(next.photoId)) continue;
      opening += 1;
      void open(next.photoId, next.file).finally(() => {
        opening -= 1;
        openNext();
      });
    }
  }
  return {
    add(files) {
      waiting = [...waiting, ...files];
      openNext();
    },
  };
}

/**
 * Makes the function that starts what the chosen packages have not answered yet: the selected photo at once,
 * the others a few at a time behind everything else. What was cancelled or failed waits for the user.
 */
export function createSchedule(
  runs: Runs,
  state: () => { photos: readonly WorkbenchPhoto[]; selectedId: string | null },
  chosen: () => string[],
): () => void {
  const background = new Set<string>();
  function startSelected(photo: WorkbenchPhoto, packageIds: string[]): void {
    // What stands in the queue comes to the front once it is selected.
    const subject = { photoId: photo.id, lesion: null };
    const waits = (packageId: string) => runs.waits({ ...subject, packageId });
    const wanted = packageIds.filter((id) => !photo.runs[id] || waits(id));
    void runs.start(subject, wanted, { background: false });
  }
  return function schedule() {
    const { photos, selectedId } = state();
    const packageIds = chosen();
    const selected = photos.find(({ id }) => id === selectedId);
    if (selected && selected.url !== null) startSelected(selected, packageIds);
    for (const photo of photos) {
      if (background.size >= maxBackground) return;
      const wanted = photo.url === null ? [] : packageIds.filter((id) => !photo.runs[id]);
      if (photo === selected || background.has(photo.id) || wanted.length === 0) continue;
      background.add(photo.id);
      void runs.start({ photoId: photo.id, lesion: null }, wanted, { background: true }).finally(() => {
        background.delete(photo.id);
        schedule();
      });
    }
  };
}
