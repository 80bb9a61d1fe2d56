/** Which classes of a look cannot be ruled out. */
export interface ListedClasses {
  /** In the order of the look's classes. */
  classes: readonly string[];
  /** It is only the most probable one of an unsure answer. */
  unsure: boolean;
}

/**
 * As bits in base 36, the first of `ids` the lowest, with "-" where the answer was unsure; "0" where nothing is said.
 */
export function writeListed(ids: readonly string[], listed: ListedClasses | undefined): string {
  const bits = ids.reduce((sum, id, at) => sum + (listed?.classes.includes(id) ? 2 ** at : 0), 0);
  return `${bits.toString(36)}${listed?.unsure && bits > 0 ? '-' : ''}`;
}

/** Reads what `writeListed` wrote of these ids; undefined where nothing is said, null where it wrote no such thing. */
export function readListed(text: string, ids: readonly string[]): ListedClasses | undefined | null {
  if (text === '0') return undefined;
  const [, digits = '', unsure] = /^([0-9a-z]{1,3})(-?)$/.exec(text) ?? [];
  const bits = Number.parseInt(digits, 36);
  // There is one way to write a number, and there are no bits of classes that are not there.
  if (!(bits > 0) || bits >= 2 ** ids.length || bits.toString(36) !== digits) return null;
  return {
    classes: ids.filter((_, at) => Math.floor(bits / 2 ** at) % 2 === 1),
    unsure: unsure === '-',
  };
}
