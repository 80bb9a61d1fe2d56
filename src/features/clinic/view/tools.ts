import { useState } from 'react';
import type { MapChoice } from './MapControls';

/** What the pointer does on the photo. */
export const tools = ['pan', 'square', 'measure', 'brush'] as const;
type Tool = (typeof tools)[number];

export interface Brush {
  /** Painted freely, or by the corners of what is to be filled. */
  shape: 'brush' | 'polygon';
  add: boolean;
  /** In hundredths of the photo's shorter side. */
  size: number;
}

export interface ViewerState {
  tool: Tool;
  outline: boolean;
  map: MapChoice;
  /** Which of the photo's measuring lines is worked on. */
  line: number;
  brush: Brush;
}

/**
 * How the photo in the middle is worked on now. Nothing here is an answer, so nothing here is kept. A map that was chosen
 * holds for its photo alone: on a flagged one after it, it may be that of a benign class.
 */
export function useViewerState(photoId: string) {
  const [{ chosenFor, ...kept }, setState] = useState<ViewerState & { chosenFor: string | null }>({
    tool: 'pan',
    outline: true,
    map: { shown: false, key: null, opacity: 0.7 },
    chosenFor: null,
    line: 0,
    brush: { shape: 'brush', add: true, size: 5 },
  });
  const state: ViewerState = chosenFor === photoId ? kept : { ...kept, map: { ...kept.map, key: null } };
  const set = (changes: Partial<ViewerState>) =>
    setState((old) => ({ ...old, ...changes, ...(changes.map && { chosenFor: photoId }) }));
  return { state, set };
}
