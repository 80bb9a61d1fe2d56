import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { verdictOf } from '../../../core/decision/verdict';
import type { FailureCode } from '../../../core/failure';
import { type BodyPlace, siteKey } from '../../../core/patient/body-sites';

/**
 * What a person who photographed a spot at home reads. The rules and where each comes from stand in
 * docs/self-check.md, under the same names. They err to caution: no answer of the model lowers what the
 * person's own answers call for, and no outcome says that all is well.
 */

/** From the least to the most urgent. */
export const outcomes = ['nothing-stands-out', 'have-it-looked-at', 'see-a-doctor'] as const;
export type Outcome = (typeof outcomes)[number];

/** Null is "don't know". */
export type YesNo = 'yes' | 'no' | null;

/** In the order in which they are asked, by the ids of the card's fields. */
export const symptoms = ['changed', 'grew', 'bleed', 'itch', 'hurt', 'elevation'] as const;
export type Symptom = (typeof symptoms)[number];

/** Places where the model has learned nothing and a melanoma is found late. Null is "don't know". */
export const specialSites = ['nail', 'palm', 'sole', 'mucosa'] as const;
type SpecialSite = (typeof specialSites)[number];

export interface SelfCheckAnswers {
  /** Years; null is "don't know". */
  age: number | null;
  /** For the doctor's page; the model is not told. */
  sex: 'female' | 'male' | null;
  place: BodyPlace | null;
  special: SpecialSite | 'none' | null;
  symptoms: Readonly<Record<Symptom, YesNo>>;
}

/** What the photo adds. */
export type PhotoFinding =
  /** Not looked at: the answers alone send to a doctor. */
  | { kind: 'not-asked' }
  /** Refused by the input gate, or unlike what the model has learned from. */
  | {
      kind: 'not-judged';
      why: FailureCode | 'out-of-distribution';
      /** Over the card's threshold for cancer all the same. */
      flagged: boolean;
    }
  /**
   * Too many classes in question, or a model for spots that has no threshold, so that nothing flags what it should;
   * which classes, as of a judged photo.
   */
  | { kind: 'not-judged'; why: 'uncertain' | 'no-threshold'; flagged: boolean; remaining: readonly string[] }
  | {
      kind: 'judged';
      /** Over the card's threshold for cancer. */
      flagged: boolean;
      /** Class ids that cannot be ruled out, most probable first. */
      remaining: readonly string[];
    };

/** Why an outcome is what it is; a name of docs/self-check.md. */
export type Reason =
  | 'bleed'
  | 'changed'
  | 'grew'
  | 'special'
  | 'young'
  | 'itch'
  | 'hurt'
  | 'unknown'
  | 'photo-urgent'
  | 'photo-flagged';

export interface SelfCheckResult {
  /**
   * Null where the answers call for nothing and the photo cannot be judged: then there is no outcome, and no
   * comfort either.
   */
  outcome: Outcome | null;
  /** All that apply, the most urgent first. Empty for "nothing stands out". */
  reasons: Reason[];
}

/** Adults only: the model has learned from hardly any child. */
const adultAge = 18;

/**
 * Classes of the phone card that guidelines want seen within weeks, and those that a doctor should see
 * without hurry.
 */
const urgentClasses: readonly string[] = ['mel', 'scc'];
const seenClasses: readonly string[] = ['bcc', 'ack'];

/** Whether a doctor is the answer before any photo: then none is asked for, and no number is shown. */
export function skipsModel({ age, special, place }: SelfCheckAnswers): boolean {
  return isYoung(age) || isSpecial(special) || place === 'genital';
}

/** Whether a sign was said that calls for a doctor by itself, and for which people are told to watch. */
export const saidAlarm = ({ symptoms: { changed, grew, bleed } }: SelfCheckAnswers): boolean =>
  [changed, grew, bleed].includes('yes');

const isYoung = (age: number | null) => age !== null && age < adultAge;
const isSpecial = (special: SelfCheckAnswers['special']) => special !== null && special !== 'none';

/** What each reason calls for. */
const weight: Record<Reason, Exclude<Outcome, 'nothing-stands-out'>> = {
  bleed: 'see-a-doctor',
  changed: 'see-a-doctor',
  grew: 'see-a-doctor',
  special: 'see-a-doctor',
  'photo-urgent': 'see-a-doctor',
  young: 'have-it-looked-at',
  itch: 'have-it-looked-at',
  hurt: 'have-it-looked-at',
  unknown: 'have-it-looked-at',
  'photo-flagged': 'have-it-looked-at',
};

