interface Place {
  /** From 0; -1 where nothing has the focus yet. */
  at: number;
  columns: number;
  count: number;
}

/** Where a key goes from a place in a list (one column) or grid; null where it goes nowhere. */
export function placeAfter(key: string, { at, columns, count }: Place): number | null {
  if (count === 0) return null;
  const last = count - 1;
  const within = (to: number) => (to < 0 || to > last ? null : to);
  switch (key) {
    case 'ArrowDown':
      // From the line above an incomplete last one, to the last photo.
      return at + columns > last && Math.floor(at / columns) < Math.floor(last / columns)
        ? last
        : within(at + columns);
    case 'ArrowUp':
      return within(at - columns);
    case 'ArrowRight':
      return columns > 1 ? within(at + 1) : null;
    case 'ArrowLeft':
      return columns > 1 ? within(at - 1) : null;
    case 'Home':
      return 0;
    case 'End':
      return last;
    default:
      return null;
  }
}
