import { wordsFor } from '../../core/decision/class-list';
import type { SampleLook } from '../../core/takeaway/takeaway';
import type { Listed } from '../../report/brief-list';

/** What cannot be ruled out by a look that was taken away; null where it does not say. */
export function takenList({ listed, probabilities }: SampleLook): Listed | null {
  if (!listed) return null;
  const { classes, unsure } = listed;
  return { classes, listed: wordsFor(classes.length, probabilities.length, unsure), noResult: false };
}
