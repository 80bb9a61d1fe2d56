import type { FolderFile } from '../../../core/evaluation/plan';

/** A folder that the user gave: what lies in it, and its files one at a time. */
export interface Folder {
  name: string;
  files: FolderFile[];
  /** The file as it is now; null where it is gone or may not be read. */
  open(path: string): Promise<File | null>;
  /** What a later visit opens the folder with, where the browser offers such a thing. */
  handle: FileSystemDirectoryHandle | null;
}

/** From a chosen or dropped list of files: they know their path where they came as a folder. */
export function folderOfFiles(list: readonly File[]): Folder {
  const whole = list.map((file) => [file.webkitRelativePath || file.name, file] as const);
  // All of a chosen folder's paths begin with its name.
  const [root = ''] = whole[0]?.[0].split('/') ?? [];
  const nested = root !== '' && whole.every(([path]) => path.startsWith(`${root}/`));
  const byPath = new Map(whole.map(([path, file]) => [nested ? path.slice(root.length + 1) : path, file]));
  return {
    name: nested ? root : '',
    files: [...byPath].map(([path, { size }]) => ({ path, size })).sort(byName),
    open: async (path) => byPath.get(path) ?? null,
    handle: null,
  };
}

/** From the File System Access API: nothing is read but names and sizes until a file is opened. */
export async function folderOfHandle(handle: FileSystemDirectoryHandle): Promise<Folder> {
  const byPath = new Map<string, FileSystemFileHandle>();
  const files: FolderFile[] = [];
  const walk = async (directory: FileSystemDirectoryHandle, before: string): Promise<void> => {
    for await (const entry of entriesOf(directory)) {
      const path = before + entry.name;
      if (isDirectory(entry)) await walk(entry, `${path}/`);
      else {
        byPath.set(path, entry as FileSystemFileHandle);
        files.push({ path, size: (await (entry as FileSystemFileHandle).getFile()).size });
      }
    }
  };
  await walk(handle, '');
  return {
    name: handle.name,
    files: files.sort(byName),
    open: async (path) => {
      const file = byPath.get(path)?.getFile();
      return file ? file.catch(() => null) : null;
    },
    handle,
  };
}

/** Whether the browser lets this folder be read now; asking needs a press of the user's. */
export async function mayRead(handle: FileSystemDirectoryHandle, ask: boolean): Promise<boolean> {
  const withPermissions = handle as FileSystemDirectoryHandle & {
    queryPermission?: (mode: { mode: 'read' }) => Promise<PermissionState>;
    requestPermission?: (mode: { mode: 'read' }) => Promise<PermissionState>;
  };
  const state = await withPermissions.queryPermission?.({ mode: 'read' });
  if (state === 'granted') return true;
  return ask && (await withPermissions.requestPermission?.({ mode: 'read' })) === 'granted';
}

/**
 * What was dropped: a folder, several, or loose files. Must be called while the drop is being handled: the
 * browser forgets it afterwards.
 */
export async function droppedFolder(transfer: DataTransfer): Promise<Folder | null> {
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  const loose = [...transfer.files];
  const [first] = entries;
  if (!first || !entries.some(({ isDirectory }) => isDirectory))
    return loose.length === 0 ? null : folderOfFiles(loose);
  // A folder alone is the root of its paths; several things dropped at once lie side by side in one.
  const root = entries.length === 1 ? first : null;
  const byPath = new Map<string, File>();
  const walk = async (entry: FileSystemEntry, before: string): Promise<void> => {
    if (entry.isDirectory) {
      for (const child of await childrenOf(entry as FileSystemDirectoryEntry))
        await walk(child, entry === root ? '' : `${before}${entry.name}/`);
    } else {
      const file = await new Promise<File | null>((resolve) =>
        (entry as FileSystemFileEntry).file(resolve, () => resolve(null)),
      );
      if (file) byPath.set(before + entry.name, file);
    }
  };
  for (const entry of entries) await walk(entry, '');
  return {
    name: root?.name ?? '',
    files: [...byPath].map(([path, { size }]) => ({ path, size })).sort(byName),
    open: async (path) => byPath.get(path) ?? null,
    handle: null,
  };
}

/** A directory lists its entries a hundred at a time, and an empty list ends it. */
async function childrenOf(directory: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = directory.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve) =>
      reader.readEntries(resolve, () => resolve([])),
    );
    if (some.length === 0) return all;
    all.push(...some);
  }
}

/** The DOM's types do not know that a directory can be walked. */
const entriesOf = (directory: FileSystemDirectoryHandle) =>
  (directory as unknown as { values(): AsyncIterable<FileSystemHandle> }).values();

const isDirectory = (handle: FileSystemHandle): handle is FileSystemDirectoryHandle =>
  handle.kind === 'directory';

const byName = (a: FolderFile, b: FolderFile) => (a.path < b.path ? -1 : 1);
