import { useEffect, useRef } from 'react';

/**
 * The ref of a heading that takes the focus whenever `now` changes, so that a screen reader reads it and the Tab
 * key goes on from it.
 */
export function useFocusedHeading(now: string) {
  const heading = useRef<HTMLHeadingElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `now` is what the heading says
  useEffect(() => heading.current?.focus({ preventScroll: true }), [now]);
  return heading;
}
