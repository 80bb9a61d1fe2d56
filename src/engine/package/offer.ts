import { type Card, parseCard, parseIndex } from '../../core/card/card';
import { isWhole } from '../../core/card/recommended';
import type { Failure, Result } from '../../core/failure';
import type { PackageProblem } from '../engine';
import { EngineError, forPackage, toResult } from '../engine-error';
import type { FileCache } from './file-cache';
import type { FileSource } from './file-source';
import { keyOf } from './files';
import { defaultLimits, fetchText } from './transfer';

/**
 * The packages of a site: its list (index.json) and the card of each. Each stands alone: a card that cannot
 * be had, or is none, costs nothing but itself. A package all of whose files this browser keeps works
 * whatever the server says, by the card that it was kept with.
 */
export interface Offer {
  cards: Card[];
  problems: PackageProblem[];
  /** Cards of earlier versions, which serve until all files of today's are kept. */
  earlier: Card[];
}

/** Never throws: what cannot be had is a problem. */
export async function readOffer(source: FileSource, models: URL): Promise<Offer> {
  const kept = await KeptCards.read(source.cache, models);
  const problems: PackageProblem[] = kept.failure
    ? [{ packageId: null, failure: kept.failure, kept: false }]
    : [];
  const list = await readList(source, new URL('index.json', models));
  if (list.failure) problems.push({ packageId: null, failure: list.failure, kept: list.ids !== null });
  for (const { id, failure } of list.invalid) problems.push({ packageId: id, failure, kept: false });

  const offer: Offer = { cards: [], problems, earlier: [] };
  // A server that could not be reached is not waited for once more for each card.
  const silence = list.failure && isUnreachable(list.failure) ? list.failure : null;
  const cards = await Promise.all((list.ids ?? []).map((id) => readCard(source, models, id, kept, silence)));
  for (const { card, earlier, problem } of cards) {
    if (card) offer.cards.push(card);
    if (earlier) offer.earlier.push(earlier);
    if (problem) problems.push(problem);
  }
  for (const [id, card] of kept.cards) {
    if (list.ids?.includes(id)) continue;
    if (!kept.isWhole(card)) {
      if (list.ids) await source.cache.forget(cardUrl(models, id).href);
      continue;
    }
    offer.cards.push(card);
    // Without any list, the list's own problem says why.
    const failure: Failure = { code: 'package-unknown', detail: { package: id } };
    if (list.ids) problems.push({ packageId: id, failure, kept: true });
  }
  return offer;
}

const cardFile = 'card.json';
const cardUrl = (models: URL, id: string) => new URL(`${id}/${cardFile}`, models);
const isUnreachable = ({ code, detail }: Failure) =>
  code === 'package-timeout' || (code === 'package-unavailable' && detail.status === undefined);

/** The cards of the last visit, and which packages are kept whole. */
class KeptCards {
  private constructor(
    readonly cards: ReadonlyMap<string, Card>,
    private readonly urls: ReadonlySet<string>,
    private readonly origin: string,
    /** Why nothing is known of it. */
    readonly failure: Failure | null,
  ) {}

  static async read(cache: FileCache, models: URL): Promise<KeptCards> {
    const urls = await cache.urls();
    const cards = new Map<string, Card>();
    for (const url of urls ?? []) {
      if (!url.startsWith(models.href)) continue;
      const [, id] = /^([^/]+)\/card\.json$/.exec(url.slice(models.href.length)) ?? [];
      const file = id === undefined ? null : await cache.read(url);
      if (id === undefined || !file) continue;
      const text = new TextDecoder().decode(file.data);
      const card = await toResult(async () => unwrap(parseJsonCard(id, text)));
      if (card.ok) cards.set(card.value.id, card.value);
    }
    const failure = urls ? null : { code: 'storage-denied' as const, detail: {} };
    return new KeptCards(cards, new Set(urls), models.origin, failure);
  }

