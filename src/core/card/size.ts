import type { Card } from './card';

/** Of all files that a user downloads. */
export function bytesOf({ files }: Pick<Card, 'files'>): number {
  return files.reduce((sum, { bytes }) => sum + bytes, 0);
}
