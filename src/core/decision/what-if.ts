import { type MetadataField, type MetadataSchema, unknownIndex } from '../patient/metadata';

/** One question to the network's head: what would it say had this been different? */
export interface Variant {
  /** The field that differs, or 'mask' for the lesion's mask left out. */
  field: string;
  /** The value it takes: 'unknown', a choice's id, a bin as "40-49" or "80+"; 'none' for the mask. */
  value: string;
  /** The `metadata` input, [width]. */
  metadata: Float32Array;
  /** False: the head gets the mask vector of an empty mask. */
  mask: boolean;
}

/**
 * Every variant that differs in one thing from an encoding: each field at each of its other values and
 * unknown, then no mask (where there is one). In the order of the card's fields, "unknown" first: it says
 * what the field was worth at all.
 */
export function whatIfVariants(schema: MetadataSchema, current: Float32Array, hasMask: boolean): Variant[] {
  const variants = schema.fields.flatMap((field) => {
    const unknownAt = unknownIndex(field);
    const indices = [unknownAt, ...Array.from({ length: unknownAt }, (_, index) => index)];
    return indices
      .filter((index) => !current[field.offset + index])
      .map((index) => {
        const metadata = current.slice();
        metadata.fill(0, field.offset, field.offset + field.size);
        metadata[field.offset + index] = 1;
        return { field: field.id, value: valueAt(field, index), metadata, mask: hasMask };
      });
  });
  const withoutMask = { field: 'mask', value: 'none', metadata: current.slice(), mask: false };
  return hasMask ? [...variants, withoutMask] : variants;
}

/** The name of a place within a field's group. Bins are whole numbers apart, as ages are: "40-49". */
export function valueAt(field: MetadataField, index: number): string {
  if (index === unknownIndex(field)) return 'unknown';
  if (field.kind === 'choice') return field.choices[index]?.id ?? 'unknown';
  const [from, next] = [field.edges[index], field.edges[index + 1]];
  return next === undefined ? `${from}+` : `${from}-${next - 1}`;
}

export interface WhatIfRow {
  field: string;
  value: string;
  /** Probabilities with this variant, in the order of the classes. */
  probabilities: number[];
  /** Those minus the ones of the answer, -1 to 1. */
  changes: number[];
  /** The largest change of any class, without its sign. */
  largest: number;
}

/**
 * The table of changes: one row a variant, in the variants' order. `probabilities` holds what the head gave
 * for each variant, `answer` what it gave for the case as it is, both calibrated. Throws RangeError when
 * their numbers differ.
 */
export function whatIfTable(
  answer: readonly number[],
  variants: readonly Variant[],
  probabilities: readonly (readonly number[])[],
): WhatIfRow[] {
  if (probabilities.length !== variants.length || probabilities.some((row) => row.length !== answer.length)) {
    throw new RangeError(
      `${variants.length} variants of ${answer.length} classes need as many probabilities.`,
    );
  }
  return variants.map(({ field, value }, index) => {
    const row = [...(probabilities[index] ?? [])];
    const changes = row.map((probability, index) => probability - (answer[index] ?? 0));
    return { field, value, probabilities: row, changes, largest: Math.max(...changes.map(Math.abs)) };
  });
}
