import type { Card } from './card';

/** Of all files of the package itself; a panel has none (`downloadBytes` counts its members'). */
export function bytesOf({ files }: Pick<Card, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