/** The outcome for a person's answers and what the photo adds to them. */
export function selfCheck(answers: SelfCheckAnswers, photo: PhotoFinding): SelfCheckResult {
  // What the model says of places and people that it does not know is no reason at all.
  const seen = skipsModel(answers) ? [] : reasonsOfPhoto(photo);
  const reasons = [...reasonsOfAnswers(answers), ...seen].sort(
    (first, other) => outcomes.indexOf(weight[other]) - outcomes.indexOf(weight[first]),
  );
  const [strongest] = reasons;
  if (strongest) return { outcome: weight[strongest], reasons };
  return { outcome: photo.kind === 'judged' ? 'nothing-stands-out' : null, reasons };
}

/** What an alarm sign or place may be that the person could not say: `selfCheck.unknownOf.<what>`. */
export type Unknown = 'changed' | 'grew' | 'bleed' | 'special';

/**
 * What of the alarm signs and places the person really could not say, in the order of the questions. Whoever said that
 * it is in the genital area has said a place that counts.
 */
export function unknownOf({ special, place, symptoms: answered }: SelfCheckAnswers): Unknown[] {
  const signs = (['changed', 'grew', 'bleed'] as const).filter((sign) => answered[sign] === null);
  return special === null && place !== 'genital' ? [...signs, 'special'] : signs;
}

function reasonsOfAnswers(answers: SelfCheckAnswers): Reason[] {
  const { age, special, place, symptoms: answersBySymptom } = answers;
  const reasons: Reason[] = [];
  for (const alarm of ['bleed', 'changed', 'grew', 'itch', 'hurt'] as const) {
    if (answersBySymptom[alarm] === 'yes') reasons.push(alarm);
  }
  if (isSpecial(special) || place === 'genital') reasons.push('special');
  if (isYoung(age)) reasons.push('young');
  // Being raised is no sign by itself; the model gets it as metadata. Who cannot say whether a spot changes
  // or bleeds cannot rule it out: a doctor has to look.
  if (unknownOf(answers).length > 0) reasons.push('unknown');
  return reasons;
}

function reasonsOfPhoto(photo: PhotoFinding): Reason[] {
  if (photo.kind === 'not-asked') return [];
  // A long list makes no melanoma in it less urgent: the flag says what the list cannot.
  const remaining = 'remaining' in photo ? photo.remaining : [];
  const urgent = remaining.some((id) => urgentClasses.includes(id));
  if (photo.flagged && urgent) return ['photo-urgent'];
  const seen = urgent || remaining.some((id) => seenClasses.includes(id));
  // What cannot be judged may not comfort; a flag is a reason to be seen all the same. Without a threshold the list is
  // all that there is.
  if (photo.kind === 'not-judged')
    return photo.flagged || (photo.why === 'no-threshold' && seen) ? ['photo-flagged'] : [];
  return photo.flagged || seen ? ['photo-flagged'] : [];
}

/**
 * What an analysis says of the photo. More than half of the classes still in question, or none that is
 * probable enough, is "uncertain": then the photo has told nothing that the answers had not, but for a flag. Types of
 * acne need no threshold; of a spot a model without one can say nothing that comforts.
 */
export function findingOf(analysis: Analysis, card: Card): PhotoFinding {
  const { flag, list } = verdictOf(card, analysis);
  const flagged = flag?.flagged ?? false;
  // Erring to caution: an unusual photo, which a clinician is warned of, is not judged here.
  if (analysis.outOfDistribution?.inDistribution === false)
    return { kind: 'not-judged', why: 'out-of-distribution', flagged };
  if (list.unsure || list.classes.length > card.classes.length / 2)
    return { kind: 'not-judged', why: 'uncertain', flagged, remaining: list.classes };
  if (!flag && card.domain !== 'acne')
    return { kind: 'not-judged', why: 'no-threshold', flagged, remaining: list.classes };
  return { kind: 'judged', flagged, remaining: list.classes };
}

/**
 * The words of an outcome: `selfCheck.outcome.<words>` of the language files. Without a photo there is
 * nothing to call unjudgeable.
 */
export function outcomeWords(
  { outcome }: SelfCheckResult,
  photo: PhotoFinding,
): Outcome | 'none' | 'noPhoto' {
  return outcome ?? (photo.kind === 'not-asked' ? 'noPhoto' : 'none');
}

/**
 * The words of a reason: `selfCheck.reason.<words>`. The genital area is special by the place on the body.
 */
export const reasonWords = (reason: Reason, { special }: SelfCheckAnswers): Reason | 'genital' =>
  reason === 'special' && !isSpecial(special) ? 'genital' : reason;

/**
 * What the model is given, by the ids of its card's fields and the site under the key of
 * core/patient/body-sites.
 */
export function metadataFromAnswers({
  age,
  place,
  symptoms: answersBySymptom,
}: SelfCheckAnswers): Record<string, string | number | null> {
  return { ...answersBySymptom, age, [siteKey]: place };
}
