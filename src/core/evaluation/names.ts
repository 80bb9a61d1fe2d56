import { diagnosisOf, plainWord } from '../card/diagnoses';
import { each, finish, type Steps } from '../steps';
import { Candidates, folded, type Name, nameFrom } from './candidates';

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
  return finish(resolvingNames(names, files, labels));
}

/** As `resolveNames`, in steps. */
export function* resolvingNames(
  names: readonly string[],
  files: readonly NamedFile[],
  labels: Iterable<string> = [],
): Steps<Map<string, FoundFile>> {
  const byKey = new Map<string, Candidates>();
  yield* each(files, ({ path, as }) => {
    const candidate = { ...nameFrom(as ?? path), path };
    const same = byKey.get(candidate.key) ?? new Candidates();
    same.add(candidate);
    byKey.set(candidate.key, same);
  });
  const resolved = new Map<string, FoundFile>();
  /** Files in another folder than the name says. */
  const inDoubt = new Map<string, { path: string; ours: string; theirs: string }>();
  yield* each(names, (text) => {
    if (resolved.has(text)) return;
    const name = nameFrom(text);
    const fitting = byKey.get(name.key)?.fitting(name);
    if (!fitting) return;
    const { moved, files, paths } = fitting;
    const [first] = files;
    if (!first) return;
    if (files.length > 1) {
      resolved.set(text, { kind: 'ambiguous', paths });
      return;
    }
    const [ours, theirs] = [parentOf(name), parentOf(first)];
    resolved.set(text, { kind: 'found', path: first.path, moved });
    if (moved && ours !== '' && theirs !== '' && ours !== theirs)
      inDoubt.set(text, { path: first.path, ours, theirs });
  });
  if (inDoubt.size > 0) {
    const tellApart = yield* foldersThatTell(names, byKey, labels);
    yield* each(inDoubt, ([text, { path, ours, theirs }]) => {
      if (tellApart(ours, theirs)) resolved.set(text, { kind: 'contradicted', path });
    });
  }
  yield* givingUpRivals(resolved);
  return resolved;
}

/** The folder next to the name, in lower case; "" where there is none. */
const parentOf = ({ folders }: Name): string => folders.at(-1)?.toLowerCase() ?? '';

/** Whether two folders tell photos of one name apart. */
function* foldersThatTell(
  names: readonly string[],
  byKey: ReadonlyMap<string, Candidates>,
  labels: Iterable<string>,
): Steps<(ours: string, theirs: string) => boolean> {
  const classes = new Set<string>();
  yield* each(new Set(labels), (label) => {
    const word = plainWord(label);
    if (word !== '') classes.add(word);
  });
  const isClass = (folder: string) => classes.has(plainWord(folder)) || diagnosisOf(folder) !== null;
  const files = new Repeats();
  yield* each(byKey.values(), ({ all }) => files.note(all));
  const table = new Repeats();
  if (!files.found) yield* each(names, (name) => table.note([nameFrom(name)]));
  const repeat = files.found || table.found;
  return (ours, theirs) => repeat || isClass(ours) || isClass(theirs);
}

/** Whether a name lies in two folders. */
class Repeats {
  found = false;
  private readonly parents = new Map<string, string>();

  note(all: readonly Name[]): void {
    if (this.found) return;
    for (const name of all) {
      const leaf = name.leaf.toLowerCase();
      const parent = parentOf(name);
      const before = this.parents.get(leaf);
      if (before !== undefined && before !== parent) {
        this.found = true;
        return;
      }
      this.parents.set(leaf, parent);
    }
  }
}

/**
 * A file that was found only by its own name is given up where another name claims it too: it is that name's,
 * or nobody knows whose.
 */
function* givingUpRivals(resolved: Map<string, FoundFile>): Steps<void> {
  const claims = new Map<string, Set<string>>();
  yield* each(resolved, ([name, found]) => {
    if (found.kind !== 'found') return;
    const { folders, leaf } = nameFrom(name);
    const spelling = folded([...folders, leaf]).join('/');
    const same = claims.get(found.path);
    if (same) same.add(spelling);
    else claims.set(found.path, new Set([spelling]));
  });
  yield* each(resolved, ([name, found]) => {
    if (found.kind === 'found' && found.moved && (claims.get(found.path)?.size ?? 0) > 1)
      resolved.delete(name);
  });
}
