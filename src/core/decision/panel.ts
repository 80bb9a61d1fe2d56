import type { PanelCard } from '../card/card';

/** Several networks that answer together. */

/** What one member of a panel said by itself. */
export interface PanelMember {
  packageId: string;
  packageVersion: string;
  packageHash: string;
  /** Its weight in the panel. */
  weight: number;
  /** In the order of the panel's classes. */
  logits: number[];
  /**
   * The classes that the panel flags, added up by the member's own calibration, 0 to 1; null where the panel
   * flags none.
   */
  probability: number | null;
  /** Over its own threshold; null where it has none. */
  flagged: boolean | null;
}

/**
 * The members' answers as one, for the panel's own temperature: z = the sum over the members of weight * log
 * softmax(logits / temperature). That is a weighted geometric mean of their probabilities (a logarithmic
 * opinion pool: Genest and Zidek, Statistical Science 1, 1986). `logits`: those of each member in the order
 * of `members`, one for each class. Throws RangeError where a member's are missing.
 */
export function joinedLogits(
  members: PanelCard['panel']['members'],
  logits: readonly (readonly number[])[],
): number[] {
  const rows = members.map(({ id, weight, temperature }, index) => {
    const row = logits[index];
    if (!row) throw new RangeError(`The panel's member ${id} has no answer.`);
    return logSoftmax(row.map((logit) => logit / temperature)).map((value) => weight * value);
  });
  return (rows[0] ?? []).map((_, column) => rows.reduce((sum, row) => sum + (row[column] ?? Number.NaN), 0));
}

function logSoftmax(values: readonly number[]): number[] {
  const largest = Math.max(...values);
  const rest = Math.log(values.reduce((sum, value) => sum + Math.exp(value - largest), 0));
  return values.map((value) => value - largest - rest);
}

/** How far the members of a panel are apart about what it flags. */
export interface PanelSpread {
  lowest: number;
  highest: number;
  /**
   * Standard deviation over the members, divided by their number: the members are all there are, no sample.
   */
  deviation: number;
  /** Ids of the members that would flag the photo by themselves, and how many have a threshold at all. */
  flagging: string[];
  deciding: number;
}

/** Null where the panel flags nothing. */
export function panelSpread(members: readonly PanelMember[]): PanelSpread | null {
  const sums = members.flatMap(({ probability }) => (probability === null ? [] : [probability]));
  if (sums.length === 0) return null;
  const mean = sums.reduce((total, sum) => total + sum, 0) / sums.length;
  const variance = sums.reduce((total, sum) => total + (sum - mean) ** 2, 0) / sums.length;
  return {
    lowest: Math.min(...sums),
    highest: Math.max(...sums),
    deviation: Math.sqrt(variance),
    flagging: members.filter(({ flagged }) => flagged).map(({ packageId }) => packageId),
    deciding: members.filter(({ flagged }) => flagged !== null).length,
  };
}
