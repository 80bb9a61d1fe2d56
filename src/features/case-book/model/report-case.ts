import { ageOn, type RecordPhoto } from '../../../records/record';
import type { ReportCase } from '../../../report/content';
import type { Case } from './search';

/**
 * What a report says of a case. A patient or lesion without a name has none: the word that a screen puts in its
 * place is nobody's name. `named`: what a class is called.
 */
export function reportCase(
  { patient, lesion }: Case,
  photo: Pick<RecordPhoto, 'takenAt'>,
  named: (label: string) => string,
): ReportCase {
  const impression = lesion.impressions.at(-1);
  return {
    alias: patient?.alias.trim() || null,
    lesion: lesion.label.trim() || null,
    age: patient && ageOn(patient, photo.takenAt),
    sex: patient?.sex ?? null,
    site: lesion.site,
    side: lesion.side,
    impression: impression ? { label: named(impression.label), beforeAnswer: impression.beforeAnswer } : null,
    histology: lesion.histology && named(lesion.histology.label),
    notes: lesion.notes,
  };
}
