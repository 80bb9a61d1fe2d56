import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import type { SiteCalibration } from '../../../core/decision/site-calibration';
import { decidedFor } from '../../../core/decision/threshold';
import { verdictOf } from '../../../core/decision/verdict';
import { answerOf } from '../../../runtime/run';
import { worseSaid, worstLesion } from './lesion-verdicts';
import { disagreement, parts } from './model-comparison';
import { queueStateOf } from './queue-state';
import type { WorkbenchPhoto } from './workbench-photo';

/** What a clinician marks a photo with, one key each. */
export const marks = ['starred', 'reviewed', 'setAside'] as const;
export type Mark = (typeof marks)[number];

/** What a photo's answers come to, as the queue sorts and filters by it. */
export interface TriageAnswer {
  /** The card of the model that gave the answer; null without an answer that may be seen. */
  card: Card | null;
  /** That model is no longer the chosen one, which has not answered yet. */
  older: boolean;
  flagged: boolean;
  /** No class was probable enough for the prediction set. */
  unsure: boolean;
  noResult: boolean;
  /** Models for this kind of photo disagree on the flag, on benign or not, or on having a result. */
  differs: boolean;
  /** The sum of the flagged classes less the threshold, -1 to 1; null without an answer or threshold. */
  margin: number | null;
  /** The calibration of this site that the answer is by; null for the model's own. */
  site: SiteCalibration | null;
  failed: boolean;
}

/** One photo of the queue with all that it is sorted and filtered by. */
export interface TriageRow extends TriageAnswer {
  photo: WorkbenchPhoto;
  /** From 0, in the order in which photos came. */
  arrival: number;
  /** What the patient is called; null where nothing says. */
  patient: string | null;
  marks: readonly Mark[];
}

/** The models as a photo is judged by them. */
export interface TriageModels {
  /** The chosen model; null before there is one. */
  packageId: string | null;
  /** The one that was chosen before it. */
  previousPackageId: string | null;
  /** The sensitivity that the user wants, 0 to 1; null for each card's own. */
  sensitivity: number | null;
  cardOf: (packageId: string) => Card | undefined;
}

/** Without anything to see: no answer yet, or one that waits for the clinician's own impression. */
export const unanswered: TriageAnswer = {
  card: null,
  older: false,
  flagged: false,
  unsure: false,
  noResult: false,
  differs: false,
  margin: null,
  site: null,
  failed: false,
};

/** What a photo is called by: the chosen model's answer, or that of the model before until it is there. */
export function triageAnswer(photo: WorkbenchPhoto, models: TriageModels): TriageAnswer {
  const failed = queueStateOf(photo, models.packageId).state === 'failed';
  const shown = shownCard(photo, models);
  const worst = shown && worstLesion(photo, shown, models.sensitivity);
  if (!shown || !worst) return { ...unanswered, failed };
  const { sensitivity } = models;
  const { flag, list, noResult, site } = verdictOf(shown, worst.analysis);
  const said = worseSaid(photo, shown, { answer: worst, sensitivity });
  const decided = said ? said.flag : flag;
  return {
    card: shown,
    older: shown.id !== models.packageId,
    flagged: decided?.flagged ?? false,
    unsure: said ? said.listed === 'unsure' : list.unsure,
    noResult: said ? said.noResult : noResult !== null,
    differs: modelsDiffer(photo, shown, models),
    margin: decided ? decided.probability - decided.threshold : null,
    site,
    failed,
  };
}

/** The card of the model whose answer stands now: the chosen one's, else that of the model before it. */
export function shownCard(
  { runs }: Pick<WorkbenchPhoto, 'runs'>,
  { packageId, previousPackageId, cardOf }: Omit<TriageModels, 'sensitivity'>,
): Card | null {
  const chosen = packageId === null ? undefined : cardOf(packageId);
  if (!chosen || answerOf(runs[chosen.id])) return chosen ?? null;
  const state = runs[chosen.id]?.state;
  const before = previousPackageId === null ? undefined : cardOf(previousPackageId);
  // What failed has no answer: that of another model must not stand for it.
  const stands = state !== 'failed' && before?.domain === chosen.domain && answerOf(runs[before.id]);
  return stands && before ? before : chosen;
}

function modelsDiffer(photo: WorkbenchPhoto, { domain }: Card, { sensitivity, cardOf }: TriageModels) {
  const answers = Object.entries(photo.runs).flatMap(([id, run]): { card: Card; analysis: Analysis }[] => {
    const card = cardOf(id);
    const analysis = answerOf(run);
    return card?.domain === domain && analysis ? [{ card, analysis }] : [];
  });
  if (answers.length < 2) return false;
  return parts(
    disagreement(
      answers.map(({ card, analysis }) => verdictOf(card, decidedFor(card, analysis, sensitivity))),
    ),
  );
}

/** What is asked of a photo's row beside its runs. */
export interface TriageAbout {
  arrival: number;
  patient: string | null;
  marks: readonly Mark[];
  /** The answer waits for an own impression, and nothing may give it away. */
  waits: boolean;
}

/**
 * Makes rows, and the same row again as long as nothing about it has changed: each step of one photo of 1,200
 * costs one verdict, not 1,200. `models` must be the same object as long as nothing of it changes.
 */
export function createRows(): (photo: WorkbenchPhoto, models: TriageModels, about: TriageAbout) => TriageRow {
  const kept = new WeakMap<WorkbenchPhoto, { models: TriageModels; about: TriageAbout; row: TriageRow }>();
  return (photo, models, about) => {
    const before = kept.get(photo);
    const same = before?.models === models && before.about.waits === about.waits;
    if (before && same && sameAbout(before.about, about)) return before.row;
    const { waits, ...place } = about;
    const answer = waits ? unanswered : before && same ? answerIn(before.row) : triageAnswer(photo, models);
    const row = { ...answer, ...place, photo };
    kept.set(photo, { models, about, row });
    return row;
  };
}

const sameAbout = (a: TriageAbout, b: TriageAbout) =>
  a.arrival === b.arrival && a.patient === b.patient && a.marks === b.marks;

function answerIn({ photo: _, arrival: _a, patient: _p, marks: _m, ...answer }: TriageRow): TriageAnswer {
  return answer;
}
