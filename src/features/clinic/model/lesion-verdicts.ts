import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { type Square, sameSquare } from '../../../core/geometry';
import { type OtherLesion, otherLesionOf } from '../../../core/report/other-lesions';
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
  const answers = lesionAnswers(photo, card, { standing, sensitivity });
  // A square that the user moved is of no lesion, and counts all the same.
  const own = { analysis: decidedFor(card, standing, sensitivity), number: 1, of: 1 };
  const isLesion = answers.some(({ analysis }) => sameSquare(analysis.square, standing.square));
  const all = isLesion ? answers : [...answers, own];
  return all.reduce((worst, answer) => (urgency(answer) > urgency(worst) ? answer : worst));
}

/**
 * The answers for the photo's lesions beside the one that the package's own answer is about, the one to worry
 * most about first.
 */
export function otherLesions(photo: WorkbenchPhoto, card: Card, sensitivity: number | null): OtherLesion[] {
  const standing = answerOf(photo.runs[card.id]);
  if (!standing) return [];
  return lesionAnswers(photo, card, { standing, sensitivity, except: standing.square })
    .sort((a, b) => urgency(b) - urgency(a))
    .map((answer) => otherLesionOf(card, answer));
}

interface Asked {
  /** The package's answer for the photo as it is looked at. */
  standing: Analysis;
  sensitivity: number | null;
  /** The square of a lesion that is left out. */
  except?: Square;
}

function lesionAnswers(photo: WorkbenchPhoto, card: Card, { standing, sensitivity, except }: Asked) {
  const lesions = lesionSquares(photo, standing);
  return lesions.flatMap(({ number, square }): LesionAnswer[] => {
    if (except && sameSquare(square, except)) return [];
    const analysis = answerOf(lesionRunOf(photo, card.id, square));
    return analysis
      ? [{ analysis: decidedFor(card, analysis, sensitivity), number, of: lesions.length }]
      : [];
  });
}

/** Flagged before not flagged, whatever the sums. */
const urgency = ({ analysis: { decision } }: LesionAnswer): number =>
  decision ? Number(decision.above) + decision.probability : 0;
