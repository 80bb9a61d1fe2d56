import { z } from 'zod';
import { failure, type Result, success } from '../failure';
import { type Card, cardFields } from './card-schema';
import { id } from './card-values';
import { contradictions } from './contradictions';
import { upgradedCard } from './upgrade';

export type { Card, Conformal, Kind, Limit, NetworkCard, PanelCard, Text } from './card-schema';

/** A card of schema 3, with its parts belonging together. */
export const cardSchema = cardFields.check(({ value: card, issues }) => {
  for (const [path, message] of contradictions(card))
    issues.push({ code: 'custom', input: card, path, message });
});

const indexSchema = z.object({ packages: z.array(z.unknown()) });

/** Checks a parsed card.json, of schemas 1 and 2 too; the failure names the first field that is wrong. */
export function parseCard(packageId: string, json: unknown): Result<Card> {
  const parsed = cardSchema.safeParse(upgradedCard(json));
  if (!parsed.success)
    return failure('package-invalid', { package: packageId, problem: problem(parsed.error) });
  if (parsed.data.id !== packageId) {
    return failure('package-invalid', { package: packageId, problem: `id: is "${parsed.data.id}"` });
  }
  return success(parsed.data);
}

export interface PackageIndex {
  /** In the order of display, each once. */
  ids: string[];
  /** What stands among them and is no id. */
  invalid: string[];
}

/** Checks a parsed index.json. An entry that is no id costs nothing but itself. */
export function parseIndex(json: unknown): Result<PackageIndex> {
  const parsed = indexSchema.safeParse(json);
  if (parsed.success) {
    const entries = [...new Set(parsed.data.packages)];
    const ids = entries.filter((entry): entry is string => id.safeParse(entry).success);
    const invalid = entries.filter((entry) => !id.safeParse(entry).success);
    return success({ ids, invalid: invalid.map((entry) => JSON.stringify(entry)) });
  }
  return failure('package-invalid', { package: 'index.json', problem: problem(parsed.error) });
}

function problem(error: z.ZodError): string {
  const [first] = error.issues;
  return first ? `${first.path.join('.') || 'whole'}: ${first.message}` : error.message;
}
