import type { Analysis } from '../../core/analysis';
import { classNameOf } from '../../core/card/class-name';
import type { Verdict } from '../../core/decision/verdict';
import type { Measure } from '../../core/lesion/morphology/levels';
import type { BodySide } from '../../core/patient/body-areas';
import { type AnswerSource, answerText } from '../answer';
import type { ReportCase } from '../content';
import type { CleanPicture } from '../pictures';
import type { Disclaimer, Language, ReportWords } from '../words';
import { type Code, codeOfClass, codeOfSide, codeOfSite } from './codes';

/** What a health record says, before it becomes FHIR or DICOM: docs/health-records.md has the whole list. */

/**
 * The words that only health records need: "healthRecord.words" of health-record.<language>.json in
 * src/app/languages.
 */
export interface HealthWords {
  title: string;
  flagged: string;
  sum: string;
  threshold: string;
  /** Where it comes from. */
  origin: string;
  origins: Record<RecordedThreshold['origin'], string>;
  target: string;
  site: string;
  probabilities: string;
  probability: string;
  predictionSet: string;
  unsure: string;
  size: string;
  diameter: string;
  area: string;
  form: string;
  drawn: string;
  cutOff: string;
  noScale: string;
  noLesion: string;
  program: string;
  package: string;
  hash: string;
  computedOn: string;
  /** The patient's own sides. */
  side: Record<BodySide, string>;
  /** What a record is about to hold, before it is saved (contents.ts). */
  contents: Record<ContentLabel | ContentValue, string>;
}

export type ContentLabel =
  | 'answer'
  | 'size'
  | 'outline'
  | 'photo'
  | 'patient'
  | 'names'
  | 'noted'
  | 'dates'
  | 'model'
  | 'never';
export type ContentValue =
  | 'answerValue'
  | 'noResult'
  | 'outlineValue'
  | 'photoValue'
  | 'photoElsewhere'
  | 'datesValue'
  | 'modelValue'
  | 'neverValue'
  | 'none';

export interface HealthSource extends AnswerSource {
  /** Whole: with the mask, where there is one. */
  analysis: Analysis;
  /** Millimetres a pixel; null where no scale was set. */
  scale: number | null;
  /** Null leaves the patient out. */
  case: ReportCase | null;
  /** Whether the patient's and the lesion's names go along. */
  named: boolean;
  /** The photo without its metadata; null leaves it out. */
  photo: CleanPicture | null;
  words: ReportWords;
  health: HealthWords;
  language: Language;
  disclaimer: Disclaimer;
  /** ISO 8601, UTC. */
  madeAt: string;
  /** A UUID, another one at every call. */
  newId: () => string;
}

export interface RecordedClass {
  id: string;
  name: string;
  code: Code | null;
  /** Calibrated, 0 to 1. */
  probability: number;
  /** Whether it is in the prediction set. */
  listed: boolean;
}

/** A length in millimetres or an area in square millimetres, to a hundredth; null where there is no scale. */
export interface RecordedOutline {
  diameter: number | null;
  area: number | null;
  form: { measure: Measure; value: number }[];
  /** The lesion runs over the photo's edge. */
  cutOff: boolean;
}

/** Where the threshold of the flag comes from. */
export interface RecordedThreshold {
  origin: 'package' | 'asked' | 'site';
  /** The sensitivity that it was chosen for, 0 to 1; null where that is not known. */
  target: number | null;
}

/** Where on the patient the lesion is. */
export interface RecordedPlace {
  /** Null of a site without a code. */
  site: Code | null;
  side: BodySide | null;
  /** The side as a code; null of the middle, which has none. */
  laterality: Code | null;
  /** Site and side in words. */
  text: string;
}

/** A package that took part. */
export interface RecordedPackage {
  packageId: string;
  packageVersion: string;
  packageHash: string;
}

export interface HealthRecord {
  verdict: Verdict;
  /** What the numbers come to, in sentences; the disclaimer in both languages comes first. */
  conclusion: string[];
  /** Null where there is no threshold. */
  threshold: RecordedThreshold | null;
  /** The calibration of this site that judged, by name and time; null for the package's own. */
  site: string | null;
  /** Why there is no result; null where there is one. Then classes and set say nothing. */
  noResult: string | null;
  /** In the order of the card. */
  classes: RecordedClass[];
  /** Null where nobody looked for a lesion; 'none' where none was found. */
  outline: RecordedOutline | 'none' | null;
  /** Null where no site is known: a side says nothing alone. */
  place: RecordedPlace | null;
  classifier: RecordedPackage;
  members: RecordedPackage[];
  /** Null where the user drew the outline, or there is none. */
  segmenter: RecordedPackage | null;
}

export function healthRecord(source: HealthSource): HealthRecord {
  const { analysis, card, language, words, disclaimer } = source;
  // Without the facts of the patient: whether those go along is the user's choice.
  const { verdict, lead, sentences } = answerText(source, words, language);
  const { packageId, packageVersion, packageHash } = analysis.provenance;
  return {
    verdict,
    conclusion: [disclaimer.en, disclaimer.ko, lead, ...sentences],
    threshold: thresholdOf(verdict),
    site: verdict.site && `${verdict.site.name}, ${verdict.site.createdAt}`,
    noResult: verdict.noResult && words.verdict.noResult,
    classes: analysis.probabilities.map(({ id, calibrated }) => ({
      id,
      name: classNameOf(card, id, language),
      code: codeOfClass(card, id),
      probability: calibrated,
      listed: verdict.list.classes.includes(id),
    })),
    outline: outlineOf(source),
    place: placeOf(source),
    classifier: { packageId, packageVersion, packageHash },
    members: analysis.panel ?? [],
    segmenter: analysis.lesion?.segmenter ?? null,
  };
}

/** A calibration of the site without a threshold leaves the package's. */
function thresholdOf({ flag, site }: Verdict): RecordedThreshold | null {
  if (!flag) return null;
  const own = site?.decision ? 'site' : 'package';
  return { origin: flag.chosen ? 'asked' : own, target: flag.target };
}

function placeOf({ case: noted, words, health }: HealthSource): RecordedPlace | null {
  const { site = null, side = null } = noted ?? {};
  if (site === null) return null;
  const named = words.site[site] ?? site;
  return {
    site: codeOfSite(site),
    side,
    laterality: codeOfSide(side),
    text: side === null ? named : `${named}, ${health.side[side]}`,
  };
}

function outlineOf({ analysis: { lesion }, scale }: HealthSource): HealthRecord['outline'] {
  if (!lesion) return null;
  const { morphology } = lesion;
  if (lesion.chosen === null || !morphology) return 'none';
  const measured = (pixels: number, factor: number) => Math.round(100 * pixels * factor) / 100;
  return {
    diameter: scale === null ? null : measured(morphology.diameter.pixels, scale),
    area: scale === null ? null : measured(morphology.area, scale ** 2),
    form: morphology.measurements.map(({ measure, value }) => ({ measure, value })),
    cutOff: morphology.cutOff,
  };
}
