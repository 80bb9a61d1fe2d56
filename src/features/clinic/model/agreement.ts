import type { Card } from '../../../core/card/card';
import { decidedFor } from '../../../core/decision/threshold';
import { type Verdict, verdictOf } from '../../../core/decision/verdict';
import { countUnasked, flaggedAmong } from '../../../core/report/other-lesions';
import { answerOf } from '../../../runtime/run';
import { otherLesions, unaskedLesions } from './lesion-verdicts';
import { type Disagreement, disagreement, parts } from './model-comparison';
import { queueStateOf } from './queue-state';
import type { WorkbenchPhoto } from './workbench-photo';

/** What one model says of one photo, or how far it is. */
export type AgreementCell =
  | {
      state: 'answered';
      verdict: Verdict;
      /** The model flags another lesion of the photo than the one that it is asked about here. */
      otherFlagged: boolean;
      /** How many lesions of the photo it has no answer for. */
      unasked: number;
    }
  | { state: 'running' | 'failed' | 'not-asked'; verdict: null };

/** What the models say of one photo. */
export interface AgreementRow {
  photo: WorkbenchPhoto;
  /** One for each model, in the order of the models. */
  cells: readonly AgreementCell[];
  /** How many have answered. */
  answered: number;
  disagreement: Disagreement;
  /** They part on the flag, on benign or not, or on having a result. */
  parting: boolean;
  /** The answers wait for the clinician's own impression, and nothing may give them away. */
  waits: boolean;
}

/** What the photos are judged by. */
export interface AgreementModels {
  /** The models that are held against each other, all for one kind of photo. */
  cards: readonly Card[];
  /** The sensitivity that the user wants, 0 to 1; null for each card's own. */
  sensitivity: number | null;
}

/**
 * Makes the rows, those that part most first; a photo that has not changed keeps its row. `models` must be
 * the same object as long as nothing of it changes.
 */
export function createAgreementRows(): (
  photos: readonly WorkbenchPhoto[],
  models: AgreementModels,
  waits: (photoId: string) => boolean,
) => AgreementRow[] {
  const kept = new WeakMap<WorkbenchPhoto, { models: AgreementModels; row: AgreementRow }>();
  return (photos, models, waits) =>
    photos
      .map((photo) => {
        const waiting = waits(photo.id);
        const before = kept.get(photo);
        if (before?.models === models && before.row.waits === waiting) return before.row;
        const row = rowOf(photo, models, waiting);
        kept.set(photo, { models, row });
        return row;
      })
      .sort(byDisagreement);
}

function rowOf(photo: WorkbenchPhoto, { cards, sensitivity }: AgreementModels, waits: boolean): AgreementRow {
  const cells = cards.map((card): AgreementCell => {
    const analysis = answerOf(photo.runs[card.id]);
    if (analysis) {
      const verdict = verdictOf(card, decidedFor(card, analysis, sensitivity));
      const flagged = flaggedAmong(otherLesions(photo, card, sensitivity));
      const unasked = countUnasked(unaskedLesions(photo, card));
      return { state: 'answered', verdict, otherFlagged: flagged.length > 0, unasked };
    }
    const { state } = queueStateOf(photo, card.id);
    if (state === 'failed') return { state, verdict: null };
    return { state: photo.runs[card.id]?.state === 'running' ? 'running' : 'not-asked', verdict: null };
  });
  const verdicts = waits ? [] : cells.flatMap(({ verdict }) => verdict ?? []);
  const differences = disagreement(verdicts);
  return {
    photo,
    cells,
    answered: verdicts.length,
    disagreement: differences,
    parting: parts(differences),
    waits,
  };
}

/** The flag weighs most, then benign or not, then whether there is a result; among equals the distance. */
function byDisagreement(a: AgreementRow, b: AgreementRow): number {
  const rank = ({ answered, disagreement: { flag, malignancy, confidence } }: AgreementRow) =>
    answered < 2 ? -1 : 4 * Number(flag) + 2 * Number(malignancy) + Number(confidence);
  return rank(b) - rank(a) || (b.disagreement.spread ?? 0) - (a.disagreement.spread ?? 0);
}

/** On how many of the photos that two or more have answered for they part. */
export function agreementCount(rows: readonly AgreementRow[]): { parting: number; count: number } {
  const judged = rows.filter(({ answered }) => answered > 1);
  return { parting: judged.filter(({ parting }) => parting).length, count: judged.length };
}
