import type { Card, NetworkCard, PanelCard } from '../../core/card/card';
import { joinedLogits } from '../../core/decision/panel';
import type { LoadedPackage, Progress } from '../engine';
import { EngineError, messageOf } from '../engine-error';
import type { Turn } from '../priority-mutex';
import type { Catalogue } from './catalogue';
import { largestDifference } from './golden';
import { packageHash } from './hash';
import type { Packages } from './packages';

/** Panels: packages whose answers are joined from those of other packages. */

/**
 * The members of a panel, in their order. Throws `panel-incomplete`, naming the first member that is missing
 * or is not the one that the panel was made with.
 */
export async function panelMembers(catalogue: Catalogue, panel: PanelCard): Promise<NetworkCard[]> {
  const cards = await catalogue.all();
  return Promise.all(
    panel.panel.members.map(async ({ id, version, card: hash }) => {
      const card = cards.find((candidate) => candidate.id === id);
      const refuse = (reason: string) => {
        throw new EngineError('panel-incomplete', { package: panel.id, member: id, reason });
      };
      if (!card) return refuse('it is not among the models');
      if (card.version !== version) return refuse(`its version is ${card.version}, and ${version} is wanted`);
      if (card.task === 'panel' || card.task === 'segmentation') return refuse(`it is a ${card.task}`);
      if (idsOf(card) !== idsOf(panel)) return refuse('its classes are not those of the panel');
      if ((await packageHash(card)) !== hash)
        return refuse('its files are not those that the panel was made with');
      return card;
    }),
  );
}

const idsOf = ({ classes }: Card) => classes.map(({ id }) => id).join();

/** The networks behind a package: its own, or the members'. Throws `panel-incomplete`. */
export async function networksBehind(catalogue: Catalogue, card: Card): Promise<NetworkCard[]> {
  return card.task === 'panel' ? panelMembers(catalogue, card) : [card];
}

/**
 * Loads all members. Each passes its own golden sample; the panel's holds the members' golden logits, joined,
 * against its own: that the join is the one that it was measured with. Throws `panel-incomplete` for a member
 * that cannot be loaded, and `golden-failed`.
 */
export async function loadPanel(
  { catalogue, packages }: { catalogue: Catalogue; packages: Packages },
  panel: PanelCard,
  signal: AbortSignal,
  onProgress: (progress: Progress) => void,
  turn?: Turn,
): Promise<LoadedPackage> {
  const members = await panelMembers(catalogue, panel);
  const ready = [];
  for (const [index, { id }] of members.entries()) {
    const share = (progress: Progress) =>
      onProgress({
        ...progress,
        fraction: progress.fraction === null ? null : (index + progress.fraction) / members.length,
      });
    ready.push(await asMember(panel, id, () => packages.load(id, signal, share, turn)));
  }
  const joined = joinedLogits(
    panel.panel.members,
    members.map(({ golden }) => golden.logits ?? []),
  );
  const difference = panelDifference(panel, joined);
  const { tolerance } = panel.golden;
  if (!(difference <= tolerance))
    throw new EngineError('golden-failed', { package: panel.id, difference, tolerance });
  const [first] = ready;
  if (!first) throw new Error('a panel has members');
  return {
    id: panel.id,
    fromCache: ready.every((network) => network.fromCache),
    cached: ready.every((network) => network.cached),
    milliseconds: ready.reduce((sum, network) => sum + network.milliseconds, 0),
    golden: { difference, tolerance },
    backend: first.backend,
  };
}

/** The largest difference between a panel's joined golden logits and those of its card. */
export function panelDifference({ golden }: PanelCard, joined: readonly number[]): number {
  return largestDifference(joined, golden.logits ?? []);
}

/** Work on a member of a panel: where it fails, the panel does, and the member is named. */
export async function asMember<T>(panel: PanelCard, member: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const { code, detail } =
      error instanceof EngineError ? error.failure : { code: messageOf(error), detail: {} };
    if (code === 'cancelled') throw error;
    throw new EngineError('panel-incomplete', { ...detail, package: panel.id, member, reason: code });
  }
}
