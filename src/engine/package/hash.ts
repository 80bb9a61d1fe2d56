import type { Card } from '../../core/card/card';
import { sha256 as hashOf } from '../../core/sha256';
import { EngineError } from '../engine-error';

/**
 * In hexadecimal. Throws `package-unavailable` on a page over plain http, where browsers have no
 * cryptography: unverified is refused.
 */
export async function sha256(data: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new EngineError('package-unavailable', {
      reason: 'the page is not served over https or from localhost',
    });
  }
  return hashOf(data);
}

/**
 * One hash for all that answers: of the lines "<sha256>  <path>" of a package's files in the order of the
 * card, as `sha256sum` writes them; of a panel "<packageHash>  <id> <weight> <temperature>" for each member.
 */
export function packageHash(card: Card): Promise<string> {
  const lines =
    card.task === 'panel'
      ? card.panel.members.map(
          (member) => `${member.card}  ${member.id} ${member.weight} ${member.temperature}\n`,
        )
      : card.files.map(({ path, sha256: hash }) => `${hash}  ${path}\n`);
  return sha256(new TextEncoder().encode(lines.join('')));
}
