import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { answerOf } from '../../../runtime/run';
import type { WorkbenchPhoto } from './workbench-photo';

/** The answer that stands in the pane, and what it is there for. */
export interface ShownAnswer {
  /** The model that gave it. */
  card: Card;
  analysis: Analysis;
  /**
   * The chosen model's, as it holds; the same while a newer one is on its way, or where that was cancelled or
   * failed; what it says before the outline; or that of the model before, until the chosen one has answered.
   */
  how: 'now' | 'stale' | 'kept' | 'provisional' | 'older';
}

/** The chosen model's own, of the whole photo. */
export const isOwn = ({ how }: ShownAnswer): boolean => how === 'now' || how === 'stale' || how === 'kept';

const hows = { done: 'now', running: 'stale', failed: 'kept' } as const;

/** Null while there is none; `before`: the model that was chosen before. */
export function shownAnswer(
  { runs }: Pick<WorkbenchPhoto, 'runs'>,
  card: Card,
  before: Card | null,
): ShownAnswer | null {
  const run = runs[card.id];
  const analysis = answerOf(run);
  if (run && analysis) return { card, analysis, how: hows[run.state] };
  if (run?.state === 'running' && run.provisional) {
    return { card, analysis: run.provisional, how: 'provisional' };
  }
  const older = before && answerOf(runs[before.id]);
  return before && older ? { card: before, analysis: older, how: 'older' } : null;
}
