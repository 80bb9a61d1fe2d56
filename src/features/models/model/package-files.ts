import { type Unzipped, unzip } from 'fflate';
import type { PackageFile } from '../../../engine/engine';

/** Files that stand in one folder: a package, if card.json is among them. */
export interface DroppedFolder {
  /** As it was dropped, for messages; empty where the files stood in no folder. */
  name: string;
  files: PackageFile[];
}

/** A zip that unpacks to more than this is no model package (the largest here has some 30 MB). */
const largestPackage = 2 ** 30;

/**
 * The packages in what was dropped or chosen: every folder that holds a card.json, in zips too. Where there
 * is none, all that there was as one folder, so that the engine can say what is missing. Throws for a zip
 * that cannot be read.
 */
export async function packagesIn(files: readonly File[]): Promise<DroppedFolder[]> {
  const all = (await Promise.all(files.map(unpacked))).flat();
  const folders = new Map<string, PackageFile[]>();
  for (const { path, data } of all) {
    const parts = path.split('/').filter((part) => part !== '' && part !== '.');
    const name = parts.pop() ?? '';
    // What macOS puts into zips and folders.
    if (name.startsWith('._') || name === '.DS_Store') continue;
    const folder = parts.join('/');
    folders.set(folder, [...(folders.get(folder) ?? []), { name, data }]);
  }
  const found = [...folders].filter(([, inside]) => inside.some(({ name }) => name === 'card.json'));
  if (found.length > 0) return found.map(([path, inside]) => ({ name: lastOf(path), files: inside }));
  return [{ name: lastOf([...folders.keys()][0] ?? ''), files: [...folders.values()].flat() }];
}

const lastOf = (path: string) => path.split('/').at(-1) ?? '';

async function unpacked(file: File): Promise<{ path: string; data: Blob }[]> {
  if (!/\.zip$/i.test(file.name)) return [{ path: pathOf(file), data: file }];
  const contents = await unzipped(new Uint8Array(await file.arrayBuffer()));
  return Object.entries(contents)
    .filter(([path]) => !path.endsWith('/'))
    .map(([path, bytes]) => ({ path, data: new Blob([bytes as Uint8Array<ArrayBuffer>]) }));
}

/** A folder that was dropped gives its files a `path`, one that was chosen a `webkitRelativePath`. */
function pathOf(file: File): string {
  const { path } = file as File & { path?: string };
  return path || file.webkitRelativePath || file.name;
}

function unzipped(bytes: Uint8Array): Promise<Unzipped> {
  let size = 0;
  const filter = ({ originalSize }: { originalSize: number }) => {
    size += originalSize;
    return size <= largestPackage;
  };
  return new Promise((resolve, reject) => {
    unzip(bytes, { filter }, (error, contents) => {
      if (error) reject(error);
      else if (size > largestPackage) reject(new Error('it unpacks to more than 1 GB'));
      else resolve(contents);
    });
  });
}
