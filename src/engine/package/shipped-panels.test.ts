import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { type PanelCard, parseCard, parseIndex } from '../../core/card/card';
import { joinedLogits } from '../../core/decision/panel';
import type { Catalogue } from './catalogue';
import { panelDifference, panelMembers } from './panels';

/**
 * Training writes a panel's card and its members' hashes, and the engine computes them again: both must agree
 * on the form.
 */

const json = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../../public/models/${path}`, import.meta.url), 'utf8'));
const index = parseIndex(json('index.json'));
const cards = (index.ok ? index.value.ids : []).flatMap((id) => {
  const card = parseCard(id, json(`${id}/card.json`));
  return card.ok ? [card.value] : [];
});
const catalogue = { all: async () => cards } as Catalogue;
const panels = cards.filter((card): card is PanelCard => card.task === 'panel');

describe.each(panels.map((panel) => [panel.id, panel] as const))('%s', (_id, panel) => {
  test('its members are the packages that it was measured with', async () => {
    const members = await panelMembers(catalogue, panel);
    expect(members.map(({ id }) => id)).toEqual(panel.panel.members.map(({ id }) => id));
  });

  test('its golden logits are those of its members, joined', async () => {
    const members = await panelMembers(catalogue, panel);
    const logits = members.map(({ golden }) => golden.logits ?? []);
    const difference = panelDifference(panel, joinedLogits(panel.panel.members, logits));
    expect(difference).toBeLessThanOrEqual(panel.golden.tolerance);
  });
});
