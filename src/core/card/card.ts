import { z } from 'zod';
import { failure, type Result, success } from '../failure';
import { type Card, cardFields, id } from './card-schema';
import { contradictions } from './contradictions';
import { upgradedCard } from './upgrade';

export type { Card, CardClass, Conformal, Kind, NetworkCard, PanelCard, Text } from './card-schema';

/** A card of schema 2, with its parts belonging together. */
export const cardSchema = cardFields.check(({ value: card, issues }) => {
  for (const [path, message] of contradictions(card))
    issues.push({ code: 'custom', input: card, path, message });
});

export const indexSchema = z.object({ packages: z.array(id) });

/** Checks a parsed card.json, of schema 1 too; the failure names the first field that is wrong. */
export function parseCard(packageId: string, json: unknown): Result<Card> {
  const parsed = cardSchema.safeParse(upgradedCard(json));
  if (!parsed.success)
    return failure('package-invalid', { package: packageId, problem: problem(parsed.error) });
  if (parsed.data.id !== packageId) {
    return failure('package-invalid', { package: packageId, problem: `id: is "${parsed.data.id}"` });
  }
  return success(parsed.data);
}

/** Checks a parsed index.json and gives the package ids in the order of display. */
export function parseIndex(json: unknown): Result<string[]> {
  const parsed = indexSchema.safeParse(json);
  if (parsed.success) return success(parsed.data.packages);
  return failure('package-invalid', { package: 'index.json', problem: problem(parsed.error) });
}

function problem(error: z.ZodError): string {
  const [first] = error.issues;
  return first ? `${first.path.join('.') || 'whole'}: ${first.message}` : error.message;
}
