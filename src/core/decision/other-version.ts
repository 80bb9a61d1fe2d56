import type { Provenance } from '../analysis';
import type { Card } from '../card/card';
import { knownHash } from '../card/known-hash';

/** An answer by another version of the model than the one here: what the card here promises says nothing of it. */
export interface OtherVersion {
  /** That judged. */
  version: string;
  /** Of the card here: the same where other files have the same version. */
  here: string;
}

/** Null where the package that answered is the one of the card, as far as version and hash tell. */
export function otherVersion(
  card: Pick<Card, 'version'>,
  { packageVersion, packageHash }: Pick<Provenance, 'packageVersion' | 'packageHash'>,
): OtherVersion | null {
  const hash = knownHash(card);
  const sameFiles = hash === null || packageHash === '' || hash === packageHash;
  return packageVersion === card.version && sameFiles
    ? null
    : { version: packageVersion, here: card.version };
}
