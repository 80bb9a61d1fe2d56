/**
 * Ids by which the packages name one diagnosis: HAM10000, BCN20000 and PAD-UFES-20 each write their own. HAM10000's benign keratosis has
 * seborrhoeic keratosis in it, and its akiec has actinic keratosis (Tschandl et al. 2018, "The HAM10000 dataset").
 */
const sameIds: readonly (readonly string[])[] = [
  ['nv', 'nevus', 'nev'],
  ['bkl', 'sek'],
  ['akiec', 'ack'],
];

/** Whether two labels, class ids or free words, name one diagnosis as far as ids and spelling tell. Case and outer spaces do not count. */
export function sameDiagnosis(label: string, other: string): boolean {
  return canonical(label) === canonical(other);
}

function canonical(label: string): string {
  const words = label.trim().toLowerCase();
  return sameIds.find((ids) => ids.includes(words))?.[0] ?? words;
}
