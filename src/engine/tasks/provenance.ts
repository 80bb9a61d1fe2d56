import { version } from '../../../package.json';
import type { Provenance } from '../../core/analysis';
import type { PanelCard } from '../../core/card/card';
import { packageHash } from '../package/hash';
import type { ReadyPackage } from '../package/packages';

/** What an answer of this package comes from. */
export const provenanceOf = ({ card, hash, backend }: ReadyPackage): Provenance => ({
  appVersion: version,
  packageId: card.id,
  packageVersion: card.version,
  packageHash: hash,
  backend: backend.name,
  adapter: backend.adapter,
  preprocessing: 1,
});

/** What a panel's answer comes from, in place of a network's own. The members are in `Analysis.panel`. */
export const panelProvenance = async (card: PanelCard) => ({
  packageId: card.id,
  packageVersion: card.version,
  packageHash: await packageHash(card),
});
