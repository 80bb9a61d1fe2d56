import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { answerOf } from '../../../runtime/run';
import { lesionRunOf, lesionSquares, type WorkbenchPhoto } from './workbench-photo';

/** The answer for one lesion of a photo, as it is decided. */
export interface LesionAnswer {
  analysis: Analysis;
  /** Of the lesion, as on the photo. */
  number: number;
  /** How many lesions the photo has. */
  of: number;
}

/**
 * The answer that a photo is called by: of its lesions the one to worry most about, which is a flagged one,
 * and among those the one with the largest sum. Null where there is no answer yet.
 */
export function worstLesion(
  photo: WorkbenchPhoto,
  card: Card,
  sensitivity: number | null,
): LesionAnswer | null {
  const standing = answerOf(photo.runs[card.id]);
  if (!standing) return null;
  const lesions = lesionSquares(photo, standing);
  const answers = lesions.flatMap(({ number, square }) => {
    const analysis = answerOf(lesionRunOf(photo, card.id, square));
    return analysis
      ? [{ analysis: decidedFor(card, analysis, sensitivity), number, of: lesions.length }]
      : [];
  });
  // A square that the user moved is of no lesion, and counts all the same.
  const own = { analysis: decidedFor(card, standing, sensitivity), number: 1, of: 1 };
  const all = answers.length > 0 ? answers : [own];
  return all.reduce((worst, answer) => (urgency(answer) > urgency(worst) ? answer : worst));
}

/** Flagged before not flagged, whatever the sums. */
const urgency = ({ analysis: { decision } }: LesionAnswer): number =>
  decision ? Number(decision.above) + decision.probability : 0;
