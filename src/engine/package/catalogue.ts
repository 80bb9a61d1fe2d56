import { type Card, parseCard, parseIndex } from '../../core/card';
import type { Result } from '../../core/failure';
import { Refusal } from '../refusal';
import { evict, type FileSource, fetchLatest } from './files';

/** The packages that a server offers: `<models>/index.json` and the card of each. Cards are read once and remembered. */
export class Catalogue {
  private cards: Promise<Card[]> | null = null;

  constructor(
    private readonly source: FileSource,
    /** The folder of index.json, with a slash at its end. */
    private readonly models: URL,
  ) {}

  /** In the order of index.json. Throws `package-unavailable` or `package-invalid`; then the next call tries again. */
  all(): Promise<Card[]> {
    this.cards ??= this.read().catch((error) => {
      this.cards = null;
      throw error;
    });
    return this.cards;
  }

  /** Throws `package-unknown` for an id that is not in the index. */
  async find(id: string): Promise<Card> {
    const card = (await this.all()).find((one) => one.id === id);
    if (!card) throw new Refusal('package-unknown', { package: id });
    return card;
  }

  get origin(): string {
    return this.models.origin;
  }

  folderOf(card: Card): URL {
    return new URL(`${card.id}/`, this.models);
  }

  private async read(): Promise<Card[]> {
    const ids = unwrap(parseIndex(await fetchLatest(this.source, new URL('index.json', this.models))));
    const cards = await Promise.all(ids.map((id) => this.readCard(id)));
    const wanted = new Set(cards.flatMap(({ files }) => files.map((file) => file.sha256)));
    // A cache that cannot be tidied is no reason not to work.
    await evict(this.source, wanted).catch((error) => console.warn(`The cache is not tidied: ${error}`));
    return cards;
  }

  private async readCard(id: string): Promise<Card> {
    return unwrap(parseCard(id, await fetchLatest(this.source, new URL(`${id}/card.json`, this.models))));
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new Refusal(result.failure.code, result.failure.detail);
  return result.value;
}
