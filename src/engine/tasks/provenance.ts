import { version } from '../../../package.json';
import type { Provenance } from '../../core/analysis';
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
