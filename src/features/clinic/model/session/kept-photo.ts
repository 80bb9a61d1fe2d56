import type { PatientContextState } from '../patient-context';
import type { WorkbenchPhoto } from '../workbench-photo';
import type { KeptPhoto } from './kept-schema';

/** Its parts are those of the stores, not copies: what did not change is the same object. */
export function keptPhotoOf(photo: WorkbenchPhoto, notes: PatientContextState): KeptPhoto {
  const { url: _url, unopened: _unopened, runs: _runs, lesionRuns: _lesionRuns, origin: _, ...kept } = photo;
  return {
    ...kept,
    metadata: notes.metadata[photo.id] ?? null,
    impression: notes.impressions[photo.id] ?? null,
    passed: notes.passed.includes(photo.id),
  };
}

/** Whether nothing that is kept has changed. */
export function sameKept<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => Object.is(a[key], b[key]));
}
