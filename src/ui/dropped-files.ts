import { mayBePhoto } from '../core/image/file-names';

/** Files out of what was dropped, folders and all that lies in them. */

/**
 * What a file picker offers. A drop may bring anything; the engine looks at the bytes and says what it cannot
 * read.
 */
export const photoTypes =
  'image/jpeg,image/png,image/webp,image/heic,image/heif,.jfif,.jpe,.heic,.heif,.dcm,application/dicom';

/**
 * The files of a drop, in the order of their names within a folder. Entries must be taken while the event is
 * handled, so the caller hands over the list at once. Of folders only what is `wanted`, by its name; files that
 * were dropped themselves come as they are.
 */
export async function filesOfDrop(
  transfer: DataTransfer | null,
  wanted: (name: string) => boolean = mayBePhoto,
): Promise<File[]> {
  if (!transfer) return [];
  const loose = [...transfer.files];
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry?.() ?? []);
  if (!entries.some(({ isDirectory }) => isDirectory)) return loose;
  const all = await Promise.all(entries.map((entry) => filesOf(entry, () => true, wanted)));
  return all.flat();
}

/** The folders of dropped files: a browser says them only of files out of a picker. */
const folders = new WeakMap<File, string>();

/** The folders that a file came in, with forward slashes; empty where none are known. */
export function folderOf(file: File): string {
  const path = file.webkitRelativePath ?? '';
  return folders.get(file) ?? path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

async function filesOf(
  entry: FileSystemEntry,
  itself: (name: string) => boolean,
  wanted: (name: string) => boolean,
  folder = '',
): Promise<File[]> {
  if (isFile(entry)) {
    if (!itself(entry.name)) return [];
    const file = await new Promise<File | null>((resolve) => entry.file(resolve, () => resolve(null)));
    if (file) folders.set(file, folder);
    return file ? [file] : [];
  }
  const inside = await childrenOf((entry as FileSystemDirectoryEntry).createReader());
  inside.sort((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }));
  const all = await Promise.all(
    inside.map((child) => filesOf(child, wanted, wanted, `${folder}${folder && '/'}${entry.name}`)),
  );
  return all.flat();
}

const isFile = (entry: FileSystemEntry): entry is FileSystemFileEntry => entry.isFile;

/** A reader hands out its entries in portions, an empty one at the end. */
async function childrenOf(reader: FileSystemDirectoryReader): Promise<FileSystemEntry[]> {
  const portion = await new Promise<FileSystemEntry[]>((resolve) =>
    reader.readEntries(resolve, () => resolve([])),
  );
  return portion.length === 0 ? [] : [...portion, ...(await childrenOf(reader))];
}