  /** Whether all files of a card are kept; of a panel, those of its members. */
  isWhole(card: Card): boolean {
    if (card.task !== 'panel') return card.files.every((file) => this.urls.has(keyOf(this.origin, file)));
    return (
      isWhole(card, [...this.cards.values()]) &&
      card.panel.members.every(({ id }) => this.isWhole(this.cards.get(id) as Card))
    );
  }
}

interface List {
  /** Null where no list can be had. */
  ids: string[] | null;
  invalid: { id: string; failure: Failure }[];
  failure: Failure | null;
}

/** From the server, else that of the last visit. */
async function readList(source: FileSource, url: URL): Promise<List> {
  const invalid: List['invalid'] = [];
  const parse = (text: string) => {
    const index = unwrap(parseIndex(parseJson(text, 'index.json')));
    for (const id of index.invalid)
      invalid.push({
        id,
        failure: { code: 'package-invalid', detail: { package: id, problem: 'is no id' } },
      });
    return index.ids;
  };
  const { cache } = source;
  const kept = await cache.read(url.href);
  const now = await toResult(async () => {
    const text = await fetchTwice(source, url, 'index.json', kept !== null);
    const ids = parse(text);
    await cache.write(url.href, text);
    return ids;
  });
  if (now.ok) return { ids: now.value, invalid, failure: null };
  const earlier = kept && (await toResult(async () => parse(new TextDecoder().decode(kept.data))));
  return { ids: earlier?.ok ? earlier.value : null, invalid, failure: now.failure };
}

interface ReadCard {
  card: Card | null;
  earlier: Card | null;
  problem: PackageProblem | null;
}

async function readCard(
  source: FileSource,
  models: URL,
  id: string,
  kept: KeptCards,
  silence: Failure | null,
): Promise<ReadCard> {
  const before = kept.cards.get(id) ?? null;
  if (silence) {
    // Where something stands in, the problem of the list says enough.
    const problem = before ? null : { packageId: id, failure: silence, kept: false };
    return { card: before, earlier: null, problem };
  }
  const url = cardUrl(models, id);
  const now = await toResult(() =>
    forPackage(id, async () => {
      const text = await fetchTwice(source, url, cardFile, before !== null);
      return { card: unwrap(parseJsonCard(id, text)), text };
    }),
  );
  if (!now.ok) {
    const problem = { packageId: id, failure: now.failure, kept: before !== null };
    return { card: before, earlier: null, problem };
  }
  const { card, text } = now.value;
  // The card of an earlier version serves without network until the files of this one are here.
  const earlier = before && kept.isWhole(before) && !kept.isWhole(card) ? before : null;
  if (!earlier) await source.cache.write(url.href, text);
  return { card, earlier, problem: null };
}

/**
 * Once more after a first silence: a line that was lost often comes back meanwhile. Where the file of an
 * earlier visit can stand in, nobody waits for long.
 */
async function fetchTwice(source: FileSource, url: URL, file: string, kept: boolean): Promise<string> {
  if (kept) {
    const { answerMs, pauseMs } = source.limits ?? defaultLimits;
    return fetchText({ ...source, limits: { answerMs: answerMs / 2, pauseMs: pauseMs / 2 } }, url, file);
  }
  try {
    return await fetchText(source, url, file);
  } catch (error) {
    if (!(error instanceof EngineError) || error.failure.code !== 'package-timeout') throw error;
    return fetchText(source, url, file);
  }
}

function parseJsonCard(id: string, text: string): Result<Card> {
  return parseCard(id, parseJson(text, cardFile));
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    const problem = /^\s*</.test(text) ? 'is a web page, not JSON' : 'is not JSON';
    throw new EngineError('package-invalid', { file, problem });
  }
}

function unwrap<T>(result: Result<T>): T {
  if (!result.ok) throw new EngineError(result.failure.code, result.failure.detail);
  return result.value;
}
