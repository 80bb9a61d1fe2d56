import { settledAnswersOf } from '../../../../runtime/run';
import type { PatientContextState } from '../patient-context';
import type { TriageState } from '../triage';
import type { Mark } from '../triage-row';
import type { ReopenedAnswers, WorkbenchPhoto } from '../workbench-photo';
import type { KeptPhoto } from './kept-schema';

/** The same one every time: what did not change is the same object. */
const noMarks: readonly Mark[] = [];

/** Its parts are those of the stores, not copies: what did not change is the same object. */
export function keptPhotoOf(
  photo: WorkbenchPhoto,
  notes: PatientContextState,
  marks: TriageState['marks'],
): KeptPhoto {
  const { url: _url, unopened: _unopened, runs: _runs, lesionRuns: _lesionRuns, ...kept } = photo;
  return {
    ...kept,
    metadata: notes.metadata[photo.id] ?? null,
    impression: notes.impressions[photo.id] ?? null,
    passed: notes.passed.includes(photo.id),
    marks: marks[photo.id] ?? noMarks,
  };
}

/** The answers that hold now. One that is being renewed is not among them: what it was about has changed. */
export const answersOf = ({ runs, lesionRuns }: WorkbenchPhoto): ReopenedAnswers => ({
  analyses: settledAnswersOf(Object.values(runs)),
  lesions: settledAnswersOf(lesionRuns.map(({ run }) => run)),
});

export function sameAnswers(a: ReopenedAnswers, b: ReopenedAnswers): boolean {
  const same = (some: readonly unknown[], others: readonly unknown[]) =>
    some.length === others.length && some.every((answer, index) => answer === others[index]);
  return same(a.analyses, b.analyses) && same(a.lesions, b.lesions);
}

/** Whether nothing that is kept has changed. A record of an earlier version lacks fields that are written since. */
export function sameKept<T extends object>(a: T, b: T): boolean {
  return (Object.keys({ ...a, ...b }) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}
