import type { Kind } from '../core/card/card';
import type { Verdict } from '../core/decision/verdict';
import type { DermoscopicColour } from '../core/lesion/morphology/colour';
import type { Level, Measure } from '../core/lesion/morphology/levels';
import type { Check } from '../core/quality/limits';
import type { UnaskedLesions } from '../core/report/other-lesions';

/**
 * The words of a report, in one language. core has no languages: they come from
 * src/app/languages/report.<language>.json, whose "report" part has this shape. `{{name}}` stands for a
 * value.
 */
export interface ReportWords {
  title: string;
  /** Heads a file of several reports. */
  several: string;
  disclaimer: string;
  created: string;
  page: string;
  unknown: string;
  photo: {
    whole: string;
    square: string;
    outline: string;
    map: string;
    doubt: Record<'flat' | 'outside', string>;
    scale: string;
    /** Of the bar that the overlay draws where there is a scale. */
    bar: string;
  };
  case: {
    heading: string;
    alias: string;
    lesion: string;
    age: string;
    sex: string;
    site: string;
    impression: string;
    impressionBefore: string;
    impressionAfter: string;
    histology: string;
    notes: string;
  };
  sex: { female: string; male: string; other: string };
  /** By site group. */
  site: Readonly<Record<string, string>>;
  /** Kept in a file of their own, because screens say the same. */
  verdict: VerdictWords;
  answer: {
    heading: string;
    /** Where a card has several names for one thing. */
    coarse: string;
    unusual: string;
    facts: string;
    /** Of the photo's lesions that the answer shown is not about. */
    otherLesions: {
      /** Beside what leads. */
      flagged: { one: string; several: string };
      line: string;
      decided: Record<'flagged' | 'not-flagged', string>;
      noResult: string;
      /** Of a package without a threshold. */
      undecided: string;
    };
    /** By the stage that went otherwise than asked. */
    degradation: { lesion: string; network: string };
  };
  /** What the check of the photo said before any model saw it, in the words of the clinic. */
  gate: { overruled: string; refuse: Record<Check, string>; warn: Record<Check, string> };
  /** Kept in a file of their own, which the first paint does not wait for. */
  unaskedLesions: UnaskedLesionsWords;
  table: { heading: string };
  /** Kept with the viewer's words, because the viewer says the same. */
  form: FormWords;
  /** Lines to be filled in by hand. */
  signature: { who: string; date: string; signature: string };
  model: {
    heading: string;
    name: string;
    data: string;
    results: string;
    interval: string;
    measure: Record<
      | 'accuracy'
      | 'balancedAccuracy'
      | 'auc'
      | 'malignantAuc'
      | 'sensitivityAt90Specificity'
      | 'specificityAt90Sensitivity',
      string
    >;
    licence: string;
    limits: string;
  };
  provenance: {
    heading: string;
    app: string;
    /** With the SHA-256 that stands behind it. */
    package: string;
    /** Of a panel, once for each of its networks. */
    member: string;
    backend: string;
    preprocessing: string;
    photo: string;
    photoValue: string;
    square: string;
    squareValue: string;
  };
}

/**
 * The words of a verdict: the "verdict" part of src/app/languages/verdict.<language>.json. `{{name}}` stands
 * for a value.
 */
export interface VerdictWords {
  headline: Record<Verdict['headline'], string>;
  flaggedAllTheSame: string;
  noResult: string;
  kind: Record<Kind, string>;
  kindMeaning: Record<Kind, string>;
  added: Record<NonNullable<Verdict['flag']>['added'], string>;
  sum: string;
  target: string;
  targetChosen: string;
  measured: string;
  /** Beside it, where the whole interval of the sensitivity lies below the target. */
  fellShort: string;
  /** Beside it, where the threshold was chosen on the photos that it was measured on. */
  flatters: string;
  /** `no-threshold`: of a package that flags nothing. */
  caution: Record<'flagged' | 'not-flagged' | 'no-threshold', string>;
  list: Record<Verdict['list']['words'], string> & {
    heading: string;
    forFlag: string;
    promise: Record<NonNullable<Verdict['list']['promise']>['method'], string>;
    held: string;
    pooled: string;
    heldFirst: string;
    heldOther: string;
    heldOverall: string;
    /** For a row of many; `nothing`: without a result. */
    brief: Record<'some' | 'unsure' | 'all' | 'nothing', string>;
  };
  spread: { range: string; none: string; some: string; all: string };
  site: string;
  /** Another version judged than the one here; `files`: of the same number. */
  otherVersion: { version: string; files: string };
  /** What leads, in a line; `no-threshold`: of an answer of which no probability is known. */
  cell: Record<Verdict['headline'] | 'no-result-flagged' | 'no-threshold', string>;
}

/**
 * Of lesions that were found and have no answer: the "unaskedLesions" part of
 * src/app/languages/unasked-lesions.<language>.json.
 */
export interface UnaskedLesionsWords {
  one: string;
  several: string;
  which: string;
  reason: Record<UnaskedLesions['reason'], string>;
}

/** The words of a lesion's form: the "viewer.form" part of src/app/languages/viewer.<language>.json. */
export type FormWords = Record<Measure, string> & {
  heading: string;
  diameter: string;
  diameters: Record<'no-scale' | 'under-6-mm' | '6-mm-or-more', string>;
  /** Of the colours that are present. */
  which: string;
  level: Record<Level, string>;
  colour: Record<DermoscopicColour, string>;
  cutOff: string;
};

/** The words of a patient's report: the "patientPage.report" part of src/app/languages/patient.<language>.json. */
export interface PatientReportWords {
  title: string;
  summary: string;
  nextVisit: string;
  map: string;
  mapNote: string;
  lesions: string;
  noAnswer: string;
  notOnMap: string;
  histology: string;
  lastPhoto: string;
  pages: string;
}

export type Language = 'en' | 'ko';

/** The disclaimer stands in both languages on whatever leaves the program: nobody knows who will read it. */
export type Disclaimer = Readonly<Record<Language, string>>;

/**
 * `template` with each `{{name}}` replaced. A name without a value is a mistake in the program, so it throws.
 */
export function fill(template: string, values: Readonly<Record<string, string | number>>): string {
  return template.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`No value for {{${name}}} in "${template}"`);
    return String(value);
  });
}
