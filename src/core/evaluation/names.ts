import { diagnosisOf, plainWord } from '../card/diagnoses';
import { hasPictureEnding, nameOf, withoutPictureEnding } from '../image/file-names';

/** Which file each name of a table means. */
export type FoundFile =
  /** `moved`: only the file's own name agrees; the table has it in another folder or with another ending. */
  | { kind: 'found'; path: string; moved: boolean }
  /** Several files fit equally well. */
  | { kind: 'ambiguous'; paths: string[] }
  /** The best file has the name alone, in a folder that speaks against the table's: it is not used. */
  | { kind: 'contradicted'; path: string };

/** A file that names may mean. */
export interface NamedFile {
  path: string;
  /** What it goes by, where that is not its path. */
  as?: string;
}

interface Name {
  /** In one spelling: macOS decomposes letters (NFD), Excel writes them composed (NFC). */
  leaf: string;
  folders: string[];
  /** Without the ending of a picture, in lower case: what two names must share to be compared at all. */
  key: string;
}

interface Candidate extends Name {
  path: string;
}

/** How well a name and a file agree, the weightiest first; a larger number is a better fit. */
type Fit = readonly number[];

/**
 * Finds each name among the files: by the longest path that fits. A name fits by its path, its own name or
 * that without ending, in any case of letters, while no folder of it speaks against the file's folders. Where
 * nothing fits, a file of the same name in another folder will do ("moved"), if no other name of the table
 * claims it: a table may come from a machine with other folders. It will not do where folders tell photos
 * apart ("contradicted"): where the folder next to the name differs, and one of the two is named as a class
 * (one of `labels`, or a diagnosis), or names begin again in each folder of the table or among the files.
 * What fits two files equally well is ambiguous. A name that means no file is not in the result: a table may
 * have half a million of them.
 */
export function resolveNames(
  names: readonly string[],
  files: readonly NamedFile[],
  labels: Iterable<string> = [],
): Map<string, FoundFile> {
  const byKey = new Map<string, Candidate[]>();
  for (const { path, as } of files) {
    const candidate = { ...nameFrom(as ?? path), path };
    const same = byKey.get(candidate.key);
    if (same) same.push(candidate);
    else byKey.set(candidate.key, [candidate]);
  }
  const tellApart = foldersThatTell(names, byKey, labels);
  const resolved = new Map<string, FoundFile>();
  for (const name of names) {
    const found = resolved.has(name) ? null : resolve(nameFrom(name), byKey, tellApart);
    if (found) resolved.set(name, found);
  }
  giveUpRivals(resolved);
  return resolved;
}

function resolve(
  name: Name,
  byKey: ReadonlyMap<string, Candidate[]>,
  tellApart: (ours: string, theirs: string) => boolean,
): FoundFile | null {
  const candidates = byKey.get(name.key);
  if (!candidates) return null;
  const fits = candidates.map((file) => ({ file, fit: fitOf(name, file) }));
  const best = fits.reduce<Fit | null>(
    (best, { fit }) => (best && compare(best, fit) >= 0 ? best : fit),
    null,
  );
  if (best === null) return null;
  const [first, ...others] = fits.filter(({ fit }) => compare(fit, best) === 0).map(({ file }) => file);
  if (!first) return null;
  if (others.length > 0) return { kind: 'ambiguous', paths: [first, ...others].map(({ path }) => path) };
  const moved = best[0] === 0;
  const [ours, theirs] = [parentOf(name), parentOf(first)];
  if (moved && ours !== '' && theirs !== '' && ours !== theirs && tellApart(ours, theirs))
    return { kind: 'contradicted', path: first.path };
  return { kind: 'found', path: first.path, moved };
}

/** The folder next to the name, in lower case; "" where there is none. */
const parentOf = ({ folders }: Name): string => folders.at(-1)?.toLowerCase() ?? '';

/** Whether two folders tell photos of one name apart. What it takes is looked up when it is first asked. */
function foldersThatTell(
  names: readonly string[],
  byKey: ReadonlyMap<string, readonly Candidate[]>,
  labels: Iterable<string>,
): (ours: string, theirs: string) => boolean {
  let known: { classes: Set<string>; repeat: boolean } | null = null;
  return (ours, theirs) => {
    known ??= {
      classes: new Set([...labels].map(plainWord).filter(Boolean)),
      repeat: namesRepeat([...byKey.values()].flat()) || namesRepeat(names.map(nameFrom)),
    };
    const { classes, repeat } = known;
    const isClass = (folder: string) => classes.has(plainWord(folder)) || diagnosisOf(folder) !== null;
    return repeat || isClass(ours) || isClass(theirs);
  };
}

/** Whether a name lies in two folders. */
function namesRepeat(all: Iterable<Name>): boolean {
  const parents = new Map<string, string>();
  for (const name of all) {
    const leaf = name.leaf.toLowerCase();
    const parent = parentOf(name);
    const before = parents.get(leaf);
    if (before !== undefined && before !== parent) return true;
    parents.set(leaf, parent);
  }
  return false;
}

function fitOf(name: Name, file: Candidate): Fit {
  const [ours, theirs] = [folded(name.folders), folded(file.folders)];
  let shared = 0;
  while (shared < Math.min(ours.length, theirs.length) && ours.at(-1 - shared) === theirs.at(-1 - shared))
    shared++;
  const foldersAgree = shared === ours.length || shared === theirs.length;
  const sameLeaf = name.leaf.toLowerCase() === file.leaf.toLowerCase();
  const bare = !hasPictureEnding(name.leaf) || !hasPictureEnding(file.leaf);
  return [
    Number(foldersAgree && (sameLeaf || bare)),
    Number(foldersAgree),
    sameLeaf ? 2 : Number(bare),
    shared,
    Number(shared === ours.length && shared === theirs.length),
    Number(name.leaf === file.leaf && name.folders.join('/') === file.folders.join('/')),
    Number(name.leaf === file.leaf),
  ];
}

/**
 * A file that was found only by its own name is given up where another name claims it too: it is that name's,
 * or nobody knows whose.
 */
function giveUpRivals(resolved: Map<string, FoundFile>): void {
  const claims = new Map<string, Set<string>>();
  for (const [name, found] of resolved) {
    if (found.kind !== 'found') continue;
    const { folders, leaf } = nameFrom(name);
    const spelling = folded([...folders, leaf]).join('/');
    claims.set(found.path, (claims.get(found.path) ?? new Set()).add(spelling));
  }
  for (const [name, found] of resolved)
    if (found.kind === 'found' && found.moved && (claims.get(found.path)?.size ?? 0) > 1)
      resolved.delete(name);
}

/** A name without folders, whose letters have one spelling. */
const plain = /^[\w .()-]+$/;

function nameFrom(text: string): Name {
  const parts = plain.test(text) && text !== '.' ? [text] : partsOf(text);
  const leaf = nameOf(parts.at(-1) ?? '');
  return { leaf, folders: parts.slice(0, -1), key: withoutPictureEnding(leaf).toLowerCase() };
}

const partsOf = (text: string) =>
  text
    .normalize('NFC')
    .replaceAll('\\', '/')
    .split('/')
    .filter((part) => part !== '' && part !== '.');

const folded = (parts: readonly string[]) => parts.map((part) => part.toLowerCase());

function compare(a: Fit, b: Fit): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
