import { type Card, type NetworkCard, parseCard, parseIndex } from '../../core/card/card';
import type { Result } from '../../core/failure';
import type { PackageFile } from '../engine';
import { EngineError } from '../engine-error';
import { AddedPackages } from './added';
import type { FileSource } from './file-source';
import { evictStale, fetchLatest } from './files';

/**
 * The packages that a server offers (`<models>/index.json` and the card of each), and those that the user added to this browser. Cards
 * are read once and remembered.
 */
export class Catalogue {
  private cards: Promise<{ offered: Card[]; added: Card[] }> | null = null;
  private readonly added: AddedPackages;

  constructor(
    private readonly source: FileSource,
    /** The folder of index.json, with a slash at its end. */
    private readonly models: URL,
  ) {
    this.added = new AddedPackages(source, models.origin);
  }

  /** In the order of index.json, then the added ones. Throws `package-unavailable` or `package-invalid`; then the next call tries again. */
  async all(): Promise<Card[]> {
    const { offered, added } = await this.both();
    return [...offered, ...added];
  }

  /** The ids of those that the user added. */
  async addedIds(): Promise<string[]> {
    return (await this.both()).added.map(({ id }) => id);
  }

  /** See `AddedPackages.add`. */
  async add(files: readonly PackageFile[]): Promise<Card> {
    const { offered } = await this.both();
    const card = await this.added.add(
      files,
      offered.map(({ id }) => id),
    );
    this.cards = null;
    return card;
  }

  /** Takes an added package away, with its files unless another package has the same ones. */
  async remove(id: string): Promise<void> {
    await this.added.remove(id);
    this.cards = null;
    await this.both();
  }

  /** Throws `package-unknown` for an id that is not in the index. */
  async find(id: string): Promise<Card> {
    const card = (await this.all()).find((card) => card.id === id);
    if (!card) throw new EngineError('package-unknown', { package: id });
    return card;
  }

  /** One that holds a network of its own. Throws `package-unknown`, and `package-invalid` for a panel. */
  async network(id: string): Promise<NetworkCard> {
    const card = await this.find(id);
    if (card.task !== 'panel') return card;
    throw new EngineError('package-invalid', { package: id, problem: 'task: a panel has no network' });
  }

  get origin(): string {
    return this.models.origin;
  }

  folderOf(card: Card): URL {
    return new URL(`${card.id}/`, this.models);
  }

  /** Where the files of a package may come from: those of an added one from this browser alone. */
  async sourceOf(card: Card): Promise<FileSource> {
    if (!(await this.addedIds()).includes(card.id)) return this.source;
    const refuse = () => Promise.reject(new EngineError('added-gone', { package: card.id }));
    return { ...this.source, fetch: refuse };
  }

  private both() {
    this.cards ??= this.read().catch((error) => {
      this.cards = null;
      throw error;
    });
    return this.cards;
  }

  private async read(): Promise<{ offered: Card[]; added: Card[] }> {
    const ids = unwrap(parseIndex(await fetchLatest(this.source, new URL('index.json', this.models))));
    const offered = await Promise.all(ids.map((id) => this.readCard(id)));
    // A later release may offer what the user had added: then the release counts.
    const added = (await this.added.cards()).filter(({ id }) => !ids.includes(id));
    const wanted = new Set([...offered, ...added].flatMap(({ files }) => files.map((file) => file.sha256)));
    await evictStale(this.source.cache, wanted);
    return { offered, added };
  }

  private async readCard(id: string): Promise<Card> {
    return unwrap(parseCard(id, await fetchLatest(this.source, new URL(`${id}/card.json`, this.models))));
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new EngineError(result.failure.code, result.failure.detail);
  return result.value;
}
