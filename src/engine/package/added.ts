import { type Card, type NetworkCard, parseCard } from '../../core/card/card';
import type { PackageFile } from '../engine';
import { EngineError, messageOf } from '../engine-error';
import { checkGraph } from '../graph/check-graph';
import { readNetwork } from './artifacts';
import type { FileSource } from './file-source';
import { keyOf } from './files';
import { sha256 } from './hash';

/**
 * Packages that the user brought along, kept in this browser's cache and nowhere else: the card under its id,
 * the files under their hashes, where `fetchVerified` finds them. They are never asked of a server.
 */
export class AddedPackages {
  constructor(
    private readonly source: FileSource,
    private readonly origin: string,
  ) {}

  /**
   * By id. What an earlier version of the app took in and this one does not understand is left out and told
   * on the console.
   */
  async cards(): Promise<Card[]> {
    const { cache } = this.source;
    const cards: Card[] = [];
    for (const url of (await cache.urls()) ?? []) {
      const [, id] = /\/added\/([^/]+)$/.exec(url) ?? [];
      if (id === undefined) continue;
      const parsed = parseCard(id, jsonOf((await cache.read(url))?.data));
      if (parsed.ok) cards.push(parsed.value);
      else console.warn(`The added package ${id} is left out:`, parsed.failure.detail);
    }
    return cards.sort((a, b) => a.id.localeCompare(b.id));
  }

  /**
   * Checks a package against the schema, its own hashes and what a graph needs, then keeps it, in place of an
   * earlier one of its id, which stays where anything fails on the way. Throws `added-...` for what is wrong with it, and `storage-full` or
   * `storage-denied`. `taken`: ids of the packages that the site offers.
   */
  async add(files: readonly PackageFile[], taken: readonly string[]): Promise<Card> {
    const card = await this.cardOf(files);
    if (taken.includes(card.id)) throw new EngineError('added-exists', { package: card.id });
    const contents = await Promise.all(card.files.map((entry) => contentsOf(files, entry)));
    if (card.task !== 'panel') await checkNetwork(card, contents);
    await this.keepFiles(card, contents);
    // After its files, and in one write: until then the earlier package of this id is the one that is there.
    await this.keep(`added/${card.id}`, JSON.stringify(card));
    // Another tab may have swept away files that no card named yet.
    await this.keepFiles(card, contents);
    return card;
  }

  /**
   * Forgets one; its files go with the next look at the list of packages. Throws `package-unknown` and
   * `storage-denied`.
   */
  async remove(id: string): Promise<void> {
    if (!(await this.source.cache.remove(this.url(`added/${id}`))))
      throw new EngineError('package-unknown', { package: id });
  }

  private async cardOf(files: readonly PackageFile[]): Promise<Card> {
    const file = files.find(({ name }) => name === 'card.json');
    if (!file) throw new EngineError('added-absent', { files: files.map(({ name }) => name).join(', ') });
    let json: unknown;
    try {
      json = JSON.parse(await file.data.text());
    } catch {
      throw new EngineError('added-invalid', { problem: 'card.json: is not JSON' });
    }
    const id = typeof json === 'object' && json !== null && 'id' in json ? String(json.id) : '';
    const parsed = parseCard(id, json);
    if (parsed.ok) return parsed.value;
    throw new EngineError('added-invalid', { problem: `card.json: ${parsed.failure.detail.problem}` });
  }

  /** Those that the browser does not store yet. */
  private async keepFiles({ files }: Card, contents: readonly ArrayBuffer[]): Promise<void> {
    const stored = new Set(await this.source.cache.urls());
    for (const [index, file] of files.entries()) {
      if (stored.has(keyOf(this.origin, file))) continue;
      await this.keep(`sha256/${file.sha256}`, contents[index] as ArrayBuffer);
    }
  }

  private async keep(path: string, data: ArrayBuffer | string): Promise<void> {
    const refused = await this.source.cache.write(this.url(path), data);
    if (refused) throw new EngineError(refused);
  }

  private url(path: string): string {
    return new URL(path, this.origin).href;
  }
}

/** Null for what is no JSON. */
function jsonOf(data: ArrayBuffer | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(data));
  } catch {
    return null;
  }
}

async function contentsOf(files: readonly PackageFile[], entry: Card['files'][number]): Promise<ArrayBuffer> {
  const file = files.find(({ name }) => name === entry.path);
  if (!file) throw new EngineError('added-incomplete', { file: entry.path });
  if (file.data.size !== entry.bytes) {
    throw new EngineError('added-tampered', { file: entry.path, bytes: file.data.size, card: entry.bytes });
  }
  const data = await file.data.arrayBuffer();
  const hash = await sha256(data);
  if (hash !== entry.sha256)
    throw new EngineError('added-tampered', { file: entry.path, sha256: hash, card: entry.sha256 });
  return data;
}

/**
 * That the files make a graph that can be run, with the inputs and outputs that the card names. Whether it
 * answers rightly, its golden sample shows.
 */
async function checkNetwork(card: NetworkCard, contents: ArrayBuffer[]): Promise<void> {
  const { name, height, width, channels } = card.input;
  const fed = new Map<string, number[]>([[name, [1, height, width, channels]]]);
  if (card.metadata) fed.set('metadata', [1, card.metadata.width]);
  if (card.task === 'fusion') fed.set('mask', [1, height, width, 1]);
  try {
    const dataOf = async (path: string) => contents[card.files.findIndex((file) => file.path === path)];
    const { graph } = await readNetwork(card, dataOf);
    checkGraph(graph, fed);
  } catch (error) {
    const problem = error instanceof EngineError ? error.failure.detail.problem : messageOf(error);
    throw new EngineError('added-invalid', { problem: `model.json: ${problem}` });
  }
}
