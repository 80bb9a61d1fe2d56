/** Which photos of the queue are picked for what is done to many: pure functions, as in a file manager. */

export interface Picks {
  /** In no order. */
  ids: readonly string[];
  /** Where a range begins: the photo that was picked last without Shift. */
  anchor: string | null;
}

export const noPicks: Picks = { ids: [], anchor: null };

/** `only`: this one alone; `toggle`: this one in or out (Ctrl, Cmd); `range`: all from the anchor (Shift). */
export type PickHow = 'only' | 'toggle' | 'range';

/** `shown`: the ids in the order of the queue as it is shown now. */
export function pick(picks: Picks, id: string, how: PickHow, shown: readonly string[]): Picks {
  if (how === 'only') return { ids: [id], anchor: id };
  if (how === 'toggle') {
    const ids = picks.ids.includes(id) ? picks.ids.filter((other) => other !== id) : [...picks.ids, id];
    return { ids, anchor: id };
  }
  const from = shown.indexOf(picks.anchor ?? id);
  const to = shown.indexOf(id);
  if (from < 0 || to < 0) return { ids: [id], anchor: id };
  return { ids: shown.slice(Math.min(from, to), Math.max(from, to) + 1), anchor: picks.anchor ?? id };
}

/**
 * What a command is for: the picked photos that are still shown, in the order of the queue; without several
 * of them, the one that is looked at. `picking`: they are picked on purpose, so one is enough.
 */
export function pickedIds(
  picks: Picks,
  shown: readonly string[],
  selectedId: string | null,
  picking = false,
): string[] {
  const wanted = new Set(picks.ids);
  const picked = shown.filter((id) => wanted.has(id));
  if (picked.length > (picking ? 0 : 1)) return picked;
  return selectedId === null ? [] : [selectedId];
}
