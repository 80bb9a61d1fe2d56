import type { ZodType } from 'zod';

/** A stored record that its schema does not take. It is kept as it is, and costs no other. */
export interface Unreadable {
  /** What it is called, as far as it says. */
  name: string;
  /** The first field that is wrong, and what is wrong with it. */
  problem: string;
  /** As it is stored. */
  value: unknown;
}

/**
 * Stored records that the schema takes, as they are stored: fields that it does not know stay. `T` is what
 * the schema stands for.
 */
export function readOneByOne<T>(
  schema: ZodType,
  stored: readonly unknown[],
): { read: T[]; unreadable: Unreadable[] } {
  const read: T[] = [];
  const unreadable: Unreadable[] = [];
  for (const value of stored) {
    const parsed = schema.safeParse(value);
    if (parsed.success) read.push(value as T);
    else {
      const [issue] = parsed.error.issues;
      const problem = `${issue?.path.join('.') || 'whole'}: ${issue?.message}`;
      unreadable.push({ name: nameOf(value), problem, value });
    }
  }
  return { read, unreadable };
}

function nameOf(value: unknown): string {
  const record = (value ?? {}) as Record<string, unknown>;
  const names = ['name', 'title', 'photo', 'id'].map((field) => record[field]);
  return (names.find((name) => typeof name === 'string' && name !== '') as string | undefined) ?? '';
}
