import type { Card } from '../../core/card/card';
import { EngineError } from '../engine-error';

/** In hexadecimal. Throws `package-unavailable` on a page over plain http, where browsers have no cryptography: unverified is refused. */
export async function sha256(data: ArrayBuffer | Uint8Array<ArrayBuffer>): Promise<string> {
  if (!globalThis.crypto?.subtle) {
    throw new EngineError('package-unavailable', {
      reason: 'the page is not served over https or from localhost',
    });
  }
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', data));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One hash for all files of a package: of the lines "<sha256>  <path>" in the order of the card, as `sha256sum` writes them. */
export function packageHash({ files }: Card): Promise<string> {
  const lines = files.map(({ path, sha256: hash }) => `${hash}  ${path}\n`).join('');
  return sha256(new TextEncoder().encode(lines));
}
