import { hasPictureEnding, nameOf, withoutPictureEnding } from '../image/file-names';

export interface Name {
  /** In one spelling: macOS decomposes letters (NFD), Excel writes them composed (NFC). */
  leaf: string;
  folders: string[];
  /** Without the ending of a picture, in lower case: what two names must share to be compared at all. */
  key: string;
}

export interface Candidate extends Name {
  path: string;
}

/** A name without folders, whose letters have one spelling. */
const plain = /^[\w .()-]+$/;

export function nameFrom(text: string): Name {
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

export const folded = (parts: readonly string[]) => parts.map((part) => part.toLowerCase());

/** Files that fit a name best and equally well, and whether only their own names agree with it. */
export interface Fitting {
  moved: boolean;
  /** In the order in which they were added. */
  files: readonly Candidate[];
  /** Of the files. Shared by all names that they fit: thousands of names may fit thousands of files equally well. */
  paths: string[];
}

/** Where the folders of a file end, read from the file upwards. */
interface Node {
  folders: Map<string, Node>;
  /** Files that end here. */
  here: Candidate[];
  /** Files that end here or further up: their folders end in those of this place. */
  below: Candidate[];
  /** By the spelling of a name whose folders end here, or that agrees with no file: what fits it. */
  fitting: Map<string, Fitting>;
}

/**
 * Files of one key. A study may have an "image.jpg" in each of ten thousand folders, and a table as many rows:
 * a name is compared with the few files whose folders agree with its own, and with all of them only once for
 * each spelling.
 */
export class Candidates {
  private readonly root = newNode();

  add(file: Candidate): void {
    let node = this.root;
    node.below.push(file);
    for (const folder of folded(file.folders).reverse()) {
      let next = node.folders.get(folder);
      if (!next) {
        next = newNode();
        node.folders.set(folder, next);
      }
      node = next;
      node.below.push(file);
    }
    node.here.push(file);
  }

  get all(): readonly Candidate[] {
    return this.root.below;
  }

  fitting(name: Name): Fitting {
    const way: Node[] = [this.root];
    const above: Candidate[] = [];
    let whole = true;
    for (const folder of folded(name.folders).reverse()) {
      const node = way.at(-1) as Node;
      above.push(...node.here);
      const next = node.folders.get(folder);
      if (!next) {
        whole = false;
        break;
      }
      way.push(next);
    }
    const end = way.at(-1) as Node;
    // Files that agree have the longer or the shorter of the same folders.
    if (whole && above.length === 0) return remembered(end, name);
    if (whole) return best(name, [...above, ...end.below]);
    if (above.length > 0) return best(name, above);
    // Of files in other folders the file's own name counts first, then how many folders are the same.
    const other = { ...name, folders: [elsewhere] };
    const highest = leafFit(name, remembered(this.root, other).files[0] as Candidate);
    const places = way.map((node) => remembered(node, other)).reverse();
    return places.find(({ files: [file] }) => leafFit(name, file as Candidate) === highest) as Fitting;
  }
}

/** No folder has this name. */
const elsewhere = '/';

const newNode = (): Node => ({ folders: new Map(), here: [], below: [], fitting: new Map() });

function remembered(node: Node, name: Name): Fitting {
  const spelling = [...name.folders, name.leaf].join('/');
  let fitting = node.fitting.get(spelling);
  if (!fitting) {
    fitting = best(name, node.below);
    node.fitting.set(spelling, fitting);
  }
  return fitting;
}

function best(name: Name, files: readonly Candidate[]): Fitting {
  let found: Candidate[] = [];
  let highest: Fit | null = null;
  for (const file of files) {
    const fit = fitOf(name, file);
    const order: number = highest ? compare(fit, highest) : 1;
    if (order < 0) continue;
    if (order > 0) found = [];
    highest = order > 0 ? fit : highest;
    found.push(file);
  }
  return { moved: highest?.[0] === 0, files: found, paths: found.map(({ path }) => path) };
}

/** How well a name and a file agree, the weightiest first; a larger number is a better fit. */
type Fit = readonly number[];

/** 2 for the same file name, 1 where an ending is missing, 0 for another ending. */
function leafFit(name: Name, file: Name): number {
  if (name.leaf.toLowerCase() === file.leaf.toLowerCase()) return 2;
  return Number(!hasPictureEnding(name.leaf) || !hasPictureEnding(file.leaf));
}

function fitOf(name: Name, file: Candidate): Fit {
  const [ours, theirs] = [folded(name.folders), folded(file.folders)];
  let shared = 0;
  while (shared < Math.min(ours.length, theirs.length) && ours.at(-1 - shared) === theirs.at(-1 - shared))
    shared++;
  const foldersAgree = shared === ours.length || shared === theirs.length;
  const leaf = leafFit(name, file);
  return [
    Number(foldersAgree && leaf > 0),
    Number(foldersAgree),
    leaf,
    shared,
    Number(shared === ours.length && shared === theirs.length),
    Number(name.leaf === file.leaf && name.folders.join('/') === file.folders.join('/')),
    Number(name.leaf === file.leaf),
  ];
}

function compare(a: Fit, b: Fit): number {
  for (const [index, value] of a.entries()) {
    const difference = value - (b[index] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
