import type { Card, NetworkCard } from '../../core/card/card';
import type { PackageFile, PackageProblem } from '../engine';
import { EngineError } from '../engine-error';
import { AddedPackages } from './added';
import type { FileSource } from './file-source';
import { evictStale } from './files';
import { readOffer } from './offer';

/**
 * The packages that a server offers (`readOffer`), and those that the user added to this browser. Cards are
 * read once and remembered.
 */
export class Catalogue {
  private reading: Promise<Reading> | null = null;
  /** What the last reading came to. */
  private last: Reading | null = null;
  private readonly added: AddedPackages;

  constructor(
    private readonly source: FileSource,
    /** The folder of index.json, with a slash at its end. */
    private readonly models: URL,
  ) {
    this.added = new AddedPackages(source, models.origin);
  }

  /**
   * In the order of index.json, then those that are kept though the list lacks them, then the added ones.
   * Throws the failure of the list where there is no package at all; then the next call tries again.
   */
  async all(): Promise<Card[]> {
    const { offered, added } = await this.read();
    return [...offered, ...added];
  }

  /** The same, read again where something could not be had the last time. */
  async refresh(): Promise<Card[]> {
    if (this.last && !this.last.problems.every(isUnlisted)) this.forget();
    return this.all();
  }

  /** What could not be had as the site offers it. */
  async problems(): Promise<PackageProblem[]> {
    return (await this.read()).problems;
  }

  /** The ids of those that the user added. */
  async addedIds(): Promise<string[]> {
    return (await this.read()).added.map(({ id }) => id);
  }

  /** See `AddedPackages.add`. */
  async add(files: readonly PackageFile[]): Promise<Card> {
    const { offered, problems } = await this.read();
    const missing = problems.flatMap(({ packageId }) => packageId ?? []);
    const card = await this.added.add(files, [...offered.map(({ id }) => id), ...missing]);
    this.forget();
    return card;
  }

  /** Takes an added package away, with its files unless another package has the same ones. */
  async remove(id: string): Promise<void> {
    await this.added.remove(id);
    this.forget();
    await this.read();
  }

  /**
   * Throws `package-unknown` for an id that nobody names, and what is wrong with a package whose card could
   * not be had.
   */
  async find(id: string): Promise<Card> {
    const card = (await this.all()).find((card) => card.id === id);
    if (card) return card;
    const missing = (await this.problems()).find(({ packageId }) => packageId === id);
    if (missing) throw new EngineError(missing.failure.code, missing.failure.detail);
    throw new EngineError('package-unknown', { package: id });
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

  private read(): Promise<Reading> {
    this.reading ??= this.readNow().then(
      (reading) => {
        this.last = reading;
        return reading;
      },
      (error) => {
        this.reading = null;
        throw error;
      },
    );
    return this.reading;
  }

  private forget(): void {
    this.reading = null;
    this.last = null;
  }

  private async readNow(): Promise<Reading> {
    const offer = await readOffer(this.source, this.models);
    // A later release may offer what the user had added: then the release counts.
    const offered = offer.cards;
    const added = (await this.added.cards()).filter(({ id }) => !offered.some((card) => card.id === id));
    const list = offer.problems.find(({ packageId, kept }) => packageId === null && !kept)?.failure;
    if (list && list.code !== 'storage-denied' && offered.length + added.length === 0)
      throw new EngineError(list.code, list.detail);
    // Whoever is not heard from may want files that nobody else names.
    if (offer.problems.every(isUnlisted)) {
      const wanted = [...offered, ...offer.earlier, ...added].flatMap(({ files }) => files);
      await evictStale(this.source.cache, new Set(wanted.map(({ sha256 }) => sha256)));
    }
    return { offered, added, problems: offer.problems };
  }
}

interface Reading {
  offered: Card[];
  added: Card[];
  problems: PackageProblem[];
}

/** Kept here, and no longer in the site's list: nothing that another try would mend. */
const isUnlisted = ({ failure, kept }: PackageProblem) => kept && failure.code === 'package-unknown';
