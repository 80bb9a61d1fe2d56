import type { Card } from '../card/card';

export type MetadataSchema = NonNullable<Card['metadata']>;
export type MetadataField = MetadataSchema['fields'][number];

/**
 * What is known of a patient, by field id: an age in years, a choice's id, or a word of a table. Absent, null
 * and '' are unknown.
 */
export type MetadataValues = Readonly<Record<string, string | number | null | undefined>>;

/** The place of "unknown" within a field's group. */
export function unknownIndex(field: MetadataField): number {
  return field.size - 1;
}

/**
 * The place of a value within its field's group, as training/lentigo/data/metadata.py has it: for `bins` the
 * bin from its edge up to the next one, the last bin open, below the first edge the first bin; for `choice`
 * the choice with this id or this word of a table (exactly, upper and lower case as they stand). Anything
 * else is the last place, "unknown".
 */
export function encodeField(field: MetadataField, value: string | number | null | undefined): number {
  if (value === null || value === undefined || value === '') return unknownIndex(field);
  if (field.kind === 'bins') {
    const number = typeof value === 'number' ? value : value.trim() === '' ? Number.NaN : Number(value);
    if (Number.isNaN(number)) return unknownIndex(field);
    return Math.max(0, field.edges.filter((edge) => edge <= number).length - 1);
  }
  const word = String(value);
  const index = field.choices.findIndex(({ id, values }) => id === word || values.includes(word));
  return index < 0 ? unknownIndex(field) : index;
}

/**
 * A word in the field's own: the word itself where the field knows it, else the id of the choice that it
 * means in another case of letters, by its name, or as yes and no. Spreadsheets write the True of a table as
 * TRUE. Null where the field knows it not at all.
 */
export function wordOfField(field: MetadataField, value: string | number): string | number | null {
  if (encodeField(field, value) !== unknownIndex(field)) return value;
  if (field.kind !== 'choice') return null;
  const word = plain(String(value));
  const meant = field.choices.filter(({ id, name, values }) =>
    [id, name.en, name.ko, ...values].some((spelling) => plain(spelling) === word),
  );
  if (meant.length === 1) return meant[0]?.id ?? null;
  const answer = yesNo.find(({ words }) => words.includes(word))?.id;
  return field.choices.length === 2 && field.choices.some(({ id }) => id === answer)
    ? (answer ?? null)
    : null;
}

const plain = (word: string) => word.trim().toLowerCase().normalize('NFC');
const yesNo = [
  { id: 'yes', words: ['1', '1.0', 't', 'true', 'y', 'yes', 'wahr', '예', '네', '있음'] },
  { id: 'no', words: ['0', '0.0', 'f', 'false', 'n', 'no', 'falsch', '아니요', '아니오', '없음'] },
];

/** The network's `metadata` input, [width]: one 1 in each field's group. */
export function encodeMetadata(schema: MetadataSchema, values: MetadataValues): Float32Array {
  const encoded = new Float32Array(schema.width);
  for (const field of schema.fields) encoded[field.offset + encodeField(field, values[field.id])] = 1;
  return encoded;
}

/** The ids of the fields whose value is not known: what was missing. */
export function unknownFields(schema: MetadataSchema, values: MetadataValues): string[] {
  return schema.fields
    .filter((field) => encodeField(field, values[field.id]) === unknownIndex(field))
    .map(({ id }) => id);
}
