import { cardSchema, type PanelCard } from '../../core/card/card';
import { joinedLogits } from '../../core/decision/panel';
import exampleCard from '../../core/fixtures/card.json' with { type: 'json' };
import { packageHash } from '../package/hash';
import type { TinyPackage } from './build-package';

/** A panel without a network, as a package of one file. */
export interface TinyPanel {
  card: PanelCard;
  files: Map<string, Uint8Array<ArrayBuffer>>;
}

/**
 * A panel of packages that have passed their golden samples; of the first of them is the out-of-distribution
 * score.
 */
export async function tinyPanel(
  packages: readonly TinyPackage[],
  weights: readonly number[] = packages.map(() => 1 / packages.length),
  change: object = {},
): Promise<TinyPanel> {
  const members = await Promise.all(
    packages.map(async ({ card }, index) => ({
      id: card.id,
      version: card.version,
      card: await packageHash(card),
      weight: weights[index] ?? 0,
      temperature: 1 + index / 2,
    })),
  );
  const { input: _input, outputs: _outputs, ...rest } = exampleCard;
  const card = cardSchema.parse({
    ...rest,
    id: 'tiny-panel',
    task: 'panel',
    files: [],
    ood: { ...exampleCard.ood, member: members[0]?.id },
    panel: { members, join: 'mean-log-probabilities' },
    golden: {
      formula: 'integer-ramp',
      logits: joinedLogits(
        members,
        packages.map(({ card }) => card.golden.logits ?? []),
      ),
      tolerance: 1e-4,
    },
    ...change,
  }) as PanelCard;
  return {
    card,
    files: new Map([['card.json', new Uint8Array(new TextEncoder().encode(JSON.stringify(card)))]]),
  };
}
