import type { Analysis } from '../../../core/analysis';
import type { Card } from '../../../core/card/card';
import { siteKey } from '../../../core/patient/body-sites';
import { settledAnswerOf } from '../../../runtime/run';
import { otherLesions, unaskedLesions } from './lesion-verdicts';
import { answerWaits, nothingKnown, type PatientContextState } from './patient-context';
import type { CaseEntryInput } from './save-to-case';
import type { Mark } from './triage-row';
import type { WorkbenchPhoto } from './workbench-photo';

const answersOf = ({ runs }: WorkbenchPhoto) =>
  Object.values(runs).flatMap((run) => settledAnswerOf(run) ?? []);

/**
 * The photos of these that can go into a case: those with an answer that may be seen, and not set aside.
 */
export const savable = (
  photos: readonly WorkbenchPhoto[],
  context: PatientContextState,
  marks: Readonly<Record<string, readonly Mark[]>>,
): WorkbenchPhoto[] =>
  photos.filter(
    (photo) =>
      answersOf(photo).length > 0 &&
      !answerWaits(context, photo.id) &&
      !marks[photo.id]?.includes('setAside'),
  );

interface EntryDetails {
  takenAt: string;
  site?: string | null;
  cardOf: (packageId: string) => Card | undefined;
}

/**
 * A photo with all that goes into a case with it. `takenAt`: ISO 8601, UTC; `site`: the place, where nothing is
 * noted of it. What was said of its other lesions goes along, judged as cards have it, as the answers are, and
 * which of them have no answer.
 */
export function caseEntryOf(
  photo: WorkbenchPhoto,
  image: Blob,
  { metadata, impressions }: PatientContextState,
  { takenAt, cardOf, site = null }: EntryDetails,
): CaseEntryInput {
  const analyses = answersOf(photo);
  const [first] = analyses;
  const { values, fromFile } = metadata[photo.id] ?? nothingKnown;
  return {
    image,
    name: photo.name,
    width: first?.photo.width ?? 1,
    height: first?.photo.height ?? 1,
    source: photo.source,
    takenAt,
    scale: photo.scale,
    metadata: { fromFile, values: site === null ? values : { [siteKey]: site, ...values } },
    dicom: photo.dicom,
    impression: impressions[photo.id] ?? null,
    analyses,
    ...aboutLesions(photo, analyses, cardOf),
  };
}

/** By package id, what each says of the other lesions in the photo, and which have no answer. */
function aboutLesions(
  photo: WorkbenchPhoto,
  analyses: readonly Analysis[],
  cardOf: EntryDetails['cardOf'],
): Pick<CaseEntryInput, 'otherLesions' | 'unaskedLesions'> {
  const cards = analyses.flatMap(({ provenance: { packageId } }) => cardOf(packageId) ?? []);
  return {
    otherLesions: Object.fromEntries(cards.map((card) => [card.id, otherLesions(photo, card, null)])),
    unaskedLesions: Object.fromEntries(cards.map((card) => [card.id, unaskedLesions(photo, card)])),
  };
}
