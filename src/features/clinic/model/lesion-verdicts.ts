import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { wordsFor } from '../../../core/decision/class-list';
import { rulesOf } from '../../../core/decision/site-calibration';
import { decidedFor, thresholdFor } from '../../../core/decision/threshold';
import { urgencyOf, urgencyOfAnalysis } from '../../../core/decision/urgency';
import { type Square, sameSquare } from '../../../core/geometry';
import {
  type OtherLesion,
  otherLesionOf,
  type UnaskedLesions,
  unaskedReasons,
} from '../../../core/report/other-lesions';
import { answerOf, type Run } from '../../../runtime/run';
import { lesionRunOf, lesionSaidOf, lesionSquares, maxLesions, type WorkbenchPhoto } from './workbench-photo';

/** The answer for one lesion of a photo, as it is decided. */
export interface LesionAnswer {
  analysis: Analysis;
  /** Of the lesion, as on the photo. */
  number: number;
  /** How many lesions the photo has. */
  of: number;
}

/**
 * The answer that a photo is called by: of its lesions the one to worry most about (`urgencyOf`), which is a flagged
 * one, and among those the one with the largest sum. Null where there is no answer yet.
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
 * What was said at another time of a lesion that is worse than `answer`, the worst of the answers that are there;
 * null where none is. Only a flag, "no confident result" and what no threshold judged are: none of them may be comforted
 * away. Of the rest of an answer that is not there nothing is known for sure.
 */
export function worseSaid(
  photo: WorkbenchPhoto,
  card: Card,
  { answer, sensitivity }: { answer: LesionAnswer; sensitivity: number | null },
): OtherLesion | null {
  const standing = answerOf(photo.runs[card.id]);
  if (!standing || photo.lesionsSaid.length === 0) return null;
  const [worst] = lesionsSaid(photo, card, { standing, sensitivity }).sort(byUrgency);
  const standsOut = worst && (worst.flag?.flagged || worst.noResult || !worst.flag);
  return standsOut && saidUrgency(worst) > urgency(answer) ? worst : null;
}

/**
 * What the package says of the photo's lesions beside the one that its own answer is about, the one to worry most
 * about first. Where it has no answer now, what it said at another time stands in.
 */
export function otherLesions(photo: WorkbenchPhoto, card: Card, sensitivity: number | null): OtherLesion[] {
  const standing = answerOf(photo.runs[card.id]);
  if (!standing) return [];
  const asked = { standing, sensitivity, except: standing.square };
  return [
    ...lesionAnswers(photo, card, asked).map((answer) => otherLesionOf(card, answer)),
    ...lesionsSaid(photo, card, asked),
  ].sort(byUrgency);
}

/**
 * The photo's lesions that the package has no answer for, by the reason. None of a photo with one lesion: wherever
 * the user looks in it, that is what is looked at.
 */
export function unaskedLesions(photo: WorkbenchPhoto, card: Card): UnaskedLesions[] {
  const standing = answerOf(photo.runs[card.id]);
  const lesions = standing ? lesionSquares(photo, standing) : [];
  if (!standing || lesions.length < 2) return [];
  const without = lesions.flatMap(({ number, square }) => {
    const has =
      sameSquare(square, standing.square) ||
      answerOf(lesionRunOf(photo, card.id, square)) ||
      lesionSaidOf(photo, card.id, square);
    return has ? [] : [{ number, reason: unaskedReason(lesionRunOf(photo, card.id, square), number) }];
  });
  return unaskedReasons.flatMap((reason) => {
    const numbers = without.filter((lesion) => lesion.reason === reason).map(({ number }) => number);
    const limit = reason === 'limit' ? maxLesions : null;
    return numbers.length > 0 ? [{ reason, numbers, of: lesions.length, limit }] : [];
  });
}

function unaskedReason(run: Run | undefined, number: number): UnaskedLesions['reason'] {
  if (!run) return number > maxLesions ? 'limit' : 'not-asked';
  if (run.state === 'failed') return run.failure.code === 'cancelled' ? 'not-asked' : 'failed';
  return 'pending';
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

/** What was said at another time of lesions without an answer now, under their numbers of now. */
function lesionsSaid(photo: WorkbenchPhoto, card: Card, { standing, sensitivity, except }: Asked) {
  const lesions = lesionSquares(photo, standing);
  return lesions.flatMap(({ number, square }): OtherLesion[] => {
    const said = lesionSaidOf(photo, card.id, square);
    if (!said || (except && sameSquare(square, except))) return [];
    return [{ ...redecided(said, card, standing, sensitivity), number, of: lesions.length }];
  });
}

/** As `decidedFor` decides an answer: the threshold moves, the side of it, and with a flag the list. */
function redecided(
  said: OtherLesion,
  card: Card,
  standing: Analysis,
  sensitivity: number | null,
): OtherLesion {
  const rules = rulesOf(card, standing.siteCalibration);
  const point = thresholdFor(rules, sensitivity);
  if (!said.flag || !point) return said;
  const { flagged: was, probability } = said.flag;
  // By an earlier version of the card, and nothing else is asked for: the flag stays, as in `decidedFor`.
  if (was && standing.decision?.wanted === sensitivity) return said;
  const flagged = probability >= point.threshold;
  return {
    ...said,
    ...(flagged && listedWith(said, card, rules.decision?.positive ?? [])),
    flag: { flagged, probability, threshold: point.threshold },
  };
}

/**
 * The list of a flagged lesion: one without any of the flagged classes gets them all, since only their sum is known of
 * what was said at another time, not which of them is the most probable.
 */
function listedWith(
  { classes, listed }: OtherLesion,
  card: Card,
  positive: readonly string[],
): Pick<OtherLesion, 'classes' | 'listed'> {
  if (classes.some((id) => positive.includes(id))) return { classes, listed };
  const all = [...classes, ...positive];
  return { classes: all, listed: wordsFor(all.length, card.classes.length, listed === 'unsure') };
}

const saidUrgency = ({ flag, noResult, listed }: OtherLesion): number =>
  urgencyOf({ flag, noResult, unsure: listed === 'unsure' });
const byUrgency = (a: OtherLesion, b: OtherLesion) => saidUrgency(b) - saidUrgency(a);

const urgency = ({ analysis }: LesionAnswer): number => urgencyOfAnalysis(analysis);
