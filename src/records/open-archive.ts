import { failure, type Result, success } from '../core/failure';
import { readDirectory, unpack, withoutFolder, type ZipEntry } from './zip-directory';

/** Bytes unpacked, by the directory of the archive: of all files, of one JSON file, of one other file. */
export interface ArchiveLimits {
  all: number;
  json: number;
  image: number;
}

/** More than this does not come out of this program. */
const defaultLimits: ArchiveLimits = { all: 5 * 2 ** 30, json: 256 * 2 ** 20, image: 512 * 2 ** 20 };

/** The files of an archive, each unpacked when it is asked for. */
export interface OpenArchive {
  paths: number;
  has(path: string): boolean;
  /** The JSON in a file; undefined if the file is missing or damaged. */
  json(path: string): Promise<unknown>;
  /** Undefined where there is no such file; null where it is damaged. */
  blob(path: string): Promise<Blob | null | undefined>;
}

/**
 * Opens a zip file of ours, which has a `lentigo.json`. What unpacking would cost is judged by the directory,
 * before anything is unpacked. Fails with "archive-unreadable" and "archive-too-large".
 */
export async function openArchive(
  file: Blob,
  limits: ArchiveLimits = defaultLimits,
): Promise<Result<OpenArchive>> {
  let entries: Map<string, ZipEntry>;
  try {
    entries = withoutFolder(await readDirectory(file), 'lentigo.json');
  } catch (error) {
    return failure('archive-unreadable', { reason: String(error) });
  }
  const all = [...entries.values()];
  const bytes = all.reduce((sum, { unpacked }) => sum + unpacked, 0);
  const tooLarge = all.find(
    ({ path, unpacked }) => unpacked > (path.endsWith('.json') ? limits.json : limits.image),
  );
  if (bytes > limits.all || tooLarge)
    return failure('archive-too-large', { bytes, ...(tooLarge && { file: tooLarge.path.slice(0, 100) }) });
  const blob = async (path: string) => {
    const entry = entries.get(path);
    return entry && unpack(file, entry).catch(() => null);
  };
  return success({
    paths: all.length,
    has: (path) => entries.has(path),
    blob,
    async json(path) {
      const text = await (await blob(path))?.text();
      try {
        return text === undefined ? undefined : JSON.parse(text);
      } catch {
        return undefined;
      }
    },
  });
}
